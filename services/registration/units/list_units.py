"""An institution's list of units, and in which units its people stand."""

from collections import Counter

from pydantic import BaseModel

from services.kernel.security.sessions import Actor
from services.kernel.states import PersonState
from services.kernel.writes import gate
from services.registration.adapters import account_store, unit_store
from services.registration.model.unit import Unit, Units
from services.registration.people import sweep

_NOT_COUNTED = frozenset({PersonState.DIHAPUS})


class UnitView(BaseModel):
    """One unit.

    `parent` is the id of the one above it, `also` the other names rows know it by, `users` how many members of staff
    are limited to it; null for who does not manage them.
    """

    id: str
    name: str
    parent: str | None
    also: list[str]
    users: int | None


class UnitList(BaseModel):
    """The list of version `v`, in its order; of a member of staff limited to some units, these and what is below."""

    v: int
    items: list[UnitView]


class PeopleInUnit(BaseModel):
    """How many people of the part that was looked at stand in a unit as the rows spell it; `unit` is its id, if any."""

    name: str
    unit: str | None
    people: int


class UnitCount(BaseModel):
    """A part of the count; with a `cursor` whoever asks goes on with it and adds up."""

    items: list[PeopleInUnit]
    looked: int
    cursor: str | None


def list_units(*, institution: str, actor: Actor, with_users: bool) -> UnitList:
    """The list as it stands; how many users each unit has for whoever manages them.

    Raises:
        Problem: `not-found` for another institution or one without a round.
    """
    actor.require_institution(institution)
    gate.read_round(institution)
    units = unit_store.load(institution)
    users = _users(institution, units) if with_users else None
    shown = [unit for unit in units.items if actor.works_for(unit.name)]
    return UnitList(v=units.v, items=[_view(unit, users) for unit in shown])


def count_people(*, institution: str, actor: Actor, cursor: str | None, most: int = sweep.MAX_LOOKED_AT) -> UnitCount:
    """In which units people stand, deleted ones left out; of each part `most` people are looked at.

    Raises:
        Problem: `not-found` for another institution or one without a round, `malformed` for a cursor of no use.
    """
    actor.require_institution(institution)
    states = sweep.occupied(institution, but=_NOT_COUNTED, cursor=cursor)
    counted, last, looked = Counter[str](), None, 0
    for outline in sweep.outlines(institution, states, cursor=cursor, wanted=most):
        if last is not None and looked == most:
            break
        if outline["unit"] and actor.works_for(outline["unit"]):
            counted[outline["unit"]] += 1
        last, looked = outline, looked + 1
    else:
        last = None
    units = unit_store.load(institution)
    found = [PeopleInUnit(name=name, unit=_id(units.named(name)), people=n) for name, n in sorted(counted.items())]
    return UnitCount(items=found, looked=looked, cursor=sweep.cursor_of(last) if last else None)


def _users(institution: str, units: Units) -> Counter[str]:
    limited = (units.named(name) for account in account_store.staff_of(institution) for name in account.units)
    return Counter(unit.id for unit in limited if unit is not None)


def _view(unit: Unit, users: Counter[str] | None) -> UnitView:
    count = None if users is None else users[unit.id]
    return UnitView(id=unit.id, name=unit.name, parent=unit.parent, also=list(unit.also), users=count)


def _id(unit: Unit | None) -> str | None:
    return unit.id if unit else None
