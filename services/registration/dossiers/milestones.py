"""The steps of a record on its way to the final list, and how each stands (road.py)."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel


class Milestone(StrEnum):
    """The steps, in their order."""

    LISTED = "LISTED"
    ACCOUNT = "ACCOUNT"
    COMPLETED = "COMPLETED"
    SUBMITTED = "SUBMITTED"
    VERIFIED = "VERIFIED"
    PREFINAL = "PREFINAL"
    FINAL = "FINAL"


class Standing(StrEnum):
    """How a step stands."""

    DONE = "DONE"
    NOW = "NOW"
    """Somebody's turn."""
    LATER = "LATER"
    """Another one comes first."""
    ABSENT = "ABSENT"
    """The list was made without him."""
    PASSED = "PASSED"
    """It did not happen, and its time is over."""


class Acts(StrEnum):
    """Whose turn a step is, or will be."""

    YOU = "YOU"
    INSTITUTION = "INSTITUTION"


class RoadStep(BaseModel):
    """One step: `at` is when it happened, where that is known; until it has, `by` and `until` say who has how long."""

    step: Milestone
    standing: Standing
    at: datetime | None = None
    by: Acts | None = None
    until: datetime | None = None
