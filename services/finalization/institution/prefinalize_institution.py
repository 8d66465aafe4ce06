"""The admin freezes the list for uji publik."""

from dataclasses import replace

from services.finalization.adapters import gates, store
from services.finalization.institution.next_list import next_list
from services.finalization.model import windows
from services.finalization.model.institution import Institution, Own
from services.finalization.model.phases import PHASE_MOVES, Step
from services.finalization.shared.asked import event_of, load_own, require_version
from services.finalization.shared.checklist import NOBODY, checklist, require_settled
from services.finalization.shared.locking import being_locked_problem
from services.kernel.web.request import Request
from services.kernel.writes.calendar import Window
from services.kernel.writes.gate import ConditionLost

ACTION = "institution.prefinalized"


def prefinalize_institution(code: str, v: int | None, request: Request) -> Institution:
    """Number the list as it stands and close `ENTRY` at the instant of receipt, under a new epoch.

    Nothing on the checklist blocks it but an empty list: corrections go on until their own window closes.

    Raises:
        Problem: `not-found`, `version-moved`, `wrong-phase`, `window-closed`, `window-not-open` or `incomplete`.
    """
    institution = load_own(code, request.actor)
    require_version(institution, v)
    phase = PHASE_MOVES.after(institution.phase, Step.PREFINALIZE)
    institution.round.require(Window.VERIFICATION, request.received)
    folder = store.load_folder(code, with_private=False)
    require_settled([check for check in checklist(folder, request.received) if check.code == NOBODY])
    cut = windows.cut(institution.windows, [Window.ENTRY], request.received)
    prefinal = next_list(institution, folder.counts, request.received, entry=cut[Window.ENTRY].closes)
    after = replace(
        institution,
        phase=phase,
        prefinal=prefinal,
        epoch=institution.epoch + 1,
        windows=cut,
        own={**institution.own, Window.ENTRY: Own.CUT},
    )
    event = event_of(request, ACTION, {"number": prefinal.number, "count": prefinal.count})
    try:
        return store.save(institution, after, event, gates.moving(institution, after), request.once)
    except ConditionLost as lost:
        raise being_locked_problem() from lost
