"""Lines of cells from a CSV file as offices save it: UTF-8, UTF-16 or Windows-1252, with comma, semicolon or tab."""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import BinaryIO, Final

from services.registration.imports.csv_quotes import read_folded, require_closed
from services.registration.imports.refused_file import FileCode, RefusedFile
from services.registration.rows.cells import Cell

_DELIMITERS: Final = (";", ",", "\t", "|")
_NOTE: Final = re.compile(r'sep=([^\w\s"]|\t)(?:\r\n?|\n)', re.IGNORECASE)
"""Excel's own note of the delimiter, the first line."""
_SNIFFED_LINES: Final = 15
csv.field_size_limit(2**31 - 1)  # a cell that is far too long is its row's fault, not the file's
_MAX_LINES: Final = 1_000
"""Of one record: nobody writes so many into a cell, and behind an open quote the rest of a file would be kept."""


def read_csv(file: BinaryIO) -> Iterator[Sequence[Cell]]:
    """Yield the lines of a CSV file; every cell is text. A quoted cell may hold line ends.

    A quote is the beginning of a quoted cell, or its end, or doubled within it; within a cell that does not begin
    with one it is text, as in Excel: `SD "Harapan" 1`.

    Raises:
        RefusedFile: bytes that are no text; or, as `OpenQuote`, a quote that is not closed, not closed at the end of
            its cell, or only behind another row.
    """
    text = _decode(file.read())
    note = _NOTE.match(text)
    delimiter = note[1] if note else _sniff(text)
    lines = _Lines(text, skipped=1 if note else 0)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            yield cells if len(lines.taken) < 2 else read_folded(cells, lines.taken, delimiter, lines.first)
            lines.go_on()
    except csv.Error:
        require_closed(lines.taken, delimiter, lines.first)
        raise RefusedFile(FileCode.DAMAGED) from None


class _Lines(Iterator[str]):
    """The lines of a text, which remembers those of the present record.

    Attributes:
        taken: the lines of the present record.
        first: the number of the first of them in the file, from 1.
    """

    def __init__(self, text: str, *, skipped: int) -> None:
        self._lines = io.StringIO(text, newline="")
        self.taken: list[str] = []
        self.first = 1
        for _ in range(skipped):
            next(self)
        self.go_on()

    def __next__(self) -> str:
        if len(self.taken) == _MAX_LINES:
            raise csv.Error("no row is that long")
        line = next(self._lines)
        self.taken.append(line)
        return line

    def go_on(self) -> None:
        """Begin the next record."""
        self.first += len(self.taken)
        self.taken.clear()


def _decode(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded(data, "utf-16") or _unreadable()
    text = _decoded(data, "utf-8-sig")
    if text is None:
        text = _decoded(data, "cp1252")
    if text is None or "\0" in text:
        return _unreadable()
    return text


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _unreadable() -> str:
    raise RefusedFile(FileCode.ENCODING)


def _sniff(text: str) -> str:
    """The delimiter that stands most often in one of the first lines: the headings have many columns."""
    lines = text[:20_000].splitlines()[:_SNIFFED_LINES]
    return max(_DELIMITERS, key=lambda delimiter: max((line.count(delimiter) for line in lines), default=0))
