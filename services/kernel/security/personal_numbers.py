"""Personal numbers in a text that is published: none may stand there (domain.md, sections 6 and 8).

A name of a person, unit or job is free text, and people type into it what a column beside it asks for. What is looked
for is what domain.md §6 names; a number with another meaning ("SDN 013", "SMA 17 Agustus 1945", "Kelas 10/11/12")
passes.
"""

import re
import unicodedata
from datetime import date
from enum import StrEnum
from typing import Final

from services.kernel.values.texts import drop_invisible


class PersonalNumber(StrEnum):
    """What was found. The values are stable: they reach answers, forms and log lines, the text itself never does."""

    SIXTEEN_DIGITS = "sixteen-digits"
    """As long as a NIK or a nomor KK, or longer; also in groups."""
    PHONE = "phone"
    EMAIL = "email"
    DATE = "date"
    BIRTH_DATE = "birth-date"
    """A date in words or bare digits behind "lahir", "tgl" or "TTL", or the person's own, which registration knows."""


_SUSPICIOUS: Final = re.compile(r"[\d@]")

_BETWEEN: Final = r"(?: ?[.\-/_'\u2019:|\u2010-\u2015\u2212] ?|,| {1,3})?"
"""What stands between the groups of a number. A comma with a space makes a list, not a number."""
_SIXTEEN: Final = re.compile(rf"\d(?:{_BETWEEN}\d){{15}}")

_GAP: Final = r"[ .\-\u2010-\u2015]{0,3}"
_MOBILE: Final = re.compile(rf"(?<!\d)(?:\(?\+?62\)?|0){_GAP}8[1-9](?:{_GAP}\d){{7,10}}(?!\d)")
_MOBILE_WITHOUT_ZERO: Final = re.compile(r"(?<![\d.\-/])8[1-9]\d{8,10}(?![\d.\-/])")
"""As a spreadsheet keeps it that took the number for one."""
_LANDLINE: Final = re.compile(
    r"(?<![\d.\-/])(?:\(0\d{2,3}\) ?|\+62[ -]?\d{2,3}[ -]?|0(?:21|22|24|31|61|[2-79]\d{2})[ -]?)"
    r"\d{3,4}[ -]?\d{3,5}(?!\d)"
)
_EMAIL: Final = re.compile(r"[^\s@,;()<>]+ ?@ ?[^\s@,;()<>]+\.[A-Za-z]{2,}")

_DASH: Final = r" ?[-/.\u2010-\u2015] ?"
_DAY_FIRST: Final = re.compile(rf"(?<!\d)(\d{{1,2}})(?:{_DASH}| )(\d{{1,2}})(?:{_DASH}| )(\d{{4}})(?!\d)")
_YEAR_FIRST: Final = re.compile(rf"(?<!\d)(\d{{4}}){_DASH}(\d{{1,2}}){_DASH}(\d{{1,2}})(?!\d)")
_SHORT_YEAR: Final = re.compile(r"(?<![\d.\-/])(\d{2})([-/.])(\d{2})\2(\d{2})(?![\d.\-/])")

MONTHS: Final = (
    "jan(?:uari|uary)?",
    "[fp]eb(?:ruari|ruary)?",
    "mar(?:et|ch)?",
    "apr(?:il)?",
    "mei|may",
    "jun[ie]?",
    "jul[iy]?",
    "ag(?:u(?:s(?:tus)?)?|st?|t)|aug(?:ust)?",
    "sept?(?:ember)?",
    "okt(?:ober)?|oct(?:ober)?",
    "no[pv](?:ember)?",
    "des(?:ember)?|dec(?:ember)?",
)
"""The months from January on, as they are written in Indonesian and English, old spellings and short ones too."""
_MONTHS: Final = "|".join(MONTHS)
_BIRTH: Final = re.compile(
    rf"\b(?:lahir(?:nya)?|kelahiran|tgl|tangg?al|ttl|t\.t\.l|dob|born)\b\D{{0,40}}?"
    rf"(?:\d{{1,2}}[ .\-/]*(?:{_MONTHS})\b|\b(?:{_MONTHS})[ .\-/,]*\d{{2,4}}|\d{{8}}(?!\d)|\d{{6}}(?!\d)|"
    r"\d{1,2}[ .\-/]+\d{1,2}[ .\-/]+\d{2,4})",
    re.IGNORECASE,
)


def find_personal_number(text: str) -> PersonalNumber | None:
    """What personal number a text seems to hold, or None."""
    if text.isascii() and not _SUSPICIOUS.search(text):  # most names and titles: nothing to look for
        return None
    plain = as_seen(text)
    if _SIXTEEN.search(plain):
        return PersonalNumber.SIXTEEN_DIGITS
    if _EMAIL.search(plain):
        return PersonalNumber.EMAIL
    if any(pattern.search(plain) for pattern in (_MOBILE, _MOBILE_WITHOUT_ZERO, _LANDLINE)):
        return PersonalNumber.PHONE
    if _holds_date(plain):
        return PersonalNumber.DATE
    return PersonalNumber.BIRTH_DATE if _BIRTH.search(plain) else None


def as_seen(text: str) -> str:
    """The text as its reader sees it: full-width and circled characters plain, invisible ones gone, single spaces."""
    return " ".join(drop_invisible(unicodedata.normalize("NFKC", text)).split())


def _holds_date(text: str) -> bool:
    return (
        any(_is_day(*map(int, found.groups())) for found in _DAY_FIRST.finditer(text))
        or any(_is_day(*map(int, reversed(found.groups()))) for found in _YEAR_FIRST.finditer(text))
        or any(_is_short_day(*map(int, found.group(1, 3, 4))) for found in _SHORT_YEAR.finditer(text))
    )


def _is_day(day: int, month: int, year: int) -> bool:
    if not 1900 <= year <= 2100:
        return False
    return _exists(day, month, year) or _exists(month, day, year)


def _is_short_day(day: int, month: int, year: int) -> bool:
    """Three numbers in a row, "10/11/12", are classes or floors and no day."""
    return not (month == day + 1 and year == month + 1) and _exists(day, month, 2000 + year)


def _exists(day: int, month: int, year: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
