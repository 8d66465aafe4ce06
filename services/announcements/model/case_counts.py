"""How many cases an institution received, and how many were decided in time: what of them is public.

Of each kind alone, and nothing of a single case. Who follows an earlier case about the same counts with it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from services.kernel.cases import OPEN_CASES, CaseKind, CaseState

COUNTED: Final = (CaseKind.USULAN, CaseKind.TANGGAPAN)
"""The kinds that are counted in public."""


@dataclass(frozen=True)
class CaseOutline:
    """What counts a case; `decided_at` is when it was first decided, None while it was not."""

    kind: CaseKind
    state: CaseState
    due_at: datetime
    decided_at: datetime | None = None
    joined: bool = False


@dataclass(frozen=True)
class CaseCounts:
    """Of one kind: `received` is the sum of `waiting`, `decided` and `closed`; `in_time` of those decided.

    `closed` are those taken back, and those whose reporter was asked and did not answer.
    """

    received: int
    waiting: int
    decided: int
    in_time: int
    closed: int


def count_cases(cases: Iterable[CaseOutline], kind: CaseKind) -> CaseCounts:
    """The counts of one kind."""
    counted = [case for case in cases if case.kind is kind and not case.joined]
    decided = [case for case in counted if case.decided_at is not None and case.state not in OPEN_CASES]
    waiting = sum(case.state in OPEN_CASES for case in counted)
    return CaseCounts(
        received=len(counted),
        waiting=waiting,
        decided=len(decided),
        in_time=sum(case.decided_at is not None and case.decided_at < case.due_at for case in decided),
        closed=len(counted) - waiting - len(decided),
    )
