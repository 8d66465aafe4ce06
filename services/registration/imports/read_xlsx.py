"""Lines of cells from an XLSX workbook, guarded against archives that unpack to far more than they say."""

from collections.abc import Iterator, Sequence
from typing import BinaryIO, Final
from zipfile import BadZipFile, ZipFile

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetVisibleEnum,
    WorksheetNotFound,
    XmlError,
    ZipError,
)

from services.registration.imports.cells import Cell
from services.registration.imports.refused_file import FileCode, RefusedFile

DATA_SHEET: Final = "Data"
MAX_UNPACKED: Final = 600_000_000
MAX_RATIO: Final = 100
_SMALL: Final = 5_000_000
"""An entry this small may be packed as tightly as it likes: an empty sheet packs well."""


def read_xlsx(file: BinaryIO) -> Iterator[Sequence[Cell]]:
    """Yield the lines of the sheet "Data", or of the first visible sheet where there is none.

    A formula gives the value it had when the file was saved; an error value is a blank cell.

    Raises:
        RefusedFile: not a workbook, locked by a password, damaged, or unpacking to too much.
    """
    _refuse_bomb(file)
    file.seek(0)
    try:
        sheet = _pick_sheet(CalamineWorkbook.from_filelike(file))
        yield from sheet.iter_rows()
    except PasswordError:
        raise RefusedFile(FileCode.ENCRYPTED) from None
    except (CalamineError, XmlError, ZipError, WorksheetNotFound, ValueError):
        raise RefusedFile(FileCode.DAMAGED) from None


def _pick_sheet(workbook: CalamineWorkbook) -> CalamineSheet:
    visible = [sheet.name for sheet in workbook.sheets_metadata if sheet.visible is SheetVisibleEnum.Visible]
    named = [name for name in visible if name.strip().casefold() == DATA_SHEET.casefold()]
    for name in named or visible:
        return workbook.get_sheet_by_name(name)
    raise RefusedFile(FileCode.EMPTY)


def _refuse_bomb(file: BinaryIO) -> None:
    """Trust the sizes the archive declares: the reader stops at an entry that is larger than declared."""
    try:
        with ZipFile(file) as archive:
            entries = archive.infolist()
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        raise RefusedFile(FileCode.DAMAGED) from None
    names = {entry.filename for entry in entries}
    if "xl/workbook.xml" not in names:
        raise RefusedFile(FileCode.TYPE)
    large = (entry for entry in entries if entry.file_size > _SMALL)
    tight = any(entry.file_size > MAX_RATIO * max(entry.compress_size, 1) for entry in large)
    if tight or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise RefusedFile(FileCode.BOMB)
