"""What backs an enrolment: without one of these there is no account (domain.md, section 3).

A code to his e-mail or phone, the code of an activation sheet, or a member of staff who types the six digits of his
enrolment page on his record. Which of them he had says how sure it is that he is this person.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from services.kernel.aws import ttl_store
from services.kernel.aws.dynamodb import Operation
from services.kernel.states import Assurance
from services.registration.adapters import sheet_store
from services.registration.enrolments.enrolment import SHEET
from services.registration.model.contact import EMAIL, PHONE, PersonContact
from services.registration.model.person import Person
from services.registration.model.sheet import Sheet


class BackingView(BaseModel):
    """What backs an enrolment so far: names of contact fields whose code came, its sheet, a member of staff.

    `enough`: an account may be made.
    """

    verified: list[str]
    sheet: bool
    staff: bool
    enough: bool


@dataclass(frozen=True)
class Backing:
    """What backs one enrolment.

    `contact` is the one typed in it, with what of it was verified; `sheet` the one whose code was typed, while it is
    good; `staff` the account of who typed the digits of its page on the record.
    """

    contact: PersonContact
    sheet: Sheet | None
    staff: str | None

    def __bool__(self) -> bool:
        """Whether an account may be made."""
        return bool(self.contact.verified or self.sheet or self.staff)

    def assurance(self, person: Person) -> Assurance:
        """How sure it is that whoever makes the account is this person."""
        if self.staff:
            return Assurance.PETUGAS
        if self.sheet and not self.sheet.opens_login_only:
            return Assurance.LEMBAR
        return Assurance.KONTAK if _is_registered(person, self.contact) else Assurance.BELUM_DIPASTIKAN

    def traced(self) -> Mapping[str, str]:
        """Whose deeds it was: who had the sheet printed, who was at the counter; for the trail of the record."""
        found = {"printed_by": self.sheet.printed_by if self.sheet else None, "vouched_by": self.staff}
        return {name: who for name, who in found.items() if who}

    def spend(self, at: datetime) -> Sequence[Operation]:
        """What joins the making of the account: the sheet is used up."""
        return [sheet_store.use(self.sheet, at)] if self.sheet else []


def find_backing(person: Person, enrolment: str | None, kept: Mapping[str, Any], at: datetime) -> Backing:
    """What backs an enrolment, by its name and what it keeps."""
    sheet = sheet_store.load(person.pid) if kept.get(SHEET) else None
    good = sheet is not None and sheet.hash == kept[SHEET] and sheet.is_good(at)
    vouched = ttl_store.read(vouched_key(enrolment))
    return Backing(PersonContact.of(kept), sheet if good else None, vouched["by"] if vouched else None)


def view_backing(person: Person, enrolment: str | None, kept: Mapping[str, Any], at: datetime) -> BackingView:
    """What backs an enrolment, for its own browser."""
    found = find_backing(person, enrolment, kept, at)
    return BackingView(
        verified=sorted(found.contact.verified),
        sheet=found.sheet is not None,
        staff=found.staff is not None,
        enough=bool(found),
    )


def vouched_key(enrolment: str | None) -> str:
    """The key of what says that a member of staff (`by`) typed the digits of this enrolment's page."""
    return f"vouched#{enrolment}"


def _is_registered(person: Person, contact: PersonContact) -> bool:
    registered = {EMAIL: person.row.get("email"), PHONE: person.row.get("hp")}
    typed = contact.shown()
    return any((typed[name] or "").casefold() == (registered[name] or "").casefold() != "" for name in contact.verified)
