"""How many people an institution has, as far as facts have arrived."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from services.kernel.states import GONE, Category, Matter, PersonState, VerdictMark

DECIDED: Final = frozenset({PersonState.MEMENUHI_SYARAT, PersonState.TIDAK_MEMENUHI_SYARAT})
"""States in which a verdict stands."""
UNDECIDED: Final = frozenset(
    {PersonState.TERDAFTAR, PersonState.AKUN_DIBUAT, PersonState.DIAJUKAN, PersonState.DIKEMBALIKAN}
)
"""Registered people whom the lock would seal as not verified (domain.md, section 4)."""


@dataclass(frozen=True)
class Counts:
    """How many people there are per state and category, and how many open matters of other services per kind.

    `decided_on`: by day in WIB, how many more verdicts stood at its end than at its beginning; a day without a move is
    not there.
    `judged`: verdicts that stand, by what PPK and bkn are told of them; one verdict may be told several things of.
    """

    people: Mapping[tuple[PersonState, Category], int]
    matters: Mapping[str, int] = field(default_factory=dict)
    decided_on: Mapping[date, int] = field(default_factory=dict)
    judged: Mapping[VerdictMark, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Everybody on the roster: neither deleted nor moved away."""
        return self.of(state for state in PersonState if state not in GONE)

    @property
    def left_undecided(self) -> int:
        """Who has submitted and has no verdict, also if it was returned to him (domain.md, sections 3 and 4)."""
        return self.of([PersonState.DIAJUKAN]) + self.matters.get(Matter.RETURNED, 0)

    def of(self, states: Iterable[PersonState]) -> int:
        """How many people are in one of these states."""
        wanted = frozenset(states)
        return sum(n for (state, _), n in self.people.items() if state in wanted)

    def by_state(self) -> dict[str, int]:
        """Every state that somebody is in."""
        return {state.value: n for state in PersonState if (n := self.of([state]))}

    def by_category(self) -> dict[str, int]:
        """Both categories of the roster."""
        return {
            category.value: sum(n for (state, its), n in self.people.items() if its is category and state not in GONE)
            for category in Category
        }

    def by_mark(self) -> dict[VerdictMark, int]:
        """Every mark, also those that no verdict has."""
        return {mark: self.judged.get(mark, 0) for mark in VerdictMark}
