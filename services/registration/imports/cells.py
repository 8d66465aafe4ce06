"""One cell as a spreadsheet or a form gives it, and how each kind of column reads it.

A reader returns the stored value (JSON: text, or a whole number of rupiah) or raises `PydanticCustomError`
whose type is a `RowCode`.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Final, Generic, TypeAlias, TypeVar

from pydantic_core import PydanticCustomError

from services.kernel.reference.choices import Choices
from services.registration.imports.row_problems import RowCode

Cell: TypeAlias = str | int | float | bool | date | datetime | time | timedelta | None
RawRow: TypeAlias = Mapping[str, object]
"""A row before reading: a file holds cells, a form whatever its sender put there."""

BLANK: Final = ""
"""An empty cell, as every file gives it."""

Value = TypeVar("Value")

HIGHEST_HONOR: Final = 1_000_000_000

_YEAR_FIRST: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]00:00(?::00)?)?")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})(?: 00:00(?::00)?)?")
_SHORT_YEAR: Final = re.compile(r"\d{1,2}[-/. ](?:\d{1,2}|[A-Za-z]+)[-/. ]\d{2}")
_IN_WORDS: Final = re.compile(r"(\d{1,2})[-/. ]*([A-Za-z]+)[-/., ]*(\d{4})")
_MONEY: Final = re.compile(r"(?:rp\.? ?)?(\d{1,3}(?:[.,]\d{3})+|\d+)(?:[.,](?:00|-))?", re.IGNORECASE)

# Months by the beginnings that offices write, Indonesian and English.
_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan",
            "feb peb",
            "mar",
            "apr",
            "mei may",
            "jun",
            "jul",
            "agu ags agt aug",
            "sep",
            "okt oct",
            "nov nop",
            "des dec",
        ),
        start=1,
    )
    for name in names.split()
}


class Remembered(dict[Cell, Value], Generic[Value]):
    """A reader that keeps what it has read: 100,000 rows repeat their dates, offices and levels.

    Looking a cell up is one call in C, which is what makes reading a file fast. Neither truth values nor
    0 and 1 are kept, because True, 1 and 1.0 would be one key, and never more than `limit` cells are.
    """

    def __init__(self, read: Callable[[Cell], Value], limit: int = 20_000) -> None:
        super().__init__()
        self._read = read
        self._limit = limit

    def __missing__(self, cell: Cell) -> Value:
        value = self._read(cell)
        if type(cell) in {str, date, datetime} or (type(cell) in {int, float} and cell not in {0, 1}):
            if len(self) >= self._limit:
                self.clear()
            self[cell] = value
        return value


def fault(code: RowCode | str) -> PydanticCustomError:
    """Make the error a reader raises: the code is its type, the text is made where it is shown."""
    return PydanticCustomError(str(code), "see RowCode")


def read_date(cell: Cell) -> str:
    """Read a date cell, `2021-12-31`, `31-12-2021`, `31/12/2021` or `31 Desember 2021`; return ISO 8601."""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return _existing(cell.year, cell.month, cell.day)
    if not isinstance(cell, str):
        raise fault(RowCode.DATE_NUMBER)
    return _read_date_text(cell.strip())


def _read_date_text(text: str) -> str:
    if match := _YEAR_FIRST.fullmatch(text):
        return _existing(int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = int(match[1]), int(match[2]), int(match[3])
        if month > 12 >= day:
            raise fault(RowCode.DATE_ORDER)
        return _existing(year, month, day)
    if (match := _IN_WORDS.fullmatch(text)) and (month := _MONTHS.get(match[2][:3].casefold(), 0)):
        return _existing(int(match[3]), month, int(match[1]))
    raise fault(RowCode.DATE_YEAR if _SHORT_YEAR.fullmatch(text) else RowCode.DATE_FORMAT)


def _existing(year: int, month: int, day: int) -> str:
    if not 1900 <= year <= 2100:
        raise fault(RowCode.DATE_YEAR)
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        raise fault(RowCode.DATE_IMPOSSIBLE) from None


def read_choice(choices: Choices) -> Callable[[Cell], str]:
    """Make the reader of a closed list: any spelling the list knows becomes its code."""

    def read(cell: Cell) -> str:
        if isinstance(cell, float) and cell.is_integer():
            cell = int(cell)
        code = choices.find(str(cell)) if isinstance(cell, str | int) else None
        if code is None:
            raise fault(RowCode.NOT_IN_LIST)
        return code

    return read


def read_money(cell: Cell) -> int:
    """Read rupiah: a number, `1500000`, `1.500.000` or `Rp 1.500.000,00`; sen are not kept."""
    if isinstance(cell, str):
        match = _MONEY.fullmatch(cell.strip())
        if match is None:
            raise fault(RowCode.MONEY)
        cell = int(re.sub(r"\D", "", match[1]))
    if isinstance(cell, bool) or not isinstance(cell, int | float) or cell != cell:  # noqa: PLR0124 - not a number
        raise fault(RowCode.MONEY)
    if not 0 <= cell <= HIGHEST_HONOR:
        raise fault(RowCode.MONEY_RANGE)
    return int(cell)
