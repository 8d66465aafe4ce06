"""The services' sentences in English, for whoever asks for it (docs/adr/0012).

A service says everything once, in Indonesian; sentences are stored, sealed and printed so. Where an answer leaves for a
reader of English each is looked up here: the catalogues beside this file hold every sentence with its places, as
`"{heading} wajib diisi." = "{heading} is required."`, and what stands in a place is looked up in the same way. A test
holds the catalogues against the services' source.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from services.kernel.clock import MONTHS

_SENTENCES_END = re.compile(r"(?<=[.!?]) ")
_ENGLISH_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
                   "November", "December")  # fmt: skip
_DAY = rf"\d+ (?:{'|'.join(MONTHS)}) \d+"
_TIME = re.compile(rf"({_DAY})(?: pukul (\d\d)\.(\d\d) (\w+))?")
_THOUSANDS = re.compile(r"\d{1,3}(\.\d{3})+")
_CHOICE = re.compile(r"(\S+(?:, \S+)*)(,?) atau (\S+)")
_DECIMAL = re.compile(r"(\d+),(\d+)( [KM]B)?")

_PLACE = re.compile(r"\{(\w+)\}")
_NUMBER, _INSTANT = r"[\d.]+", rf"{_DAY}(?: pukul \d\d\.\d\d \w+)?"
PLACES = {
    **dict.fromkeys(("count", "days", "least", "most", "n", "years"), _NUMBER),
    **dict.fromkeys(("at", "day", "since", "signed", "start", "until"), _INSTANT),
    **dict.fromkeys(("institutions", "more", "typed"), ".+"),
    "standing": r"(?:ditolak|belum)\b[^.]+",
}
"""What may stand in a place of this name: a number, an instant, further sentences, what was typed. Elsewhere anything
but the end of a sentence may."""
_VERBATIM = frozenset({"choices", "institutions", "typed"})
"""Places of words that a spreadsheet has to hold as they are, of names, and of what somebody typed."""
_WITHIN = r"(?:(?!(?<!\bNo)\. [A-Z]).)+?"


class _Entry(NamedTuple):
    pattern: re.Pattern[str]
    english: str
    certain: int
    """Characters of it that stand in no place: the more, the surer a match."""


def english(sentence: str) -> str:
    """A sentence of the services in English; whatever is none of theirs comes back as it is."""
    return _told(sentence) or sentence


@lru_cache(maxsize=2048)
def _told(text: str) -> str | None:
    whole = catalogue().get(text) or figure(text) or _matched(text)
    return whole or _sentences(text) or _items(text, "; ") or _items(text, ", ")


def _matched(text: str) -> str | None:
    for entry in _entries():
        found = entry.pattern.fullmatch(text)
        if found is not None:
            return entry.english.format(**dict(_stand(*place) for place in found.groupdict().items()))
    return None


def _stand(name: str, value: str) -> tuple[str, str]:
    return name, value if name in _VERBATIM else english(value)


def _sentences(text: str) -> str | None:
    """Several sentences one after the other, if each is known."""
    for end in _SENTENCES_END.finditer(text):
        first, rest = _told(text[: end.start()]), _told(text[end.end() :])
        if first is not None and rest is not None:
            return f"{first} {rest}"
    return None


def _items(text: str, joint: str) -> str | None:
    """A list, if anything in it is known; the rest are names and codes."""
    items = text.split(joint)
    told = [_told(item) for item in items] if len(items) > 1 else []
    return joint.join(known or item for known, item in zip(told, items, strict=True)) if any(told) else None


def figure(text: str) -> str | None:
    """Days, instants, numbers and words to choose from in English; None for anything else."""
    if at := _TIME.fullmatch(text):
        day, month, year = at[1].split()
        date = f"{day} {_ENGLISH_MONTHS[MONTHS.index(month)]} {year}"
        return f"{date}, {at[2]}:{at[3]} {at[4]}" if at[2] else date
    if _THOUSANDS.fullmatch(text):
        return text.replace(".", ",")
    if number := _DECIMAL.fullmatch(text):
        return f"{number[1]}.{number[2]}{number[3] or ''}"
    if choice := _CHOICE.fullmatch(text):
        return f"{choice[1]}{choice[2]} or {choice[3]}"
    return text if text.isdigit() else None


@cache
def catalogue() -> dict[str, str]:
    """English by Indonesian, of all services."""
    return dict(_read())


def _read() -> Iterator[tuple[str, str]]:
    for file in sorted(Path(__file__).parent.glob("*.toml")):
        yield from tomllib.loads(file.read_text("utf-8")).items()


@cache
def _entries() -> tuple[_Entry, ...]:
    found = (_entry(indonesian, told) for indonesian, told in catalogue().items() if _PLACE.search(indonesian))
    return tuple(sorted(found, key=lambda entry: -entry.certain))


def _entry(indonesian: str, told: str) -> _Entry:
    seen: set[str] = set()

    def place(found: re.Match[str]) -> str:
        again = found[1] in seen
        seen.add(found[1])
        return f"(?P={found[1]})" if again else f"(?P<{found[1]}>{PLACES.get(found[1], _WITHIN)})"

    pattern = "".join(
        place(found) if (found := _PLACE.fullmatch(part)) else re.escape(part)
        for part in re.split(r"(\{\w+\})", indonesian)
    )
    return _Entry(re.compile(pattern, re.DOTALL), told, len(_PLACE.sub("", indonesian)))
