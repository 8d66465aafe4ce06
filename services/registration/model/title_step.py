"""The message by which a count of a list's effect, or its run, goes on: 2.4 million records are not one call's work."""

from enum import StrEnum

from pydantic import BaseModel


class StepKind(StrEnum):
    """What is done over the rosters."""

    PREVIEW = "PREVIEW"
    """Count what the list would do; nothing of a record is written."""
    RUN = "RUN"
    """Advise anew, and void verdicts on the title whose input changed."""


class TitleStep(BaseModel):
    """One step of one attempt: list the institutions (without `institution`), or go on with one of them."""

    kind: StepKind
    list: str
    attempt: int
    institution: str | None = None
