"""A reclaim that waits: for the account's owner, or for two members of staff (domain.md, section 3, *reclaim*).

Its states as data. A claim that has ended is gone; the record's history has what became of it.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from services.kernel.transitions import Transitions
from services.kernel.writes.calendar import Round, Window

ANSWER: Final = timedelta(hours=72)
"""How long the owner of an account may refuse; where less of `DOSSIER` is left, staff decide at once."""
NEEDED: Final = 2
"""So many members of staff have to be of one mind."""


class Step(StrEnum):
    """Where a claim stands."""

    OWNER = "OWNER"
    """The owner was told and may refuse."""
    STAFF = "STAFF"
    """Two members of staff decide."""
    DONE = "DONE"
    """The account is the claimant's."""
    REFUSED = "REFUSED"
    """It stays with its owner."""


class Deed(StrEnum):
    """What moves a claim."""

    OWNER_REFUSES = "owner-refuses"
    SILENCE = "silence"
    STAFF_AGREE = "staff-agree"
    STAFF_REFUSE = "staff-refuse"


STEPS: Final = Transitions[Step, Deed, Step](
    {
        Deed.OWNER_REFUSES: {Step.OWNER: Step.STAFF},
        Deed.SILENCE: {Step.OWNER: Step.DONE},
        Deed.STAFF_AGREE: {Step.STAFF: Step.DONE},
        Deed.STAFF_REFUSE: {Step.STAFF: Step.REFUSED},
    }
)


@dataclass(frozen=True)
class Vote:
    """What a member of staff found."""

    by: str
    agreed: bool


@dataclass(frozen=True)
class Claim:
    """Somebody with a sheet wants an account whose owner is known (item `P#<pid>`/`KLAIM`).

    `until` is the end of the owner's time. `printed_by` had the sheet printed. `encrypted` is what the claimant brought
    (adapters/reclaim_store.py).
    """

    pid: str
    institution: str
    v: int
    step: Step
    at: datetime
    until: datetime
    printed_by: str
    encrypted: bytes
    votes: tuple[Vote, ...] = ()

    def is_due(self, at: datetime) -> bool:
        """Whether the owner was silent to the end of his time."""
        return self.step is Step.OWNER and at >= self.until

    def may_refuse(self, at: datetime) -> bool:
        """Whether its owner still may."""
        return self.step is Step.OWNER and at < self.until


def first_step(round_: Round, at: datetime, *, reachable: bool) -> Step:
    """Who answers a new claim; `reachable`: a contact of the owner was verified."""
    span = round_.windows[Window.DOSSIER]
    return Step.OWNER if reachable and span.holds(at) and span.closes - at >= ANSWER else Step.STAFF


def found(votes: Iterable[Vote]) -> bool | None:
    """What two members of staff agree upon; None while they do not."""
    counted = Counter(vote.agreed for vote in votes)
    return next((agreed for agreed, voices in counted.items() if voices >= NEEDED), None)
