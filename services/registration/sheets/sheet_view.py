"""What staff see of a person's sheet: whether he has one, who had it printed, if it was used. Never its code."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel

from services.kernel import clock
from services.registration.adapters import sheet_store
from services.registration.model.person import Person
from services.registration.model.sheet import Sheet
from services.registration.trails.actors import ActorView, view_actors


class SheetState(StrEnum):
    """Where somebody stands with his sheet and his account."""

    BELUM = "BELUM"
    """No account, and no sheet that is good."""
    DICETAK = "DICETAK"
    """A sheet is waiting for him."""
    DIPAKAI = "DIPAKAI"
    """He used one."""
    BERAKUN = "BERAKUN"
    """He has an account and used none."""


class SheetView(BaseModel):
    """A person's latest sheet: where he stands with it, who had it printed when, and when it was used."""

    state: SheetState
    printed_by: ActorView | None
    printed_at: datetime | None
    used_at: datetime | None


def state_of(person: Person, sheet: Sheet | None, at: datetime) -> SheetState:
    """Where this person stands."""
    if sheet is not None and sheet.used_at is not None:
        return SheetState.DIPAKAI
    if person.has_account:
        return SheetState.BERAKUN
    return SheetState.DICETAK if sheet is not None and sheet.is_good(at) else SheetState.BELUM


def view_sheet(person: Person, at: datetime) -> SheetView:
    """The sheet of this person, for his record."""
    sheet = sheet_store.load(person.pid)
    if sheet is None:
        return SheetView(state=state_of(person, None, at), printed_by=None, printed_at=None, used_at=None)
    by = view_actors([sheet.printed_by], pid=person.pid, institution=person.institution)[sheet.printed_by]
    return SheetView(
        state=state_of(person, sheet, at),
        printed_by=by,
        printed_at=clock.from_millis(sheet.printed_at).astimezone(clock.WIB),
        used_at=None if sheet.used_at is None else clock.from_millis(sheet.used_at).astimezone(clock.WIB),
    )
