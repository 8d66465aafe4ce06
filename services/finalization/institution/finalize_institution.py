"""The admin ends the round of his institution early."""

from dataclasses import replace

from services.finalization.adapters import gates, store
from services.finalization.model import windows
from services.finalization.model.institution import Institution, Own
from services.finalization.model.phases import PHASE_MOVES, Step
from services.finalization.shared.asked import event_of, load_own, require_version
from services.finalization.shared.checklist import checklist, require_settled, uncounted
from services.finalization.shared.locking import being_locked_problem
from services.kernel.web.request import Request
from services.kernel.writes.calendar import Window
from services.kernel.writes.gate import ConditionLost

ACTION = "institution.finalized"


def finalize_institution(code: str, v: int | None, request: Request) -> Institution:
    """Close all windows at the instant of receipt, under a new epoch.

    The lock itself is the locker's, after the drain: who was received before is carried through. What nobody counted
    goes on record with it.

    Raises:
        Problem: `not-found`, `version-moved`, `wrong-phase`, `window-closed`, `window-not-open`, or `incomplete` with
            what is open on the checklist.
    """
    institution = load_own(code, request.actor)
    require_version(institution, v)
    phase = PHASE_MOVES.after(institution.phase, Step.FINALIZE)
    institution.round.require(Window.VERIFICATION, request.received)
    checks = checklist(institution, store.load_folder(code, with_private=False).counts)
    require_settled(checks)
    after = replace(
        institution,
        phase=phase,
        finalized_at=request.received,
        epoch=institution.epoch + 1,
        windows=windows.cut(institution.windows, Window, request.received),
        own=dict.fromkeys(Window, Own.CUT),
    )
    event = event_of(request, ACTION, {"uncounted": [check.code for check in uncounted(checks)]})
    try:
        return store.save(institution, after, event, gates.moving(institution, after), request.once)
    except ConditionLost as lost:
        raise being_locked_problem() from lost
