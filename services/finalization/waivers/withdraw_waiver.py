"""BKN ends a waiver for an office of one before its day."""

from dataclasses import replace

from services.finalization.adapters import gates, letter_items, store
from services.finalization.model.institution import Institution, Waiver
from services.finalization.shared.asked import event_of, load_own, require_version
from services.kernel.problems import Code, Problem
from services.kernel.web.request import Request
from services.kernel.writes.gate import ConditionLost

ACTION = "waiver.withdrawn"

_OVER = "Pengecualian ini sudah berakhir. Muat ulang halaman untuk melihat keadaan terakhir."


def withdraw_waiver(code: str, number: int, reason: str, v: int | None, request: Request) -> Institution:
    """Let the waiver hold until the instant of receipt only; verdicts given under it stand, marked as such.

    Raises:
        Problem: `not-found`, `version-moved`; `illegal-transition` for one that is over.
    """
    institution = load_own(code, request.actor)
    require_version(institution, v)
    waiver = _holding(institution, number, request)
    ended = replace(waiver, withdrawn_at=request.received, withdrawn_by=request.actor.id, withdrawal_reason=reason)
    after = replace(institution, waived=(*institution.waived[:-1], ended.span))
    delta = {"number": number, "reason": reason}
    also = [letter_items.waiving(after, ended), gates.waiving(after, ended.span)]
    try:
        return store.save(institution, after, event_of(request, ACTION, delta), also, request.once)
    except ConditionLost as lost:
        raise Problem(Code.VERSION_MOVED) from lost


def _holding(institution: Institution, number: int, request: Request) -> Waiver:
    """The waiver, if it is the last one and still holds."""
    waiver = letter_items.load_waiver(institution, number)
    if waiver is None:
        raise Problem(Code.NOT_FOUND)
    if not waiver.span.holds(request.received):
        raise Problem(Code.ILLEGAL_TRANSITION, _OVER, state=None)
    return waiver
