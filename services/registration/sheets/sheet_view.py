"""What staff see of a person's sheet: whether he has one, who had it printed, if it was used. Never its code."""

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel

from services.kernel import clock
from services.registration.adapters import sheet_request_store, sheet_store
from services.registration.model.person import Person
from services.registration.model.sheet import Sheet
from services.registration.model.sheet_request import SheetRequest
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
    """A person's latest sheet: where he stands with it, who had it printed when, and when it was used.

    `asked_by`, `asked_at`: who asked for one although he has an account, while a second one may agree.
    """

    state: SheetState
    printed_by: ActorView | None
    printed_at: datetime | None
    used_at: datetime | None
    asked_by: ActorView | None
    asked_at: datetime | None


def state_of(person: Person, sheet: Sheet | None, at: datetime) -> SheetState:
    """Where this person stands."""
    if sheet is not None and sheet.used_at is not None:
        return SheetState.DIPAKAI
    if person.has_account:
        return SheetState.BERAKUN
    return SheetState.DICETAK if sheet is not None and sheet.is_good(at) else SheetState.BELUM


def view_sheet(person: Person, at: datetime) -> SheetView:
    """The sheet of this person, for his record."""
    sheet, wish = sheet_store.load(person.pid), sheet_request_store.find_open(person.pid, at)
    known = view_actors(_involved(sheet, wish), pid=person.pid, institution=person.institution)
    return SheetView(
        state=state_of(person, sheet, at),
        printed_by=known[sheet.printed_by] if sheet else None,
        printed_at=_instant(sheet.printed_at) if sheet else None,
        used_at=_instant(sheet.used_at) if sheet and sheet.used_at is not None else None,
        asked_by=known[wish.by] if wish else None,
        asked_at=wish.at.astimezone(clock.WIB) if wish else None,
    )


def _involved(sheet: Sheet | None, wish: SheetRequest | None) -> list[str]:
    return [*([sheet.printed_by] if sheet else []), *([wish.by] if wish else [])]


def _instant(stamp: int) -> datetime:
    return clock.from_millis(stamp).astimezone(clock.WIB)
