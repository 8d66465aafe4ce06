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
from services.kernel.values.dates import InvalidDate, day_of, existing_day, read_day
from services.kernel.values.identity import InvalidIdentifier, read_phone
from services.kernel.values.identity_fields import read_email
from services.registration.rows.row_problems import RowCode

Cell: TypeAlias = str | int | float | bool | date | datetime | time | timedelta | None
RawRow: TypeAlias = Mapping[str, object]
"""A row before reading: a file holds cells, a form whatever its sender put there."""

BLANK: Final = ""
"""An empty cell, as every file gives it."""

NO_VALUE: Final = "\ufdd0"
"""A formula whose value is not stored. A noncharacter (Unicode, section 23.7), so that no text is mistaken for it."""

Value = TypeVar("Value")

HIGHEST_HONOR: Final = 1_000_000_000

_MONEY: Final = re.compile(r"(?:rp\.? ?)?(\d{1,3}(?:[.,]\d{3})+|\d+)(?:[.,](?:00?|-))?", re.IGNORECASE)


class Cache(dict[Cell, Value], Generic[Value]):
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


def fault(code: str) -> PydanticCustomError:
    """Make the error a reader raises: the code is its type, the text is made where it is shown."""
    return PydanticCustomError(str(code), "see RowCode")


def read_date(cell: Cell) -> str:
    """Read a date cell or a day in text (kernel/values/dates.py); return ISO 8601."""
    try:
        if isinstance(cell, datetime):
            cell = day_of(cell)
        if isinstance(cell, date):
            return existing_day(cell.year, cell.month, cell.day).isoformat()
        if isinstance(cell, str):
            return read_day(cell).isoformat()
    except InvalidDate as refused:
        raise fault(refused.code) from None
    raise fault(RowCode.DATE_NUMBER)


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


def read_contact_phone(cell: Cell) -> str:
    """Read a mobile number; return E.164. A spreadsheet that keeps it as a number has lost its first 0."""
    try:
        return read_phone(f"0{cell}" if str(cell).startswith("8") else str(cell))
    except InvalidIdentifier:
        raise fault(RowCode.PHONE) from None


def read_contact_email(cell: Cell) -> str:
    """Read an e-mail address."""
    try:
        return read_email(str(cell))
    except ValueError:
        raise fault(RowCode.EMAIL) from None


def read_money(cell: Cell) -> int:
    """Read rupiah: a number, `1500000`, `1500000.0`, `1.500.000` or `Rp 1.500.000,00`; sen are not kept."""
    if isinstance(cell, str):
        match = _MONEY.fullmatch(cell.strip())
        if match is None:
            raise fault(RowCode.MONEY)
        digits = re.sub(r"\D", "", match[1]).lstrip("0")
        if len(digits) > len(str(HIGHEST_HONOR)):  # Python reads no number of thousands of digits
            raise fault(RowCode.MONEY_RANGE)
        cell = int(digits or "0")
    if isinstance(cell, bool) or not isinstance(cell, int | float) or cell != cell:  # noqa: PLR0124 - not a number
        raise fault(RowCode.MONEY)
    if not 0 <= cell <= HIGHEST_HONOR:
        raise fault(RowCode.MONEY_RANGE)
    return int(cell)
