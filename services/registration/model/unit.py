"""An institution's units as its admin keeps them: a tree of names (domain.md, section 6, *Reference lists*)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from services.kernel.values.units import unit_key

MAX_UNITS: Final = 3000
"""In one list: more than the largest institution of 2022 has offices, and few enough for one item."""
LONGEST_NAME: Final = 150
"""Characters of a name, as of `unit_kerja` in the template."""
MAX_OTHER_NAMES: Final = 20
"""Spellings of one unit beside its name."""


@dataclass(frozen=True)
class Unit:
    """One unit. `id` stays when it is renamed; `parent` is the id of the unit above it, None at the top.

    `also` are other names under which rows may stand: former ones, and spellings that the admin assigned to it. Rows
    keep the name they were entered with.
    """

    id: str
    name: str
    parent: str | None = None
    also: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it is known by, the present one first."""
        return (self.name, *self.also)


@dataclass(frozen=True)
class Units:
    """The whole list in its order; `v` counts its changes, 0 while there is none."""

    v: int = 0
    items: tuple[Unit, ...] = ()

    @cached_property
    def _by_key(self) -> Mapping[str, Unit]:
        return {unit_key(name): unit for unit in self.items for name in unit.names}

    @cached_property
    def _by_id(self) -> Mapping[str, Unit]:
        return {unit.id: unit for unit in self.items}

    def find(self, identifier: str | None) -> Unit | None:
        """The unit of an id."""
        return self._by_id.get(identifier or "")

    def named(self, name: str) -> Unit | None:
        """The unit that is known by a name, however it is spelled."""
        return self._by_key.get(unit_key(name))

    def above(self, unit: Unit) -> Iterator[Unit]:
        """The unit's parent, the parent's and so on; ends where a circle closes."""
        seen = {unit.id}
        while (parent := self.find(unit.parent)) is not None and parent.id not in seen:
            seen.add(parent.id)
            yield parent
            unit = parent

    def within(self, unit: Unit) -> list[Unit]:
        """The unit and all below it."""
        return [each for each in self.items if each.id == unit.id or unit in self.above(each)]

    def spelled_out(self, names: Iterable[str]) -> tuple[str, ...]:
        """Every name of these units and of all below them: what somebody who is limited to them works for.

        A name that is not on the list stands for itself.
        """
        known = [(name, self.named(name)) for name in names]
        spelled = (
            [each for one in self.within(unit) for each in one.names] if unit else [name] for name, unit in known
        )
        return tuple(dict.fromkeys(name for names in spelled for name in names))

    def now_called(self, names: Iterable[str]) -> tuple[str, ...]:
        """The units of these names as they are called now; a name that is not on the list stays as it is."""
        return tuple(dict.fromkeys(unit.name if (unit := self.named(name)) else name for name in names))
