"""From lines of cells to numbered raw rows: headings first, blank rows dropped, the number of rows limited."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Final, TypeAlias

from services.registration.eligibility.texts import number_text
from services.registration.imports.cells import Cell, RawRow
from services.registration.imports.clean_row import is_blank
from services.registration.imports.columns import EXTRA_CELLS
from services.registration.imports.header import SEARCHED_LINES, find_header
from services.registration.imports.refused_file import FileCode, RefusedFile

MAX_ROWS: Final = 150_000

NumberedRow: TypeAlias = tuple[int, RawRow]


def read_rows(lines: Iterable[Sequence[Cell]], *, report_extra: bool) -> Iterator[NumberedRow]:
    """Yield `(row number, {key: cell})` for every row that says something; row 1 is the sheet's first line.

    Args:
        lines: the sheet, line by line, the first 15 of which hold the headings.
        report_extra: keep a cell beyond the last heading under `EXTRA_CELLS`, so that the row is refused:
            in a CSV file it means that all cells behind an unquoted separator have moved.

    Raises:
        RefusedFile: wrong headings, no rows, or too many.
    """
    stream = iter(lines)
    first = list(islice(stream, SEARCHED_LINES))
    header, keys = find_header(first)
    rows = _numbered(chain(first[header + 1 :], stream), header + 2, keys, report_extra=report_extra)
    count = 0
    for count, row in enumerate(rows, start=1):
        if count > MAX_ROWS:
            raise RefusedFile(FileCode.TOO_MANY_ROWS, limit=number_text(MAX_ROWS))
        yield row
    if count == 0:
        raise RefusedFile(FileCode.NO_ROWS)


def _numbered(
    lines: Iterable[Sequence[Cell]], start: int, keys: Sequence[str | None], *, report_extra: bool
) -> Iterator[NumberedRow]:
    width = len(keys)
    for number, line in enumerate(lines, start):
        row = {key: cell for key, cell in zip(keys, line) if cell != "" and key}  # noqa: B905 - lines differ in length
        if report_extra and len(line) > width and not all(map(is_blank, line[width:])):
            row[EXTRA_CELLS] = "…"
        if _says_something(row):
            yield number, row


def _says_something(row: dict[str, Cell]) -> bool:
    nik = row.get("nik")
    if isinstance(nik, str) and nik[:1].isalnum():  # nearly every row
        return True
    return not all(map(is_blank, row.values()))
