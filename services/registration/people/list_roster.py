"""An institution's roster, page by page, by state, name, number and unit: for looking up, not for taking away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from pydantic import BaseModel

from services.kernel.aws.dynamodb import Busy, Item
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import NATIONAL, Actor
from services.kernel.states import Category, PersonState
from services.kernel.values.identity import mask_nik
from services.registration.access.scope import in_scope
from services.registration.adapters import access_log, person_items, roster_store
from services.registration.model.person import Person
from services.registration.people import sweep
from services.registration.people.looked_for import EVERYBODY, LookedFor
from services.registration.people.sweep import MAX_LOOKED_AT

_UNASKED = frozenset({PersonState.DIHAPUS})
"""Deleted people are listed only for whoever asks for them."""


@dataclass(frozen=True)
class RosterQuery:
    """What is looked for: a state (None: every state but DIHAPUS), who in it, and where to go on.

    `most` is how many people are looked at for one page.
    """

    state: PersonState | None = None
    who: LookedFor = EVERYBODY
    cursor: str | None = None
    limit: int = 50
    most: int = MAX_LOOKED_AT


class RosterRow(BaseModel):
    """A person in the list; the NIK is masked. `active` is false for whoever says that he works there no more."""

    id: str
    v: int
    nomor_registrasi: str
    nama: str
    nik_masked: str
    unit_kerja: str
    jabatan: str
    kategori: Category
    state: PersonState
    overall: str
    active: bool | None

    @classmethod
    def of(cls, person: Person) -> Self:
        """The person as he is listed."""
        return cls(
            id=person.pid,
            v=person.v,
            nomor_registrasi=person.registration_number,
            nama=person.nama,
            nik_masked=mask_nik(person.row["nik"]),
            unit_kerja=person.unit_kerja,
            jabatan=person.jabatan,
            kategori=person.kategori,
            state=person.state,
            overall=person.overall,
            active=person.active,
        )


class RosterPage(BaseModel):
    """Some of the list, and the cursor that asks for more; `looked` is how many people were looked at for it.

    Fewer than asked for, even none, with a cursor: the search has not come to the end yet.
    """

    items: list[RosterRow]
    cursor: str | None
    looked: int


@dataclass(frozen=True)
class _Found:
    outlines: list[Item]
    looked: int
    cursor: str | None


def list_roster(query: RosterQuery, *, institution: str, actor: Actor, received: datetime) -> RosterPage:
    """One page of what the actor may see; whom somebody of BKN or an auditor is shown is written down first.

    Raises:
        Problem: `not-found` for another institution or one without a round, `malformed` for a cursor of no use, or
            `try-again` when DynamoDB is busy or the reading could not be written down.
    """
    actor.require_institution(institution)
    found = _find(query, institution, actor)
    shown = _people(found.outlines)
    record_shown(shown, institution=institution, actor=actor, received=received)
    return RosterPage(items=[RosterRow.of(person) for person in shown], cursor=found.cursor, looked=found.looked)


def record_shown(shown: Sequence[Person], *, institution: str, actor: Actor, received: datetime) -> None:
    """Write down whom somebody from outside the institution is shown of its list.

    Raises:
        Problem: `try-again`; then nothing may be shown.
    """
    if actor.role in NATIONAL and shown:
        people = {"people": [person.pid for person in shown]}
        access_log.record_reading(institution, actor, "read-roster", received, people)


def _people(outlines: Sequence[Item]) -> list[Person]:
    try:
        return [person_items.to_person(root) for root in roster_store.roots(outlines)]
    except Busy as busy:
        raise Problem(Code.TRY_AGAIN, retry_after=1) from busy


def _find(query: RosterQuery, institution: str, actor: Actor) -> _Found:
    """As many as were asked for, or whoever of the next `query.most` fits; the cursor is of the last looked at."""
    found = list[Item]()
    looked, last = 0, None
    wanted = query.most if query.who or actor.units else 2 * query.limit
    states = _states(query, institution)
    for outline in sweep.outlines(institution, states, cursor=query.cursor, wanted=wanted):
        fits = in_scope(actor, outline["unit"]) and query.who.fits(outline)
        if looked == query.most or (fits and len(found) == query.limit):
            return _Found(found, looked, sweep.cursor_of(last) if last else None)
        if fits:
            found.append(outline)
        looked, last = looked + 1, outline
    return _Found(found, looked, None)


def _states(query: RosterQuery, institution: str) -> list[PersonState]:
    """The states to look in, in the index's order."""
    if query.state is not None:
        return [query.state]
    return sweep.occupied(institution, but=_UNASKED, cursor=query.cursor)
