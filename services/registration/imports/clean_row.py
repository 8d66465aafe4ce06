"""Put right what an office means but spells oddly: spaces, dashes for "none", numbers in text columns."""

import re
import unicodedata
from collections.abc import Collection
from datetime import date, time, timedelta
from typing import Any, Final

from services.kernel.texts import drop_invisible
from services.registration.imports.cells import Cell, RawRow
from services.registration.imports.columns import BY_KEY, Kind

_SPACES: Final = re.compile(r"\s+")
_NOTHING: Final = re.compile("[-\u2013\u2014.,;:_\\s]*")
_NIK_SEPARATORS: Final = re.compile(r"[\s.\-']")
_FORMULA_SIGNS: Final = frozenset("=+-@")
_LONGEST_EXACT: Final = 10**15
"""Spreadsheets keep 15 digits of a number; the rest of a longer one is lost."""


class NoCell:
    """Stands for a value that no cell can hold, such as a list in a JSON body; every column refuses it."""


NO_CELL: Final = NoCell()


def clean_row(raw: RawRow, columns: Collection[str]) -> dict[str, Any]:
    """Return the row with the cells of some columns cleaned, and without those that are blank then."""
    cells = {key: _clean(key, cell) if key in columns else cell for key, cell in raw.items()}
    return {key: cell for key, cell in cells.items() if cell is not None}


def starts_formula(text: str) -> bool:
    """Whether a spreadsheet would take a text for a formula: = + - or @ in front, or a wider or smaller form of it."""
    first = drop_invisible(text).lstrip()[:1]
    return unicodedata.normalize("NFKC", first) in _FORMULA_SIGNS


def is_blank(cell: Cell) -> bool:
    """Whether a cell says nothing: empty, spaces, or or the dash that offices write for "none"."""
    return cell is None or (isinstance(cell, str) and _NOTHING.fullmatch(_plain(cell)) is not None)


def _clean(key: str, cell: Any) -> Any:  # noqa: ANN401 - whatever a body or a file holds
    if is_blank(cell):
        return None
    if isinstance(cell, str):
        text = _plain(cell)
        return _NIK_SEPARATORS.sub("", text) if key == "nik" and _holds_digits(text) else text
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _number(key, cell)
    return cell if isinstance(cell, bool | date | time | timedelta) else NO_CELL


def _plain(text: str) -> str:
    composed = unicodedata.normalize("NFC", drop_invisible(text))
    return _SPACES.sub(" ", composed).strip().lstrip(".,;: ")


def _holds_digits(text: str) -> bool:
    return not text.startswith("-") and _NIK_SEPARATORS.sub("", text).isdecimal()


def _number(key: str, number: float) -> float | str:
    """A whole number in a text column is meant as its digits, as long as it still has them all."""
    column = BY_KEY.get(key)
    is_text = column is not None and column.kind in {Kind.TEXT, Kind.CODE}
    return str(int(number)) if is_text and number % 1 == 0 and abs(number) < _LONGEST_EXACT else number
