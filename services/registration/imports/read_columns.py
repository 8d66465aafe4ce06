"""Read a batch of rows column by column: the values of every cell, and which rows have one that cannot be read.

The readers are those of single rows (readers.py); what is wrong with a cell, only `check_row` says.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Annotated, Any, Final, TypeAlias

from pydantic import GetCoreSchemaHandler, TypeAdapter
from pydantic_core import PydanticCustomError, core_schema

from services.registration.imports.read_rows import Batch
from services.registration.rows.cells import BLANK, Cache, Cell
from services.registration.rows.columns import BY_KEY, COLUMNS, EXTRA_CELLS, REQUIRED, Column
from services.registration.rows.readers import CACHES, PLAIN_TEXTS

Values: TypeAlias = list[Any]
"""A column after reading: JSON values, BLANK where the cell is blank or cannot be read."""


def read_columns(batch: Batch) -> tuple[dict[str, Values], set[int]]:
    """Return the values by column, in the template's order, and the places of rows to be checked one by one.

    Such a row has a cell that cannot be read as it stands, lacks a required one, or has cells beyond the headings.
    """
    columns: dict[str, Values] = {}
    unclear: set[int] = set()
    for key, cells in batch.columns():
        if key == EXTRA_CELLS:
            unclear.update(place for place, cell in enumerate(cells) if cell != BLANK)
            continue
        columns[key], faults = _READERS[key](cells)
        unclear.update(faults)
        if key in REQUIRED and not all(columns[key]):
            unclear.update(place for place, value in enumerate(columns[key]) if value == BLANK)
    return {key: columns[key] for key in BY_KEY if key in columns}, unclear


_Reader: TypeAlias = Callable[[Sequence[Cell]], tuple[Values, Iterable[int]]]
"""Returns a column's values, and the places of cells that are not blank and cannot be read."""


class _ElseBlank:
    """An annotation: what cannot be read is BLANK."""

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        return core_schema.with_default_schema(handler(source), default=BLANK, on_error="default")


def _text_reader(column: Column) -> _Reader:
    """A whole column is one call into pydantic. A text that is not plain is left to `check_row`."""
    validate = TypeAdapter(list[Annotated[str, PLAIN_TEXTS[column.key], _ElseBlank()]]).validate_python

    def read(cells: Sequence[Cell]) -> tuple[Values, Iterable[int]]:
        values = validate(cells)
        if all(values):
            return values, ()
        return values, (place for place, value in enumerate(values) if value != cells[place])

    return read


def _or_blank(memory: Cache[Any]) -> Cache[Any]:
    return Cache(lambda cell: BLANK if cell == BLANK else memory[cell])


# Columns that share a memory for single rows share one here, in which a blank cell is known besides.
_WITH_BLANK: Final = {id(memory): _or_blank(memory) for memory in CACHES.values()}


def _reader(column: Column) -> _Reader:
    if column.key in PLAIN_TEXTS:
        return _text_reader(column)
    return partial(_look_up, _WITH_BLANK[id(CACHES[column.key])])


def _look_up(memory: Cache[Any], cells: Sequence[Cell]) -> tuple[Values, list[int]]:
    """Look a column up in C, and go on behind each cell that raises: `extend` has kept the values before it."""
    values: Values = []
    faults = []
    rest: Iterator[Cell] = iter(cells)
    while len(values) < len(cells):
        try:
            values.extend(map(memory.__getitem__, rest))
        except PydanticCustomError:
            faults.append(len(values))
            values.append(BLANK)
    return values, faults


_READERS: Final = {column.key: _reader(column) for column in COLUMNS}
