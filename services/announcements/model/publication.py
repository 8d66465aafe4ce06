"""What stands in the way of an institution's publication, and what bkn has released all the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from services.kernel.security.findings import PublishedField
from services.kernel.security.personal_numbers import PersonalNumber

APPROVERS_NEEDED: Final = 2
"""How many people of bkn release a row *(ours)*: there can be one bkn account only yet; with a second one it is two."""


class PublicationState(StrEnum):
    """How an institution's publication goes on."""

    BERJALAN = "BERJALAN"
    """Whatever there is to be published is."""
    BERHENTI = "BERHENTI"
    """Something can be mended first; what stands on the site is the last list that was clean."""
    DISUNTING = "DISUNTING"
    """The final list is published, some rows by their numbers only, until bkn releases them."""


@dataclass(frozen=True)
class FoundPlace:
    """Where something was found, never what; `pid` leads to the record, both are None where it is the institution."""

    nomor_registrasi: str | None
    pid: str | None
    field: PublishedField
    kind: PersonalNumber


@dataclass(frozen=True)
class Publication:
    """Why an institution is not published whole: since when, how many rows, and the first of the places.

    `epoch` is that of the seal whose list is published, 0 for a pre-final one.
    """

    code: str
    title: str
    state: PublicationState
    since: datetime
    epoch: int
    rows: int
    places: Sequence[FoundPlace]

    def withholds(self, nomor_registrasi: str) -> bool:
        """Whether this row of the final list is among those shown by their numbers only."""
        numbers = {place.nomor_registrasi for place in self.places}
        return self.state is PublicationState.DISUNTING and nomor_registrasi in numbers


@dataclass(frozen=True)
class Approval:
    """Somebody of bkn says that a row may be published as it is sealed, and why."""

    by: str
    at: datetime
    reason: str


@dataclass(frozen=True)
class Release:
    """What of bkn says so about one row of one seal. `v` counts the approvals; the same person never has two."""

    epoch: int
    nomor_registrasi: str
    approvals: tuple[Approval, ...] = ()

    @property
    def v(self) -> int:
        """Its version."""
        return len(self.approvals)

    def has(self, by: str) -> bool:
        """Whether he has approved already."""
        return any(approval.by == by for approval in self.approvals)

    def complete(self) -> bool:
        """Whether enough different people say so."""
        return len({approval.by for approval in self.approvals}) >= APPROVERS_NEEDED
