"""What is counted of cases: how many came, were decided, and were decided in time, by kind, topic and week."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from services.announcements.model.case import Case, Topic
from services.kernel.cases import CaseKind
from services.kernel.clock import WIB

RECEIVED: Final = "received"
DECIDED: Final = "decided"
IN_TIME: Final = "in_time"


@dataclass(frozen=True)
class Figure:
    """The counts of one kind, of help of one topic, in one ISO week of WIB as `2022-W40`.

    What was decided in a week need not have come in it.
    """

    week: str
    kind: CaseKind
    topic: Topic | None
    received: int
    decided: int
    in_time: int


def week_of(instant: datetime) -> str:
    """The ISO week that an instant falls into, in WIB."""
    year, week, _ = instant.astimezone(WIB).isocalendar()
    return f"{year:04d}-W{week:02d}"


def counted(before: Case | None, after: Case) -> tuple[str, tuple[str, ...]] | None:
    """The week and the counts that a step moves by one; None where it moves none.

    One that follows another is not counted, for it is answered with that one; nor is what bkn overturns, once more.
    """
    if after.joined is not None:
        return None
    if before is None:
        return week_of(after.at), (RECEIVED,)
    if after.decision is None or before.decision is not None:
        return None
    in_time = after.decision.at < after.due_at
    return week_of(after.decision.at), (DECIDED, IN_TIME) if in_time else (DECIDED,)
