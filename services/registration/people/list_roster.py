"""An institution's roster, page by page, by state and name: for looking up, not for taking away."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from pydantic import BaseModel

from services.kernel import gate
from services.kernel.aws.dynamodb import Item
from services.kernel.identity import mask_nik
from services.kernel.problems import Code, Problem
from services.kernel.sessions import NATIONAL, Actor
from services.kernel.states import Category, PersonState
from services.registration.adapters import access_log, counter_store, person_items, person_store, roster_store
from services.registration.people.record import Person
from services.registration.people.scope import in_scope

_SPARE = 4
"""Each shard is asked for about twice its share of a page, and this many more, so that few are asked again."""
_UNASKED = frozenset({PersonState.DIHAPUS})
"""Deleted people are listed only for whoever asks for them."""


@dataclass(frozen=True)
class RosterQuery:
    """What is looked for: a state (None: every state but DIHAPUS), the beginning of a name, and where to go on."""

    state: PersonState | None = None
    name: str = ""
    cursor: str | None = None
    limit: int = 50


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


class RosterPage(BaseModel):
    """Some of the list, and the cursor that asks for more."""

    items: list[RosterRow]
    cursor: str | None


def list_roster(query: RosterQuery, *, institution: str, actor: Actor, received: datetime) -> RosterPage:
    """One page of what the actor may see; whom somebody of BKN or an auditor is shown is written down first.

    Raises:
        Problem: `not-found` for another institution or one without a round, `malformed` for a cursor of no use, or
            `try-again` when the reading could not be written down.
    """
    actor.require_institution(institution)
    visible = (item for item in _matching(query, institution) if in_scope(actor, item["unit"]))
    found = [person_items.to_person(item) for item in islice(visible, query.limit + 1)]
    shown = found[: query.limit]
    more = len(found) > query.limit
    if actor.role in NATIONAL and shown:
        people = {"people": [person.pid for person in shown]}
        access_log.record_reading(institution, actor, "read-roster", received, people)
    return RosterPage(items=[_row(person) for person in shown], cursor=_cursor(shown[-1]) if more else None)


def _matching(query: RosterQuery, institution: str) -> Iterator[Item]:
    """Root items in the order of the list: state by state, by name in each."""
    after = _place(query.cursor, institution) if query.cursor else ""
    page = _SPARE + 2 * query.limit // person_items.ROSTER_SHARDS
    for state in _states(query, institution):
        yield from roster_store.in_state(institution, state, prefix=query.name.casefold(), after=after, page=page)


def _states(query: RosterQuery, institution: str) -> list[PersonState]:
    """The states to look in, in the index's order; the exact counters tell which of them hold anybody."""
    if query.state is not None:
        return [query.state]
    counts = counter_store.current(gate.read_round(institution))
    occupied = sorted(state for state, count in counts.by_state.items() if count and state not in _UNASKED)
    reached = query.cursor.partition(".")[0] if query.cursor else ""
    return [state for state in occupied if state.value >= reached]


def _cursor(person: Person) -> str:
    """State and id of the last one shown: no name, for it stands in a URL."""
    return f"{person.state.value}.{person.pid}"


def _place(cursor: str, institution: str) -> str:
    state, _, pid = cursor.partition(".")
    person = person_store.find(pid) if state in PersonState.__members__ else None
    if person is None or person.institution != institution:
        raise Problem(Code.MALFORMED)
    return person_items.roster_place(PersonState(state), person.nama, pid)


def _row(person: Person) -> RosterRow:
    return RosterRow(
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
