"""Write a worksheet anew without what the reader of cells cannot hold or does not tell (ECMA-376-1, 18.3.1).

That reader lays a table over all cells there are: one stray cell at the end of the sheet makes it the whole sheet. And
a formula whose value is not stored is a blank cell to it.
"""

import io
import re
from collections.abc import Mapping
from typing import Final
from xml.parsers.expat import ExpatError, ParserCreate

from services.registration.imports.header import MAX_COLUMNS
from services.registration.imports.refused_file import FileCode, RefusedFile
from services.registration.rows.cells import NO_VALUE

MAX_ROWS: Final = 1_048_576

_REFERENCE: Final = re.compile(r"([A-Za-z]{1,3})([1-9]\d{0,9})")
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_HEAD: Final = f'<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="{_MAIN}"><sheetData>'.encode()
_TAIL: Final = b"</sheetData></worksheet>"
_NO_VALUE: Final = NO_VALUE.encode()


def tidy_sheet(sheet: bytes) -> bytes:
    """Return the sheet with the number of each row in its first column, and all cells moved one to the right.

    Only rows that hold something are kept, one below the other, and of them the first 256 columns: further right stand
    no headings. A formula without a stored value becomes the text `NO_VALUE`.

    Raises:
        RefusedFile: it is no sound XML, declares entities, or has a cell that is nowhere.
    """
    tidy = _Tidy(sheet)
    try:
        tidy.parse()
    except (ExpatError, ValueError):
        raise RefusedFile(FileCode.DAMAGED) from None
    return tidy.written()


class _Tidy:
    """Takes elements as they come. A row or cell without a reference follows the one before, as it does to readers."""

    def __init__(self, sheet: bytes) -> None:
        self._sheet = sheet
        self._parser = ParserCreate("UTF-8")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.EntityDeclHandler = _refuse
        self._out = io.BytesIO()
        self._kept: dict[int, int] = {}
        self._row, self._column = 1, 0
        self._cell: Mapping[str, str] | None = None
        self._inside = 0
        self._begun = 0
        self._parts: dict[str, bytes] = {}

    def parse(self) -> None:
        """Read the whole sheet."""
        self._out.write(_HEAD)
        self._parser.Parse(self._sheet, True)
        self._out.write(_TAIL)

    def written(self) -> bytes:
        """What has been kept."""
        return self._out.getvalue()

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._cell is not None:
            self._inside += 1
            if self._inside == 1:
                self._begun = self._parser.CurrentByteIndex
            return
        local = name.rpartition(":")[2]
        if local == "c":
            self._cell, self._parts = attributes, {}
            if "r" in attributes:
                self._row, self._column = _place(attributes["r"])
        elif local == "row" and "r" in attributes:
            self._row = int(attributes["r"])

    def _end(self, name: str) -> None:
        if self._inside:
            self._inside -= 1
            if self._inside == 0:
                _, _, content = self._sheet[self._begun : self._parser.CurrentByteIndex].partition(b">")
                self._parts[name.rpartition(":")[2]] = content
        elif self._cell is not None:
            self._keep(self._cell)
            self._cell = None
            self._column += 1
        elif name.rpartition(":")[2] == "row":
            self._row, self._column = self._row + 1, 0

    def _keep(self, cell: Mapping[str, str]) -> None:
        content = _content(cell.get("t", "n"), self._parts)
        if not content or self._column >= MAX_COLUMNS or self._row > MAX_ROWS:
            return
        if (row := self._kept.get(self._row)) is None:
            row = self._kept[self._row] = len(self._kept) + 1
            self._out.write(f'<c r="A{row}"><v>{self._row}</v></c>'.encode())
        style = f' s="{style}"' if (style := cell.get("s", "")).isdecimal() else ""
        self._out.write(f'<c r="{_LETTERS[self._column + 1]}{row}"{style}'.encode() + content + b"</c>")


def _refuse(*_: object) -> None:
    raise RefusedFile(FileCode.DAMAGED)


def _content(kind: str, parts: Mapping[str, bytes]) -> bytes:
    """What a cell holds, with its type in front; nothing if it is blank. An empty text may be a formula's value."""
    if parts.get("is"):
        return b' t="inlineStr"><is>' + parts["is"] + b"</is>"
    if parts.get("v", b"").strip():
        return b' t="' + _KINDS.get(kind, b"n") + b'"><v>' + parts["v"] + b"</v>"
    is_stored = kind == "str" and "v" in parts
    return b' t="str"><v>' + _NO_VALUE + b"</v>" if "f" in parts and not is_stored else b""


_KINDS: Final = {kind: kind.encode() for kind in ("s", "str", "b", "e", "d", "n")}


def _letters(column: int) -> str:
    """The name of a column: 0 is A, 26 is AA."""
    above, letter = divmod(column, 26)
    return (_letters(above - 1) if above else "") + chr(ord("A") + letter)


_LETTERS: Final = [_letters(column) for column in range(MAX_COLUMNS + 1)]


def _place(reference: str) -> tuple[int, int]:
    """Row, from 1, and column, from 0, of a reference.

    Raises:
        ValueError: it is none.
    """
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise ValueError(reference)
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column - 1
