"""What a list of people is searched for: words of the name, a registration number, a unit, a category."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from services.kernel.states import Category
from services.kernel.values.names import words_of
from services.registration.model.registration_number import as_crockford


@dataclass(frozen=True)
class LookedFor:
    """Who is looked for; what is left empty fits everybody.

    `q` is the beginnings of words of the name in any order, or the registration number as people type it; `unit` the
    beginnings of words of the unit; `inactive` those who say that they work there no more.
    """

    q: str = ""
    unit: str = ""
    category: Category | None = None
    inactive: bool = False

    def __bool__(self) -> bool:
        """Whether anything is looked for."""
        return bool(self.q or self.unit or self.category or self.inactive)

    def fits(self, outline: Mapping[str, Any]) -> bool:
        """Whether this is somebody who is looked for."""
        return (
            self.category in {None, outline["category"]}
            and not (self.inactive and outline["active"] is not False)
            and (not self.unit or _begin(self._unit_words, words_of(outline["unit"])))
            and (
                not self.q
                or outline["registration_number"] == self._number
                or _begin(self._name_words, words_of(outline["nama"]))
            )
        )

    @cached_property
    def _name_words(self) -> list[str]:
        return words_of(self.q)

    @cached_property
    def _unit_words(self) -> list[str]:
        return words_of(self.unit)

    @cached_property
    def _number(self) -> str:
        return as_crockford(self.q)


EVERYBODY: Final = LookedFor()
"""Nobody in particular."""


def _begin(typed: list[str], words: Iterable[str]) -> bool:
    """Whether each word that was typed begins one of these; nothing but marks begins none."""
    return bool(typed) and all(any(word.startswith(start) for word in words) for start in typed)
