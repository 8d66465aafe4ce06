"""How the cells of each column are read, by the table of columns: for one row (person_row.py) and for a thousand."""

from collections.abc import Callable
from typing import Annotated, Final

from pydantic import StringConstraints, TypeAdapter, ValidationError

from services.registration.imports.cells import Cell, Remembered, fault, read_choice, read_date, read_money
from services.registration.imports.columns import COLUMNS, Column, Kind

# Words with single spaces and composed letters, and nothing in front that a spreadsheet would run as a formula.
# Whatever passes here is what cleaning would leave alone.
_WORDS: Final = r"^[\p{L}\p{N}'\"(\[#&/][^\s\p{C}\p{M}]*(?: [^\s\p{C}\p{M}]+)*$"
_PATTERNS: Final = {Kind.NIK: r"^[0-9]{16}$", Kind.CODE: r"^[0-9](?:[-./ ]?[0-9])*$", Kind.TEXT: _WORDS}

# One memory for all columns of dates, and one for each list: the smaller it is, the nearer it lies.
_DATES: Final = Remembered(read_date)
_MONEY: Final = Remembered(read_money)
_CHOICES: Final = {each.name: Remembered(read_choice(each)) for column in COLUMNS if (each := column.choices)}


def _text(column: Column) -> StringConstraints:
    longest = column.longest or None
    return StringConstraints(strip_whitespace=True, max_length=longest, pattern=_PATTERNS[column.kind])


def _read_text(text: StringConstraints) -> Callable[[Cell], str]:
    validate: Callable[[Cell], str] = TypeAdapter(Annotated[str, text]).validate_python

    def read(cell: Cell) -> str:
        try:
            return validate(cell)
        except ValidationError as refused:
            raise fault(refused.errors(include_url=False)[0]["type"]) from None

    return read


def _memory(column: Column) -> Remembered[str] | Remembered[int]:
    if column.choices is not None:
        return _CHOICES[column.choices.name]
    if column.kind in _PATTERNS:
        return Remembered(_read_text(_text(column)))
    return _DATES if column.kind is Kind.DATE else _MONEY


TEXTS: Final = {column.key: _text(column) for column in COLUMNS if column.kind in _PATTERNS and not column.repeats}
"""Columns of texts that are each somebody's own: what they must be."""

MEMORIES: Final = {column.key: _memory(column) for column in COLUMNS if column.key not in TEXTS}
"""All others repeat from row to row: what is read once is then looked up."""
