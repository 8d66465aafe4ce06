"""A closed list of values as data: the code kept, the words shown, and the other ways offices write it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

_NOT_WORD: Final = re.compile(r"[\W_]+")


def choice_key(text: str) -> str:
    """Return the form in which spellings of one value are equal: lower case letters and digits only."""
    return _NOT_WORD.sub("", text.casefold())


class Choice(NamedTuple):
    """One value of a list. `others` are spellings that mean the same and nothing else."""

    code: str
    label: str
    others: tuple[str, ...] = ()


class Choices(Mapping[str, Choice]):
    """The choices of one list by code, in the order in which they are offered."""

    def __init__(self, name: str, choices: Iterable[Choice]) -> None:
        self.name = name
        self._by_code = {choice.code: choice for choice in choices}
        self._codes = dict(_spellings(self._by_code.values()))

    def __getitem__(self, code: str) -> Choice:
        return self._by_code[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_code)

    def __len__(self) -> int:
        return len(self._by_code)

    def find(self, text: str) -> str | None:
        """Return the code that a text means, whatever its case, spaces and punctuation, or None."""
        return self._codes.get(choice_key(text))

    def label(self, code: str | None) -> str:
        """Return the words for a code; a code from a later or earlier list is shown as it is."""
        if code is None:
            return ""
        choice = self._by_code.get(code)
        return choice.label if choice else code

    def labels(self) -> list[str]:
        """Return the words of all choices, as offered in a drop-down list."""
        return [choice.label for choice in self._by_code.values()]


def _spellings(choices: Iterable[Choice]) -> Iterator[tuple[str, str]]:
    for choice in choices:
        for spelling in (choice.code, choice.label, *choice.others):
            yield choice_key(spelling), choice.code
