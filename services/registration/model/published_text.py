"""What is published of a person must not tell what is never public: here his own numbers and dates are known.

`find_personal_number` sees what looks like one in any text; a birth date in words, or half a NIK, is one only for
whom it belongs to ("SMA 17 Agustus 1945" is a name). Used where a row is entered and where a list is made (domain.md,
sections 6 and 8).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final, Self

from services.kernel.security.personal_numbers import PersonalNumber, as_seen, find_personal_number

PUBLISHED: Final = ("nama", "jabatan", "unit_kerja")
"""The free texts of a row that everybody may read (domain.md, section 8)."""

LEAST_DIGITS: Final = 8
"""Digits that stand in somebody's own number too and are no chance."""
_OF_NIK: Final = 16


@dataclass(frozen=True, slots=True)
class Own:
    """What is known of one person and never published.

    Attributes:
        born: day, month and last two digits of the year: `191192`; None where it is not known.
        numbers: digits of his NIK, nomor KK and telephones, these without country code or leading zero.
        emails: in small letters.
    """

    born: str | None
    numbers: tuple[str, ...]
    emails: tuple[str, ...] = ()

    @classmethod
    def of(cls, row: Mapping[str, Any], others: Iterable[str | None] = ()) -> Self:
        """Take NIK, birth date (ISO 8601) and registered contact from a row.

        `others` are his nomor KK and what else there is of telephones (E.164) and e-mails.
        """
        born = row.get("tanggal_lahir")
        known = [each for each in (row.get("nik"), row.get("hp"), row.get("email"), *others) if each]
        return cls(
            born=f"{date.fromisoformat(born):%d%m%y}" if born else None,
            numbers=tuple(each.removeprefix("+62") for each in known if "@" not in each),
            emails=tuple(each.casefold() for each in known if "@" in each),
        )


def find_published(row: Mapping[str, Any], others: Iterable[str | None] = ()) -> dict[str, PersonalNumber]:
    """Return which of a row's published texts tells a personal number, of anybody or his own in disguise.

    `others` are what is known of him beside the row, as in `Own.of`.
    """
    telling = {column: text for column in PUBLISHED if (text := row.get(column)) and may_tell(text)}
    if not telling:
        return {}
    own = Own.of(row, others)
    found = {column: find_personal_number(text) or find_own(text, own) for column, text in telling.items()}
    return {column: kind for column, kind in found.items() if kind is not None}


def find_own(text: str, own: Own) -> PersonalNumber | None:
    """Return what a text tells of this person: one of his numbers or half of it, his e-mail, his birth date."""
    if not may_tell(text):
        return None
    seen = as_seen(text).casefold()
    digits, runs = digits_of(seen), [digits_of(run) for run in _RUN.findall(seen)]
    for number in own.numbers:
        if (len(number) >= LEAST_DIGITS and number in digits) or any(run in number for run in runs):
            return PersonalNumber.SIXTEEN_DIGITS if len(number) == _OF_NIK else PersonalNumber.PHONE
    if any(email in seen.replace(" ", "") for email in own.emails):
        return PersonalNumber.EMAIL
    return PersonalNumber.BIRTH_DATE if own.born in dates_in(seen) else None


def may_tell(text: str) -> bool:
    """Whether a text could hold anybody's number, whoever it is: all others need not be compared."""
    return _may_tell(text) if _NUMERIC.search(text) or not text.isascii() else False


@lru_cache(maxsize=20_000)  # units and jobs repeat
def _may_tell(text: str) -> bool:
    seen = as_seen(text)
    return find_personal_number(text) is not None or len(digits_of(seen)) >= LEAST_DIGITS or bool(dates_in(seen))


def find_telling(texts: Sequence[str]) -> list[int]:
    """Return the places of texts that `may_tell`; where there are none, one look at all of them together says so."""
    together = "\n".join(texts)
    if together.isascii() and not any(sign in together for sign in "0123456789@"):
        return []
    return [place for place, text in enumerate(texts) if may_tell(text)]


_NUMERIC: Final = re.compile(r"[0-9@]")
_RUN: Final = re.compile(rf"\d(?:[ .\-/]?\d){{{LEAST_DIGITS - 1},}}")
_PROCLAMATION: Final = re.compile(r"\b17 agustus 1945\b")
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
    """Return every day that a text as it is seen may spell, as `Own.born` has it; a month may stand before its day."""
    named = _PROCLAMATION.sub("", text.casefold())
    return frozenset(f"{day:02}{month:02}{year % 100:02}" for day, month, year in _spelled(named))


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


def digits_of(text: str) -> str:
    """The digits of a text one behind the other, of whatever script."""
    return "".join(str(int(sign)) for sign in text if sign.isdecimal())
