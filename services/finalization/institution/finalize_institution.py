"""The admin ends the round of his institution early."""

from dataclasses import replace

from services.finalization.adapters import gates, letter_items, store
from services.finalization.model import windows
from services.finalization.model.announced import LEAST_DAYS, days_announced
from services.finalization.model.folder import Folder
from services.finalization.model.institution import Haste, Institution, Own
from services.finalization.model.phases import PHASE_MOVES, Step
from services.finalization.shared.asked import event_of, load_own, require_version
from services.finalization.shared.checklist import Check, checklist, excused, require_settled, uncounted
from services.finalization.shared.locking import being_locked_problem
from services.kernel.aws.dynamodb import Operation
from services.kernel.problems import invalid_problem
from services.kernel.web.request import Request
from services.kernel.writes.calendar import Window
from services.kernel.writes.gate import ConditionLost

ACTION = "institution.finalized"


def finalize_institution(code: str, reason: str | None, v: int | None, request: Request) -> Institution:
    """Close all windows at the instant of receipt, under a new epoch.

    The lock itself is the locker's, after the drain: who was received before is carried through. What nobody counted
    goes on record with it, and so does `reason`, asked for where its list has not been announced for five days.

    Raises:
        Problem: `not-found`, `version-moved`, `wrong-phase`, `window-closed`, `window-not-open`, or `incomplete` with
            what is open on the checklist; `invalid-fields` for a reason that is missing.
    """
    institution = load_own(code, request.actor)
    require_version(institution, v)
    phase = PHASE_MOVES.after(institution.phase, Step.FINALIZE)
    institution.round.require(Window.VERIFICATION, request.received)
    folder = store.load_folder(code, with_private=False)
    checks = checklist(folder, request.received)
    require_settled(checks)
    _require_excused(checks, reason)
    after = replace(
        institution,
        phase=phase,
        finalized_at=request.received,
        epoch=institution.epoch + 1,
        windows=windows.cut(institution.windows, Window, request.received),
        own=dict.fromkeys(Window, Own.CUT),
    )
    event = event_of(request, ACTION, {"uncounted": [check.code for check in uncounted(checks)]})
    also = [*gates.moving(institution, after), *_hastening(folder, after, reason, request)]
    try:
        return store.save(institution, after, event, also, request.once)
    except ConditionLost as lost:
        raise being_locked_problem() from lost


def _require_excused(checks: list[Check], reason: str | None) -> None:
    if excused(checks) and reason is None:
        sentence = f"Daftar belum {LEAST_DAYS} hari diumumkan sendiri. Tulis alasan, minimal 30 huruf, lalu kirim lagi."
        raise invalid_problem("reason", "missing", sentence)


def _hastening(folder: Folder, after: Institution, reason: str | None, request: Request) -> list[Operation]:
    """What is filed beside it; a reason that nobody asked for is not kept."""
    days = days_announced(folder.institution.prefinal, folder.announced, request.received)
    if reason is None or (days is not None and days >= LEAST_DAYS):
        return []
    return [letter_items.hastening(after, Haste(after.epoch, days, reason, request.actor.id, request.received))]
