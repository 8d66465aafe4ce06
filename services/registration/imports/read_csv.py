"""Lines of cells from a CSV file as offices save it: UTF-8, UTF-16 or Windows-1252, with comma, semicolon or tab."""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from typing import BinaryIO, Final

from services.registration.imports.cells import Cell
from services.registration.imports.refused_file import FileCode, RefusedFile

_DELIMITERS: Final = (";", ",", "\t", "|")
_SNIFFED_LINES: Final = 15


def read_csv(file: BinaryIO) -> Iterator[Sequence[Cell]]:
    """Yield the lines of a CSV file; every cell is text. A quoted cell may hold line ends.

    Raises:
        RefusedFile: bytes that are no text, or a quote that never ends.
    """
    text = _decode(file.read())
    if text[:4].casefold() == "sep=":  # Excel's own note of the delimiter
        delimiter, _, text = text[4:5], *text.partition("\n")[1:]
    else:
        delimiter = _sniff(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        yield from reader
    except csv.Error:
        raise RefusedFile(FileCode.DAMAGED) from None


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
