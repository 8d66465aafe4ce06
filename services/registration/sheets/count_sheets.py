"""How many people of each unit have no sheet, one that waits for them, one they used, or an account without it."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from pydantic import BaseModel

from services.kernel.aws.dynamodb import Busy, Item
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Actor
from services.kernel.states import PersonState
from services.registration.access.scope import in_scope
from services.registration.adapters import person_items, roster_store, sheet_store
from services.registration.people import sweep
from services.registration.people.find_listed import LISTED
from services.registration.sheets.sheet_view import SheetState, state_of

MAX_LOOKED_AT: Final = 1000
"""People an answer: of each his record and his sheet are read."""
_OTHERS: Final = frozenset(PersonState) - LISTED


class UnitSheets(BaseModel):
    """Of a unit, as the rows spell it: how many people stand where."""

    unit: str
    none: int
    printed: int
    used: int
    account: int


class SheetCount(BaseModel):
    """A part of the count; with a `cursor` whoever asks goes on with it and adds up."""

    items: list[UnitSheets]
    looked: int
    cursor: str | None


def count_sheets(
    *, institution: str, actor: Actor, cursor: str | None, received: datetime, most: int = MAX_LOOKED_AT
) -> SheetCount:
    """The count over the actor's units; of each part `most` people are looked at.

    Raises:
        Problem: `not-found` for another institution or one without a round, `malformed` for a cursor of no use,
            `try-again` when DynamoDB is busy.
    """
    actor.require_institution(institution)
    states = sweep.occupied(institution, but=_OTHERS, cursor=cursor)
    found, last, looked = list[Item](), None, 0
    for outline in sweep.outlines(institution, states, cursor=cursor, wanted=most):
        if last is not None and looked == most:
            break
        if in_scope(actor, outline["unit"]):
            found.append(outline)
        last, looked = outline, looked + 1
    else:
        last = None
    return SheetCount(items=_count(found, received), looked=looked, cursor=sweep.cursor_of(last) if last else None)


def _count(outlines: list[Item], at: datetime) -> list[UnitSheets]:
    try:
        people = [person_items.to_person(root, with_private=False) for root in roster_store.roots(outlines)]
        sheets = sheet_store.load_many([person.pid for person in people])
    except Busy as busy:
        raise Problem(Code.TRY_AGAIN, retry_after=1) from busy
    counted = Counter((person.unit_kerja, state_of(person, sheets.get(person.pid), at)) for person in people)
    return [_of(unit, counted) for unit in _units(counted)]


def _units(counted: Iterable[tuple[str, SheetState]]) -> list[str]:
    return sorted({unit for unit, _ in counted})


def _of(unit: str, counted: Counter[tuple[str, SheetState]]) -> UnitSheets:
    return UnitSheets(
        unit=unit,
        none=counted[unit, SheetState.BELUM],
        printed=counted[unit, SheetState.DICETAK],
        used=counted[unit, SheetState.DIPAKAI],
        account=counted[unit, SheetState.BERAKUN],
    )
