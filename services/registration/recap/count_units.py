"""How many people stand in which unit, by category and state: what a PPK answers for (domain.md, section 2).

Counted by the sets of the index (docs/adr/0019): one call reads them, another the spelling of units on no list.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from pydantic import BaseModel

from services.kernel.aws.dynamodb import Busy
from services.kernel.documents import unit_place
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Actor
from services.kernel.states import GONE, Category, PersonState
from services.kernel.values.units import unit_key
from services.kernel.writes import gate
from services.registration.adapters import search_store, unit_store
from services.registration.adapters.search_store import Index
from services.registration.model import places
from services.registration.model.search_row import (
    NO_ACCOUNT,
    UNIT_BUCKETS,
    Term,
    account_term,
    category_term,
    state_term,
)
from services.registration.model.unit import Units
from services.registration.settings import files_key

_COUNTED: Final = [(category, state) for category in Category for state in PersonState if state not in GONE]
_NOBODY: Final = len(_COUNTED)
"""Stands at the places of whoever is gone."""


class UnitPeople(BaseModel):
    """The people of one unit, `""` where rows name none; `id` is the unit's on the institution's list, null off it.

    `place` is where documents keeps the statement of its head, null off the list too.

    `states` has what anybody is of. `without_account`: how many of them have no account.
    """

    unit: str
    id: str | None
    place: str | None
    states: dict[Category, dict[PersonState, int]]
    without_account: int

    def people(self, states: Iterable[PersonState]) -> int:
        """How many are in one of these states."""
        wanted = frozenset(states)
        return sum(n for of in self.states.values() for state, n in of.items() if state in wanted)


class UnitRecap(BaseModel):
    """Every unit in which somebody stands, by name."""

    items: list[UnitPeople]


@dataclass(frozen=True)
class _Named:
    """A unit as it is shown: its name, and its id on the institution's list."""

    name: str
    id: str | None


def count_units(*, institution: str, actor: Actor) -> UnitRecap:
    """The people by unit, of the actor's units alone; who is gone is not counted.

    Raises:
        Problem: `not-found` for another institution or one without a round; `try-again` when DynamoDB is busy.
    """
    actor.require_institution(institution)
    gate.read_round(institution)
    try:
        index = search_store.read(institution, _buckets(), None)
        people = _by_unit(index)
        named = _named(institution, people, unit_store.load(institution))
    except Busy as busy:
        raise Problem(Code.TRY_AGAIN, retry_after=1) from busy
    merged: dict[_Named, int] = defaultdict(int)
    for key, of in people.items():
        merged[named[key]] |= of
    counted = _counted(institution, index, ((name, of) for name, of in merged.items() if actor.works_for(name.name)))
    return UnitRecap(items=sorted(counted, key=lambda each: each.unit.casefold()))


def _buckets() -> list[str]:
    terms = [*map(category_term, Category), *map(state_term, PersonState), account_term(NO_ACCOUNT)]
    return [*UNIT_BUCKETS, *(term.bucket for term in terms)]


def _set(index: Index, term: Term) -> int:
    stored = index.buckets.get(term.bucket, {}).get(term.term)
    return places.union([stored]) if stored else 0


def _by_unit(index: Index) -> dict[str, int]:
    """Who stands in which unit, by the unit's key."""
    return {
        key: places.union([stored]) for bucket in UNIT_BUCKETS for key, stored in index.buckets.get(bucket, {}).items()
    }


def _named(institution: str, people: Mapping[str, int], units: Units) -> dict[str, _Named]:
    """How each unit is called: as the list has it, else as somebody's row spells it."""
    listed = {key: unit for key in people if (unit := units.named(key)) is not None}
    firsts = {key: next(places.members(of)) for key, of in people.items() if key not in listed}
    rows = search_store.read_rows(institution, list(firsts.values()))
    spelled = {unit_key(row.unit_kerja): row.unit_kerja for row in rows.values()}
    return {
        key: _Named(listed[key].name, listed[key].id) if key in listed else _Named(spelled.get(key, key), None)
        for key in people
    }


def _counted(institution: str, index: Index, units: Iterable[tuple[_Named, int]]) -> Iterator[UnitPeople]:
    key = files_key()
    stands = _standing(index)
    without = _set(index, account_term(NO_ACCOUNT))
    for named, of in units:
        counts = Counter(stands[place] for place in places.members(of))
        alone = sum(1 for place in places.members(of & without) if stands[place] != _NOBODY)
        if counts.keys() - {_NOBODY}:
            place = unit_place(key, institution, named.id) if named.id else None
            yield UnitPeople(unit=named.name, id=named.id, place=place, states=_states(counts), without_account=alone)


def _standing(index: Index) -> bytearray:
    """Of each place which of `_COUNTED` stands there, read once: sets of a large institution are long."""
    stands = bytearray([_NOBODY]) * index.size
    for at, (category, state) in enumerate(_COUNTED):
        for place in places.members(_set(index, category_term(category)) & _set(index, state_term(state))):
            stands[place] = at
    return stands


def _states(counts: Mapping[int, int]) -> dict[Category, dict[PersonState, int]]:
    states: dict[Category, dict[PersonState, int]] = {}
    for at, (category, state) in enumerate(_COUNTED):
        if n := counts.get(at):
            states.setdefault(category, {})[state] = n
    return states
