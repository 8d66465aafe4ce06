"""How far a record has come, and what was decided about it: as its person and staff of his institution see it."""

from datetime import datetime
from typing import Self

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.states import PersonState
from services.registration.model.private import NotedDecision, Progress


class ProgressView(BaseModel):
    """A state the record came to, and when."""

    state: PersonState
    at: datetime

    @classmethod
    def of(cls, step: Progress) -> Self:
        """The step as it is shown."""
        return cls(state=step.state, at=clock.from_millis(step.at).astimezone(clock.WIB))


class DecisionView(BaseModel):
    """What was decided about the record and why; by whom is the institution's business."""

    at: datetime
    decision: PersonState
    reason: str | None

    @classmethod
    def of(cls, noted: NotedDecision) -> Self:
        """The decision as everybody concerned sees it."""
        return cls(at=clock.from_millis(noted.at).astimezone(clock.WIB), decision=noted.decision, reason=noted.reason)
