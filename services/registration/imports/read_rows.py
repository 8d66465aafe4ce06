"""From lines of cells to batches of raw rows: headings first, blank rows dropped, the number of rows limited."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice, zip_longest
from typing import Final

from services.kernel.values.numbers import number_text
from services.registration.imports.csv_quotes import Folded
from services.registration.imports.header import MAX_COLUMNS, SEARCHED_LINES, find_header
from services.registration.imports.refused_file import FileCode, OpenQuote, RefusedFile
from services.registration.rows.cells import BLANK, Cell
from services.registration.rows.clean_row import is_blank
from services.registration.rows.columns import EXTRA_CELLS

MAX_ROWS: Final = 150_000
ROWS_AT_ONCE: Final = 240
"""A batch this small stays in the processor's cache, and allocates too little to call for the garbage collector."""


@dataclass(frozen=True, slots=True)
class Headings:
    """What each column of a sheet holds: a key, or None to ignore it.

    With `report_extra`, a cell beyond the last heading is kept under `EXTRA_CELLS`, so that its row is refused.
    """

    keys: Sequence[str | None]
    report_extra: bool

    def has_more(self, line: Sequence[Cell]) -> bool:
        """Whether a line goes on beyond the last heading."""
        more = line[len(self.keys) :]
        return more.count(BLANK) < len(more) and not all(map(is_blank, more))

    def whole(self, line: Sequence[Cell]) -> Sequence[Cell]:
        """Return a line up to the last heading, and one cell more if it goes on, unless it is several rows in one.

        Raises:
            OpenQuote: a quoted cell of it goes on over several lines, and it has more cells than there are headings.
        """
        here, more = line[: len(self.keys)], line[len(self.keys) :]
        if not more or not self.report_extra or not self.has_more(line):
            return here
        if isinstance(line, Folded):
            raise OpenQuote(line.line)
        return [*here, next(cell for cell in more if not is_blank(cell))]

    def raw_row(self, line: Sequence[Cell]) -> dict[str, Cell]:
        """Return the cells of a line that are not empty by their columns' keys."""
        row = {key: cell for key, cell in zip(self.keys, line) if cell != BLANK and key}  # noqa: B905 - lines differ in length
        if self.report_extra and self.has_more(line):
            row[EXTRA_CELLS] = "…"
        return row


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of a sheet in their order, each of which says something. Row 1 is the sheet's first line."""

    headings: Headings
    numbers: Sequence[int]
    lines: Sequence[Sequence[Cell]]

    def raw_row(self, place: int) -> dict[str, Cell]:
        """Return one row by its place in the batch, as `check_row` takes it."""
        return self.headings.raw_row(self.lines[place])

    def columns(self) -> Iterator[tuple[str, list[Cell]]]:
        """Yield each column that counts, with a cell for every row; lines may differ in length."""
        for key, *cells in zip_longest(self.headings.keys, *self.lines, fillvalue=BLANK):
            if key:
                yield str(key), cells
            elif key == BLANK and self.headings.report_extra:
                yield EXTRA_CELLS, cells


def read_rows(lines: Iterable[Sequence[Cell]], *, report_extra: bool, at_once: int = ROWS_AT_ONCE) -> Iterator[Batch]:
    """Yield the rows that say something, `at_once` at a time.

    Args:
        lines: the sheet, line by line, the first 15 of which hold the headings.
        report_extra: report a cell beyond the last heading: in a CSV file it means that all cells behind
            an unquoted separator have moved.
        at_once: rows in a batch; the last one has fewer.

    Raises:
        RefusedFile: wrong headings, no rows, or too many.
    """
    stream = iter(lines)
    first = list(islice(stream, SEARCHED_LINES))
    header, keys = find_header(first if report_extra else [line[:MAX_COLUMNS] for line in first])
    while not report_extra and keys[-1] is None:  # a sheet is as wide as its widest line
        keys.pop()
    headings = Headings(keys, report_extra)
    below: Iterator[Sequence[Cell]] = chain(first[header + 1 :], stream)
    is_wide = report_extra or len(first[header]) > len(keys)
    rows = _numbered(map(headings.whole, below) if is_wide else below, header + 2, headings)
    count = 0
    while part := list(islice(rows, at_once)):
        count += len(part)
        if count > MAX_ROWS:
            raise RefusedFile(FileCode.TOO_MANY_ROWS, limit=number_text(MAX_ROWS))
        numbers, cells = zip(*part, strict=True)
        yield Batch(headings, numbers, cells)
    if count == 0:
        raise RefusedFile(FileCode.NO_ROWS)


def _numbered(lines: Iterable[Sequence[Cell]], start: int, headings: Headings) -> Iterator[tuple[int, Sequence[Cell]]]:
    nik = headings.keys.index("nik")
    for number, line in enumerate(lines, start):
        cell = line[nik] if nik < len(line) else BLANK
        is_plain = isinstance(cell, str) and cell[:1].isalnum()  # nearly every row
        if is_plain or (line.count(BLANK) < len(line) and not all(map(is_blank, headings.raw_row(line).values()))):
            yield number, line
