"""A decision on a case is carried out once; the same one again is answered, another one refused.

Of an usulan acceptances alone come here, and any of them is the same: who accepts anew, because nobody knows whether
the first one was carried out, is answered with what it made.
"""

from collections.abc import Callable
from typing import Final, TypeVar

from services.kernel import clock
from services.kernel.cases import CaseKind, UsulanOutcome
from services.kernel.cases.handover import Handover
from services.kernel.problems import Code, Problem
from services.kernel.web.request import Request
from services.registration.adapters import case_store
from services.registration.model.case import SettledCase

_DECIDED: Final = "Kasus ini sudah diputus. Buka lagi kasusnya untuk melihat putusannya."
_OVERTAKEN: Final = frozenset({Code.CONFLICT, Code.VERSION_MOVED, Code.TRY_AGAIN, Code.ILLEGAL_TRANSITION})
"""What a write meets whose twin, under another idempotency key, was faster."""
Answer = TypeVar("Answer")


def settle_once(handover: Handover, again: Callable[[SettledCase], Answer], work: Callable[[], Answer]) -> Answer:
    """What `work` answers, which carries the decision out; `again` answers where that was done already.

    Raises:
        Problem: `conflict` where another decision on the case was carried out; whatever `work` raises.
    """
    before = _standing(handover)
    if before is not None:
        return again(before)
    try:
        return work()
    except Problem as problem:
        twin = _standing(handover) if problem.code in _OVERTAKEN else None
        if twin is None:
            raise
        return again(twin)


def _standing(handover: Handover) -> SettledCase | None:
    settled = case_store.find_settled(handover.case)
    is_same = settled is None or settled.decision == handover.decision or settled.kind is CaseKind.USULAN
    if not is_same:
        raise Problem(Code.CONFLICT, _DECIDED)
    return settled


def settled_by(
    handover: Handover, pid: str, request: Request, became: UsulanOutcome | None = None, *, beside: bool = False
) -> SettledCase:
    """The decision as it is kept, carried out on this record or `beside` it; `became`: of an accepted usulan."""
    return SettledCase(
        number=handover.case,
        kind=handover.kind,
        institution=handover.institution,
        decision=handover.decision,
        accepted=handover.accepted,
        pid=pid,
        by=request.actor.id,
        at=clock.millis(request.received),
        became=became,
        beside=beside,
    )
