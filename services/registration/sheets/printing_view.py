"""A printing as whoever ordered it sees it."""

from datetime import datetime
from enum import StrEnum
from typing import Final

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Actor
from services.kernel.web.watched import Watched, patience
from services.registration.adapters import printing_store
from services.registration.model.printing import KEPT, Printing

_SHOWN: Final = 20


class PrintingState(StrEnum):
    """How far a printing is."""

    DIBUAT = "DIBUAT"
    """The queue works on it."""
    SIAP = "SIAP"
    """Every PDF is there, until its day is over."""
    BERAKHIR = "BERAKHIR"
    """The PDFs are gone; what nobody fetched is printed anew by the next printing."""


class PartView(BaseModel):
    """One PDF: its number from 0 on, how many sheets it has, and whether it was fetched."""

    number: int
    sheets: int
    handed: bool


class PrintingView(BaseModel):
    """A printing; `unit` is null where it was for everybody in reach or for one person (`person`, his id).

    `sheets` is how many were printed so far; 0 in the end says that everybody had one or an account.
    """

    id: str
    state: PrintingState
    unit: str | None
    person: str | None
    at: datetime
    until: datetime
    sheets: int
    parts: list[PartView]


class PrintingList(BaseModel):
    """What somebody had printed lately, the newest first."""

    items: list[PrintingView]


def view_printing(printing: Printing, now: datetime) -> PrintingView:
    """The printing as it stands."""
    made = sorted((part for part in printing.made if part.sheets), key=lambda part: part.number)
    return PrintingView(
        id=printing.id,
        state=_state(printing, now),
        unit=printing.unit or None,
        person=printing.pid,
        at=printing.at.astimezone(clock.WIB),
        until=(printing.at + KEPT).astimezone(clock.WIB),
        sheets=sum(part.sheets for part in made),
        parts=[PartView(number=p.number, sheets=p.sheets, handed=p.number in printing.handed) for p in made],
    )


def watch_printing(identifier: str, *, institution: str, actor: Actor, now: datetime) -> Watched[PrintingView]:
    """The printing as it stands, for who waits for its end.

    Raises:
        Problem: `not-found`.
    """
    printing = load_own(identifier, institution, actor)
    shown = view_printing(printing, now)
    return Watched(shown, patience(printing.at, now) if shown.state is PrintingState.DIBUAT else None)


def list_printings(*, institution: str, actor: Actor, now: datetime) -> PrintingList:
    """What the actor had printed lately.

    Raises:
        Problem: `not-found` for another institution.
    """
    actor.require_institution(institution)
    found = printing_store.latest(institution, actor.id, _SHOWN)
    return PrintingList(items=[view_printing(printing, now) for printing in found])


def load_own(identifier: str, institution: str, actor: Actor) -> Printing:
    """A printing that the actor ordered, while he works for what it is of; nobody fetches codes another one printed.

    Raises:
        Problem: `not-found`.
    """
    actor.require_institution(institution)
    printing = printing_store.load(identifier)
    if printing.institution != institution or printing.by != actor.id or printing.units != actor.units:
        raise Problem(Code.NOT_FOUND)
    return printing


def _state(printing: Printing, now: datetime) -> PrintingState:
    if printing.is_over(now):
        return PrintingState.BERAKHIR
    ready = printing.parts is not None and len(printing.made) >= printing.parts
    return PrintingState.SIAP if ready else PrintingState.DIBUAT
