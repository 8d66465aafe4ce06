"""Lines of cells from an XLSX workbook: of the sheet whose headings fit, wherever it stands."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, repeat
from operator import itemgetter
from typing import Any, BinaryIO, Final

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
    WorksheetNotFound,
    XmlError,
    ZipError,
)

from services.registration.imports.header import SEARCHED_LINES, count_headings
from services.registration.imports.read_rows import read_rows
from services.registration.imports.refused_file import FileCode, RefusedFile
from services.registration.imports.repack import repack
from services.registration.model.published_text import may_tell
from services.registration.rows.cells import Cell

DATA_SHEET: Final = "Data"


def read_xlsx(file: BinaryIO, *, careful: bool = False) -> Iterator[Sequence[Cell]]:
    """Yield the lines of the sheet that holds people. A formula gives the value it had when the file was saved.

    It is the one whose headings fit and that has rows; of several the one called "Data". Hidden sheets count only where
    no other fits. An error value is a blank cell, a formula without a stored value is `NO_VALUE`.

    Args:
        file: seekable.
        careful: read a sheet whose cells lie so far apart that a table over all of them would not fit into memory.

    Raises:
        RefusedFile: not a workbook, locked by a password, damaged, unpacking to too much, or several sheets fit.
    """
    try:
        book = _Book(file, careful=careful)
        yield from book.lines(_pick(book))
    except PasswordError:
        raise RefusedFile(FileCode.ENCRYPTED) from None
    except (CalamineError, XmlError, ZipError, WorksheetNotFound, ValueError):
        raise RefusedFile(FileCode.DAMAGED) from None


class _Book:
    """A workbook of which one sheet at a time is held."""

    def __init__(self, file: BinaryIO, *, careful: bool) -> None:
        packed, self._tidied = repack(file, careful=careful)
        self._workbook = CalamineWorkbook.from_filelike(packed)
        self._held: dict[str, CalamineSheet] = {}

    def sheets(self, *, visible: bool) -> list[str]:
        """The names of the sheets of cells, one called "Data" first."""
        found = [about.name for about in self._workbook.sheets_metadata if _is_wanted(about, visible=visible)]
        return sorted(found, key=lambda name: not _is_data(name))

    def lines(self, name: str) -> Iterator[Sequence[Cell]]:
        """The lines of a sheet from its first row on."""
        if name not in self._held:
            self._held.clear()
            self._held[name] = self._workbook.get_sheet_by_name(name)
        sheet = self._held[name]
        return _numbered(sheet) if self._tidied else sheet.iter_rows()


def _numbered(sheet: CalamineSheet) -> Iterator[Sequence[Cell]]:
    """The lines of a tidied sheet: before each as many blank ones as its number says."""
    lines: Iterable[list[Any]] = sheet.iter_rows()
    numbers = [line[0] for line in sheet.iter_rows()]
    if numbers != sorted(numbers):
        lines = sorted(lines, key=itemgetter(0))
    last = 0
    for number, *cells in lines:
        yield from repeat((), int(number) - last - 1)
        yield cells
        last = int(number)


def _is_wanted(about: SheetMetadata, *, visible: bool) -> bool:
    return about.typ is SheetTypeEnum.WorkSheet and (about.visible is SheetVisibleEnum.Visible) is visible


def _is_data(name: str) -> bool:
    return name.strip().casefold() == DATA_SHEET.casefold()


def _pick(book: _Book) -> str:
    shown = book.sheets(visible=True)
    if shown and (_is_data(shown[0]) or len(shown) == 1) and _fault(book, shown[0]) is None:
        return shown[0]
    faults = {name: _fault(book, name) for name in shown}
    filled = [name for name in shown if faults[name] is None]
    if len(filled) > 1 and not _is_data(filled[0]):
        raise RefusedFile(FileCode.SHEETS, sheets=", ".join(map(_told, filled)))
    fitting = filled + [name for name in shown if faults[name] is FileCode.NO_ROWS]
    if not fitting:
        hidden = [name for name in book.sheets(visible=False) if _fault(book, name) is None]
        fitting = hidden if len(hidden) == 1 else sorted(shown, key=lambda name: -_headings(book, name))
    if not fitting:
        raise RefusedFile(FileCode.EMPTY)
    return fitting[0]


def _fault(book: _Book, name: str) -> FileCode | None:
    """Why a sheet does not hold people; None when it does."""
    try:
        next(read_rows(book.lines(name), report_extra=False, at_once=1))
    except RefusedFile as refused:
        return refused.code
    except (CalamineError, ValueError):
        return FileCode.DAMAGED
    return None


def _headings(book: _Book, name: str) -> int:
    try:
        return count_headings(list(islice(book.lines(name), SEARCHED_LINES)))
    except (CalamineError, ValueError):
        return 0


def _told(name: str) -> str:
    return "(lembar yang namanya memuat angka)" if may_tell(name) else f'"{name}"'
