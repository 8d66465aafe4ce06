"""Rename a unit, move it under another one, or say by which other names rows know it."""

from collections.abc import Sequence
from dataclasses import replace

from pydantic import BaseModel

from services.kernel.problems import Code, Problem, invalid_problem
from services.kernel.values.units import unit_key
from services.kernel.web.request import Request
from services.registration.model.unit import Unit, Units
from services.registration.units.change_list import UnitsChanged, change_list, renewed
from services.registration.units.names import UnitName

TOP = ""
"""Stands for no parent where a parent is asked for."""
_NO_PARENT = "Unit induk itu tidak ada dalam daftar. Muat ulang halaman, lalu pilih lagi."


class UnitEdit(BaseModel):
    """What is to change, on version `v` of the list; what is not sent stays.

    `parent` is a unit's id, empty for the top. `known_as` is a name under which rows stand that are of this unit;
    `not_known_as` takes such a name back.
    """

    v: int
    name: UnitName | None = None
    parent: str | None = None
    known_as: UnitName | None = None
    not_known_as: str | None = None


def change_unit(identifier: str, edit: UnitEdit, *, institution: str, request: Request) -> UnitsChanged:
    """Change one unit; users who are limited to it, or to one above it, follow.

    Raises:
        Problem: `not-found`, `invalid-fields`, and as `change_list`.
    """
    return change_list(institution, edit.v, lambda units: _edited(units, identifier, edit), "change-unit", request)


def _edited(units: Units, identifier: str, edit: UnitEdit) -> Sequence[Unit]:
    unit = load_unit(units, identifier)
    if edit.name is not None:
        unit = renewed(unit, edit.name)
    if edit.parent is not None:
        unit = replace(unit, parent=_parent(units, edit.parent))
    if edit.known_as is not None:
        unit = replace(unit, also=(*unit.also, edit.known_as))
    if edit.not_known_as is not None:
        key = unit_key(edit.not_known_as)
        unit = replace(unit, also=tuple(name for name in unit.also if unit_key(name) != key))
    return [unit if each.id == identifier else each for each in units.items]


def load_unit(units: Units, identifier: str) -> Unit:
    """A unit of the list.

    Raises:
        Problem: `not-found`.
    """
    unit = units.find(identifier)
    if unit is None:
        raise Problem(Code.NOT_FOUND)
    return unit


def _parent(units: Units, parent: str) -> str | None:
    if parent == TOP:
        return None
    if units.find(parent) is None:
        raise invalid_problem("parent", "unknown", _NO_PARENT)
    return parent
