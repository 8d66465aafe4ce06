"""What is published of a person must not tell what is never public: here his own numbers and dates are known.

`find_personal_number` sees what looks like one in any text; a birth date in words, or half a NIK, is one only for
whom it belongs to ("SMA 17 Agustus 1945" is a name). Used where a row is entered and where a list is made (domain.md,
sections 6 and 8).
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final, Self

from services.kernel.personal_numbers import PersonalNumber, find_personal_number
from services.kernel.texts import drop_invisible

PUBLISHED: Final = ("nama", "jabatan", "unit_kerja")
"""The free texts of a row that everybody may read (domain.md, section 8)."""

_SHARED: Final = 8
"""Digits in a row, separators left out, that are no chance when they stand in somebody's own number too."""

_OF_NIK: Final = 16


@dataclass(frozen=True, slots=True)
class Own:
    """What is known of one person and never published.

    Attributes:
        born: day, month and last two digits of the year: `191192`; None where it is not known.
        numbers: digits of his NIK, nomor KK and telephones, without country code or leading zero.
    """

    born: str | None
    numbers: tuple[str, ...]

    @classmethod
    def of(cls, row: Mapping[str, Any], others: Collection[str] = ()) -> Self:
        """Take NIK and birth date (ISO 8601) from a row; `others` are his nomor KK and telephones as stored."""
        born = row.get("tanggal_lahir")
        return cls(
            born=f"{date.fromisoformat(born):%d%m%y}" if born else None,
            numbers=tuple(_significant(number) for number in (row.get("nik") or "", *others) if number),
        )


def find_published(row: Mapping[str, Any], others: Collection[str] = ()) -> dict[str, PersonalNumber]:
    """Return which of a row's published texts tells a personal number, and of which kind; `others` as in `Own.of`."""
    telling = {column: text for column in PUBLISHED if (text := row.get(column)) and may_tell(text)}
    if not telling:
        return {}
    own = Own.of(row, others)
    found = {column: find_own(text, own) for column, text in telling.items()}
    return {column: kind for column, kind in found.items() if kind is not None}


def find_own(text: str, own: Own) -> PersonalNumber | None:
    """Return what personal number a text holds: one that anybody would see, or the person's own in disguise."""
    if not may_tell(text):
        return None
    if found := find_personal_number(text):
        return found
    if own.born in dates_in(text):
        return PersonalNumber.BIRTH_DATE
    digits = _digits(text)
    for number in own.numbers:
        if any(number[at : at + _SHARED] in digits for at in range(len(number) - _SHARED + 1)):
            return PersonalNumber.SIXTEEN_DIGITS if len(number) == _OF_NIK else PersonalNumber.PHONE
    return None


def may_tell(text: str) -> bool:
    """Whether a text could hold anybody's number, whoever it is: all others need not be compared."""
    return _may_tell(text) if _NUMERIC.search(text) or not text.isascii() else False


@lru_cache(maxsize=20_000)  # units and jobs repeat
def _may_tell(text: str) -> bool:
    return find_personal_number(text) is not None or len(_digits(text)) >= _SHARED or bool(dates_in(text))


def find_telling(texts: Sequence[str]) -> list[int]:
    """Return the places of texts that `may_tell`; where there are none, one look at all of them together says so."""
    together = "\n".join(texts)
    if together.isascii() and not any(sign in together for sign in "0123456789@"):
        return []
    return [place for place, text in enumerate(texts) if may_tell(text)]


_NUMERIC: Final = re.compile(r"[0-9@]")
_PROCLAMATION: Final = re.compile(r"\b17 agustus 1945\b", re.IGNORECASE)
"""Schools and universities are called by it, and nobody in the census was born on it."""

_MONTHS: Final = (
    "jan i",
    "feb peb ii",
    "mar iii",
    "apr iv",
    "mei may v",
    "jun vi",
    "jul vii",
    "agu ags agt aug viii",
    "sep ix",
    "okt oct x",
    "nov nop xi",
    "des dec xii",
)
_MONTH_OF: Final = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}
_ROMAN: Final = re.compile("[ivx]+")

_YEAR: Final = r"(?:19|20)?\d\d"
_BETWEEN: Final = r"[\W_]{1,4}"
_AROUND_WORD: Final = r"[\W_]{0,4}"
_NUMBER: Final = rf"(?:{_YEAR}|\d)"
_TRIPLE: Final = re.compile(rf"(?<!\d)(?=({_NUMBER}){_BETWEEN}(\d\d?){_BETWEEN}({_NUMBER})(?!\d))")
_IN_WORDS: Final = re.compile(rf"(?<!\d)(?=({_NUMBER}){_AROUND_WORD}([^\W\d_]{{1,9}}){_AROUND_WORD}({_NUMBER})(?!\d))")
_MONTH_FIRST: Final = re.compile(rf"(?<![^\W_])(?=([^\W\d_]{{3,9}}){_AROUND_WORD}(\d\d?){_BETWEEN}({_YEAR})(?!\d))")
_BARE: Final = re.compile(r"(?<!\d)(?:(\d\d)(\d\d)(?:19|20)(\d\d)|(?:19|20)(\d\d)(\d\d)(\d\d))(?!\d)")
"""Six digits alone are no date: schools in Sumatera Utara are numbered so."""


def dates_in(text: str) -> frozenset[str]:
    """Return every day that a text may spell, as `Own.born` has it; in numbers a month may stand before its day."""
    seen = _PROCLAMATION.sub("", _as_seen(text)).casefold()
    return frozenset(f"{day:02}{month:02}{year % 100:02}" for day, month, year in _spelled(seen))


def _spelled(text: str) -> Iterator[tuple[int, int, int]]:
    for first, middle, last in _TRIPLE.findall(text):
        yield from _in_any_order(int(first), int(middle), int(last))
    for first, word, last in _IN_WORDS.findall(text):
        if month := _month(word):
            yield from ((int(first), month, int(last)), (int(last), month, int(first)))
    for word, day, year in _MONTH_FIRST.findall(text):
        if month := _month(word):
            yield int(day), month, int(year)
    for groups in _BARE.findall(text):
        first, middle, last = (int(group) for group in groups if group)
        yield from _in_any_order(first, middle, last)


def _in_any_order(first: int, middle: int, last: int) -> Iterator[tuple[int, int, int]]:
    yield from ((first, middle, last), (middle, first, last))
    yield from ((last, middle, first), (middle, last, first))


def _month(word: str) -> int | None:
    return _MONTH_OF.get(word if _ROMAN.fullmatch(word) else word[:3])


def _as_seen(text: str) -> str:
    return unicodedata.normalize("NFKC", drop_invisible(text))


def _digits(text: str) -> str:
    return "".join(str(int(sign)) for sign in _as_seen(text) if sign.isdecimal())


def _significant(number: str) -> str:
    digits = _digits(number)
    return digits if len(digits) == _OF_NIK else digits.removeprefix("62").removeprefix("0")
