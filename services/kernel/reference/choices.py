"""A closed list of values as data: the code kept, the words shown, and the other ways offices write it."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from services.kernel.values.texts import as_typed

_WORD: Final = re.compile(r"[^\W_]+")
_NUMBER: Final = re.compile(r"\d+|[ivx]+")
_FIGURES: Final = frozenset("ivx0123456789")
_APART: Final = "/"


def choice_key(text: str, ignored: Collection[str] = ()) -> str:
    """Return the form in which spellings of one value are equal: lower case letters and digits only.

    Two numbers, Roman ones too, stay apart: `D-III` is `DIII`, and `D-I/II` neither of its two nor D-III.
    """
    key = ""
    for word in _WORD.findall(as_typed(text).casefold()):
        if word not in ignored:
            key += f"{_APART}{word}" if key[-1:] in _FIGURES and _NUMBER.fullmatch(word) else word
    return key


class Choice(NamedTuple):
    """One value of a list. `others` are spellings that mean the same and nothing else."""

    code: str
    label: str
    others: tuple[str, ...] = ()


class Choices(Mapping[str, Choice]):
    """The choices of one list by code, in the order in which they are offered.

    `ignored` are words that change nothing where they stand beside a choice.
    """

    def __init__(self, name: str, choices: Iterable[Choice], ignored: Iterable[str] = ()) -> None:
        self.name = name
        self._ignored = frozenset(ignored)
        self._by_code = {choice.code: choice for choice in choices}
        self._codes = dict(self._spellings())

    def __getitem__(self, code: str) -> Choice:
        return self._by_code[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_code)

    def __len__(self) -> int:
        return len(self._by_code)

    def find(self, text: str) -> str | None:
        """Return the code that a text means, whatever its case, spaces and punctuation, or None."""
        return self._codes.get(choice_key(text, self._ignored))

    def label(self, code: str | None) -> str:
        """Return the words for a code; a code from a later or earlier list is shown as it is."""
        if code is None:
            return ""
        choice = self._by_code.get(code)
        return choice.label if choice else code

    def labels(self) -> list[str]:
        """Return the words of all choices, as offered in a drop-down list."""
        return [choice.label for choice in self._by_code.values()]

    def _spellings(self) -> Iterator[tuple[str, str]]:
        for choice in self._by_code.values():
            for spelling in (choice.code, choice.label, *choice.others):
                yield choice_key(spelling, self._ignored), choice.code
