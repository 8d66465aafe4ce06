"""Job titles that do not belong in the census, and how a title on a row is compared with them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

_NOT_A_LETTER: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class BlockedTitle:
    """A title, the letter that excludes it, and the day from which it does."""

    title: str
    letter: str
    effective: date


class Match(NamedTuple):
    """The blocked title a job title meets; `exact` when it is that title and not only holds its words."""

    blocked: BlockedTitle
    exact: bool


class Blocklist:
    """A list of blocked titles, compared without case and punctuation."""

    def __init__(self, titles: Iterable[BlockedTitle]) -> None:
        self._by_title = {normalise_title(each.title): each for each in titles}

    def __len__(self) -> int:
        return len(self._by_title)

    def __iter__(self) -> Iterator[BlockedTitle]:
        return iter(self._by_title.values())

    def match(self, title: str) -> Match | None:
        """Return the blocked title that a job title is, or else holds as whole words, or None.

        `Sopir/Pengemudi` is taken as both of its titles.
        """
        return _match(self, title)

    def _find(self, title: str) -> Match | None:
        parts = [normalise_title(part) for part in title.split("/")]
        for part in parts:
            if part in self._by_title:
                return Match(self._by_title[part], exact=True)
        padded = f" {' '.join(parts)} "
        held = (each for name, each in self._by_title.items() if f" {name} " in padded)
        first = next(held, None)
        return None if first is None else Match(first, exact=False)


def normalise_title(title: str) -> str:
    """Return the form in which two spellings of a job title are equal."""
    return _NOT_A_LETTER.sub(" ", title.casefold()).strip()


@lru_cache(maxsize=4096)  # an institution's roster repeats a few hundred titles
def _match(blocklist: Blocklist, title: str) -> Match | None:
    return blocklist._find(title)  # noqa: SLF001 - the cached half of match
