"""The message by which sealing goes on: 200,000 people are not one call's work."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel

from services.registration.model.edition import Edition, Purpose


class Step(StrEnum):
    """What comes next."""

    SWEEP = "sweep"
    """Read the people of one part."""
    FINISH = "finish"
    """Every part is read: hold it against the counters, build the trees."""
    BEGIN = "begin"
    """Something was not visible yet: once more from the beginning."""


class StepMessage(BaseModel):
    """One step of one attempt; `part` is for SWEEP.

    `asked` is for the BEGIN of a numbered list that still waits: the instant it was asked for.
    """

    step: Step
    institution: str
    purpose: Purpose
    number: int
    attempt: int
    part: int = 0
    asked: datetime | None = None

    @property
    def edition(self) -> Edition:
        """The list it is about."""
        return Edition(self.institution, self.purpose, self.number)
