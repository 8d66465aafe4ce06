"""Take a unit off the list, saying what becomes of its people and users."""

from collections.abc import Sequence
from dataclasses import replace

from pydantic import BaseModel

from services.kernel.problems import Code, Problem, invalid_problem
from services.kernel.web.request import Request
from services.registration.adapters import account_store
from services.registration.model.unit import Unit, Units
from services.registration.units.change_list import UnitsChanged, change_list
from services.registration.units.change_unit import load_unit

_IN_ITSELF = "Pilih unit lain yang menampung, yang tidak berada di bawah unit ini."
_USERS = (
    "Ada pengguna yang dibatasi pada unit ini: {count}. Pilih unit yang menggantikannya, atau ubah dahulu unit para "
    "pengguna itu."
)


class UnitRemoval(BaseModel):
    """On version `v` of the list. `into` is the id of the unit that takes its names, the units below it and its users.

    `into` must be said, also that it is nothing: then the units below it move up, and its people keep a unit that is
    not on the list.
    """

    v: int
    into: str | None


def remove_unit(identifier: str, removal: UnitRemoval, *, institution: str, request: Request) -> UnitsChanged:
    """Take the unit off; no row is changed by it.

    Raises:
        Problem: `not-found`, `conflict` where users are limited to it and no other unit takes them, `invalid-fields`,
            and as `change_list`.
    """

    def removed(units: Units) -> Sequence[Unit]:
        unit = load_unit(units, identifier)
        if removal.into is None:
            _require_no_users(institution, units, unit)
            return _without(units, unit)
        return _merged(units, unit, removal.into)

    return change_list(institution, removal.v, removed, "remove-unit", request)


def _require_no_users(institution: str, units: Units, unit: Unit) -> None:
    users = [one for one in account_store.staff_of(institution) if unit in map(units.named, one.units)]
    if users:
        raise Problem(Code.CONFLICT, _USERS.format(count=len(users)))


def _without(units: Units, unit: Unit) -> list[Unit]:
    rest = [each for each in units.items if each.id != unit.id]
    return [replace(each, parent=unit.parent) if each.parent == unit.id else each for each in rest]


def _merged(units: Units, unit: Unit, into: str) -> list[Unit]:
    target = units.find(into)
    if target is None or target in units.within(unit):
        raise invalid_problem("into", "unknown", _IN_ITSELF)
    taken = replace(target, also=(*target.also, *unit.names))
    rest = [taken if each.id == into else each for each in units.items if each.id != unit.id]
    return [replace(each, parent=into) if each.parent == unit.id else each for each in rest]
