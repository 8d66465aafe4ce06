"""Put right what an office means but spells oddly: spaces, look-alikes, words for "none", numbers in text columns."""

import re
import unicodedata
from collections.abc import Collection
from datetime import date, time, timedelta
from typing import Any, Final

from services.kernel.values.nothing import is_dashes
from services.kernel.values.texts import as_typed, as_written, drop_invisible
from services.registration.rows.cells import Cell, RawRow
from services.registration.rows.columns import BY_KEY, EXTRA_CELLS, Column, Kind
from services.registration.rows.hollow import is_hollow

_SPACES: Final = re.compile(r"\s+")
_NIK_SEPARATORS: Final = re.compile(r"[\s.\-']")
_IN_WORDS: Final = frozenset({Kind.TEXT, Kind.NUMBER})
_NOT_NUMERIC: Final = _IN_WORDS | {Kind.CODE, Kind.DATE, Kind.PHONE}
_FORMULA_SIGNS: Final = frozenset("=+-@")
_MAX_EXACT: Final = 10**15
"""Spreadsheets keep 15 digits of a number; the rest of a longer one is lost."""


class NoCell:
    """Stands for a value that no cell can hold, such as a list in a JSON body; every column refuses it."""


NO_CELL: Final = NoCell()


def clean_row(raw: RawRow, columns: Collection[str]) -> dict[str, Any]:
    """Return the row with the cells of some columns cleaned, and without those that are blank then.

    A cleaned cell is a text, a number, a truth value, a date or time, or `NO_CELL`; it is not read yet.
    """
    cells = {key: _clean(key, cell) if key in columns and key != EXTRA_CELLS else cell for key, cell in raw.items()}
    return {key: cell for key, cell in cells.items() if cell is not None}


def starts_formula(text: str) -> bool:
    """Whether a spreadsheet would take a text for a formula: = + - or @ in front, or a wider or smaller form of it."""
    first = drop_invisible(text).lstrip()[:1]
    return unicodedata.normalize("NFKC", first) in _FORMULA_SIGNS


def is_blank(cell: Cell) -> bool:
    """Whether a cell says nothing wherever it stands: empty, spaces, or the dash that offices write for "none"."""
    return cell is None or (isinstance(cell, str) and is_dashes(cell))


def _clean(key: str, cell: Any) -> Any:  # noqa: ANN401 - whatever a body or a file holds
    column = BY_KEY.get(key)
    if cell is None:
        return None
    if isinstance(cell, str):
        text = _plain(cell, column)
        return None if is_hollow(key, text) else text
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _number(column, cell)
    if column is not None and column.kind is Kind.DATE and cell == time.min:  # a 0 in a cell of dates
        return None
    return cell if isinstance(cell, bool | date | time | timedelta) else NO_CELL


def _plain(text: str, column: Column | None) -> str:
    """The text as it is seen; digits stand alone in columns of digits."""
    kind = column.kind if column is not None else Kind.TEXT
    seen = as_written(text) if kind in _IN_WORDS else as_typed(text)
    plain = _SPACES.sub(" ", seen).strip().lstrip(".,;: ")
    if kind is Kind.CODE:
        return plain.lstrip("'")
    return _NIK_SEPARATORS.sub("", plain) if kind is Kind.NIK and _holds_digits(plain) else plain


def _holds_digits(text: str) -> bool:
    return not text.startswith("-") and _NIK_SEPARATORS.sub("", text).isdecimal()


def _number(column: Column | None, number: float) -> float | str | None:
    """A whole number in a text column is meant as its digits, as long as it still has them all; 0 is none."""
    if column is None or column.kind not in _NOT_NUMERIC or number % 1 != 0 or abs(number) >= _MAX_EXACT:
        return number
    if number == 0 and column.kind is not Kind.TEXT:
        return None
    return number if column.kind is Kind.DATE else str(int(number))
