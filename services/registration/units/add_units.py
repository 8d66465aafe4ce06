"""Add units to the list, many at once: pasted from a spreadsheet, or found in the rows (domain.md, section 6)."""

import secrets
from collections.abc import Sequence
from typing import Annotated, Final

from pydantic import BaseModel, Field

from services.kernel.problems import Code, FieldProblem, Problem
from services.kernel.values.units import unit_key
from services.kernel.web.request import Request
from services.registration.model.unit import MAX_UNITS, Unit, Units
from services.registration.units.change_list import UnitsChanged, change_list
from services.registration.units.names import UnitName

_DEEPEST: Final = 8
"""Levels of a tree, far more than any office has."""
_ELSEWHERE = (
    "“{name}” sudah ada di bawah “{parent}”. Setiap unit hanya satu kali dalam daftar: beri nama yang lengkap, "
    "misalnya “Tata Usaha SMPN 1”, atau pindahkan unit itu."
)
_TOP = "puncak daftar"


class NewUnits(BaseModel):
    """Each path names a unit from the top down: `["Dinas Pendidikan", "SMPN 1"]`; what is there already stays.

    `v` is the version of the list that was seen, 0 where there was none.
    """

    v: int
    paths: Annotated[
        list[Annotated[list[UnitName], Field(min_length=1, max_length=_DEEPEST)]],
        Field(min_length=1, max_length=MAX_UNITS),
    ]


def add_units(new: NewUnits, *, institution: str, request: Request) -> UnitsChanged:
    """Add what is not there yet.

    A name of one step that stands somewhere below is that unit.

    Raises:
        Problem: `invalid-fields` for a name that stands elsewhere in the tree, and as `change_list`.
    """
    return change_list(institution, new.v, lambda units: _added(units, new.paths), "add-units", request)


def _added(units: Units, paths: Sequence[Sequence[str]]) -> Sequence[Unit]:
    tree, problems = _Tree(units), list[FieldProblem]()
    for number, path in enumerate(paths, start=1):
        problem = tree.add(path, f"paths.{number - 1}")
        if problem is not None:
            problems.append(problem)
    if problems:
        raise Problem(Code.INVALID_FIELDS, fields=problems)
    return tree.items


class _Tree:
    """A list that grows by paths."""

    def __init__(self, units: Units) -> None:
        self._items = {unit.id: unit for unit in units.items}
        self._by_key = {unit_key(name): unit for unit in units.items for name in unit.names}

    @property
    def items(self) -> Sequence[Unit]:
        return list(self._items.values())

    def add(self, path: Sequence[str], field: str) -> FieldProblem | None:
        """Add the units of a path that are not there; the problem, if one of them stands elsewhere."""
        parent: Unit | None = None
        for name in path:
            unit = self._by_key.get(unit_key(name))
            if unit is None:
                unit = Unit(secrets.token_hex(4), name, parent.id if parent else None)
                self._items[unit.id] = self._by_key[unit_key(name)] = unit
            elif parent is not None and unit.parent != parent.id:
                above = self._items.get(unit.parent or "")
                return FieldProblem(
                    field, "unit-elsewhere", _ELSEWHERE.format(name=name, parent=above.name if above else _TOP)
                )
            parent = unit
        return None
