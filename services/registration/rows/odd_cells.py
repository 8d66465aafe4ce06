"""Cells as a file has them that are read, and of which the office should know how."""

from collections.abc import Iterator
from typing import Final

from services.kernel.values.nothing import is_error
from services.registration.rows.cells import RawRow
from services.registration.rows.columns import BY_KEY, Kind
from services.registration.rows.row_problems import RowCode, RowProblem, row_problem

_WITH_ZEROS: Final = frozenset({Kind.CODE, Kind.NUMBER})
"""Kinds whose values may begin with zeros. A number has none: its format has shown them (`00000000`), or nobody."""


def find_odd_cells(raw: RawRow) -> Iterator[RowProblem]:
    """Warn of errors of formulas, which are blanks, and of numbers where zeros in front may be lost."""
    for key, cell in raw.items():
        column = BY_KEY.get(key)
        if column is None:
            continue
        if isinstance(cell, str) and is_error(cell.strip()):
            yield row_problem(key, RowCode.ERROR_VALUE)
        elif column.kind in _WITH_ZEROS and isinstance(cell, int | float) and cell != 0:
            yield row_problem(key, RowCode.ZEROS_LOST)
