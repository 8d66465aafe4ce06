"""Days as people write them, in a spreadsheet, a form or a body: read where they can mean one day only.

What is not sure is refused: a verdict may hang on a single day (domain.md, section 5).
"""

import re
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated, Final

from pydantic import BeforeValidator

from services.kernel.values.texts import as_typed

NEAR_MIDNIGHT: Final = timedelta(minutes=5)
"""What programs add to or take from a midnight by rounding; an instant further off is of no sure day.

The largest known shift of one that keeps its day is 48 seconds (SheetJS, issues 1565 and 2350: local mean time of Asian
zones); one of whole hours, as of an export in UTC, may have changed the day either way.
"""

MONTHS: Final = (
    "januari january",
    "februari february pebruari",
    "maret march",
    "april",
    "mei may",
    "juni june",
    "juli july",
    "agustus august agt ags",
    "september",
    "oktober october",
    "november nopember",
    "desember december",
)
"""The months from January on by the words that mean them, in Indonesian, old spellings too, and English."""


class DateFault(StrEnum):
    """Why something is no day. The values are stable: they reach answers and forms."""

    FORMAT = "date-format"
    IMPOSSIBLE = "date-impossible"
    ORDER = "date-order"
    YEAR = "date-year"
    TIME = "date-time"


class InvalidDate(ValueError):
    """No day, or not for sure one; `code` says why, and what was written is not kept."""

    def __init__(self, code: DateFault) -> None:
        super().__init__(code.value)
        self.code = code


_YEAR_FIRST: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
_SHORT_YEAR: Final = re.compile(r"\d{1,2}[-/. ](?:\d{1,2}|[A-Za-z]+)[-/. ]\d{2}")
_IN_WORDS: Final = re.compile(r"(\d{1,2})[-/. ]*([A-Za-z]+)[-/., ]*(\d{4})")
_TIME: Final = re.compile(r"(?<=\d)[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$")
_SHORTEST_MONTH: Final = 3
_FIRST_YEAR: Final = 1900
_LAST_YEAR: Final = 2100


def read_day(text: str) -> date:
    """Read `2021-12-31`, `31-12-2021`, `31/12/2021` or `31 Desember 2021`; a time of day must be near midnight.

    Raises:
        InvalidDate: anything else; a year of two figures, or before 1900 or after 2100.
    """
    plain = as_typed(text).strip()
    found = _TIME.search(plain)
    day = _read(plain[: found.start()] if found else plain)
    return day_of(datetime.combine(day, _time(*found.groups(default="0")))) if found else day


def day_of(instant: datetime) -> date:
    """The day that an instant without a zone stands for: its own at midnight, the next one just before it.

    Raises:
        InvalidDate: a time of day that is not near midnight, or a year before 1900 or after 2100.
    """
    if not _FIRST_YEAR <= instant.year <= _LAST_YEAR:
        raise InvalidDate(DateFault.YEAR)
    day = (instant + NEAR_MIDNIGHT).date()
    if abs(instant - datetime.combine(day, time.min, instant.tzinfo)) > NEAR_MIDNIGHT:
        raise InvalidDate(DateFault.TIME)
    return day


def existing_day(year: int, month: int, day: int) -> date:
    """The day of these numbers.

    Raises:
        InvalidDate: it is on no calendar, or its year is before 1900 or after 2100.
    """
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise InvalidDate(DateFault.YEAR)
    try:
        return date(year, month, day)
    except ValueError:
        raise InvalidDate(DateFault.IMPOSSIBLE) from None


def read_month(word: str) -> int | None:
    """The number of the month that a word means, written out or by three letters or more of its beginning."""
    plain = word.casefold()
    return _MONTH_OF.get(plain) if len(plain) >= _SHORTEST_MONTH else None


def _beginnings() -> dict[str, int]:
    return {
        name[:length]: number
        for number, names in enumerate(MONTHS, start=1)
        for name in names.split()
        for length in range(_SHORTEST_MONTH, len(name) + 1)
    }


_MONTH_OF: Final = _beginnings()


def _read(text: str) -> date:
    if match := _YEAR_FIRST.fullmatch(text):
        return existing_day(int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = int(match[1]), int(match[2]), int(match[3])
        if month > 12 >= day:
            raise InvalidDate(DateFault.ORDER)
        return existing_day(year, month, day)
    if (match := _IN_WORDS.fullmatch(text)) and (named := read_month(match[2])):
        return existing_day(int(match[3]), named, int(match[1]))
    raise InvalidDate(DateFault.YEAR if _SHORT_YEAR.fullmatch(text) else DateFault.FORMAT)


def _time(hours: str, minutes: str, seconds: str) -> time:
    try:
        return time(int(hours), int(minutes), int(seconds))
    except ValueError:
        raise InvalidDate(DateFault.TIME) from None


def _typed(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return read_day(value)
    except InvalidDate as refused:
        raise ValueError(f"{refused.code.value}|{_TEXTS[refused.code]}") from None


_TEXTS: Final = {
    DateFault.FORMAT: "Tanggal ini tidak terbaca. Tulis hari-bulan-tahun, misalnya 31-12-2021.",
    DateFault.IMPOSSIBLE: "Tanggal ini tidak ada pada kalender. Periksa hari dan bulannya.",
    DateFault.ORDER: "Tanggal ini ditulis bulan dahulu. Tulis hari-bulan-tahun, misalnya 31-12-2021.",
    DateFault.YEAR: "Tahun harus empat angka, antara 1900 dan 2100.",
    DateFault.TIME: "Tulis tanggalnya saja, tanpa jam, misalnya 31-12-2021.",
}

DayField = Annotated[date, BeforeValidator(_typed)]
"""A day in a body, written as people write days; ISO 8601 as well."""
