"""Read an uploaded file by what it holds, not by its name: XLSX or CSV, within the limits of domain.md §6."""

import io
from collections.abc import Iterator
from typing import BinaryIO, Final

from services.registration.imports.read_csv import read_csv
from services.registration.imports.read_rows import ROWS_AT_ONCE, Batch, read_rows
from services.registration.imports.read_xlsx import read_xlsx
from services.registration.imports.refused_file import FileCode, RefusedFile

MEGABYTE: Final = 1_048_576
"""Of the two readings the larger one: nobody whose computer shows "25 MB" is refused."""
MAX_XLSX: Final = 25 * MEGABYTE
MAX_CSV: Final = 50 * MEGABYTE

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE: Final = "EncryptedPackage".encode("utf-16-le")
_NEITHER: Final = (b"%PDF", b"\xff\xd8\xff", b"\x89PNG", b"{\\rtf", b"PK\x05\x06", b"<")


def is_workbook(start: bytes) -> bool:
    """Whether a file that starts like this is an archive, as workbooks are."""
    return start.startswith(_ZIP)


def read_file(file: BinaryIO, at_once: int = ROWS_AT_ONCE, *, careful: bool = False) -> Iterator[Batch]:
    """Yield the rows of a seekable file, `at_once` at a time, blank rows left out.

    A fault may show only at the end (the 150,001st row, a cut archive): send nothing on before the
    iterator is used up. `careful` reads workbooks that are too much for the quick way (`read_xlsx`).

    Raises:
        RefusedFile: what is wrong with the file as a whole, and what to do about it.
    """
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    start = file.read(8)
    file.seek(0)
    if is_workbook(start):
        _refuse_large(size, MAX_XLSX, "Excel")
        return read_rows(read_xlsx(file, careful=careful), report_extra=False, at_once=at_once)
    _refuse_large(size, MAX_CSV, "CSV")
    refuse_other(start, file)
    return read_rows(read_csv(file), report_extra=True, at_once=at_once)


def _refuse_large(size: int, limit: int, kind: str) -> None:
    if size == 0:
        raise RefusedFile(FileCode.EMPTY)
    if size > limit:
        raise RefusedFile(FileCode.TOO_LARGE, kind=kind, size=megabytes_text(size), limit=limit // MEGABYTE)


def megabytes_text(size: int) -> str:
    """Write a number of bytes in megabytes, rounded up to a tenth: `25,1`."""
    return f"{-(-size * 10 // MEGABYTE) / 10:.1f}".replace(".", ",")


def refuse_other(start: bytes, file: BinaryIO) -> None:
    """Refuse what is neither a workbook nor text, by how it begins.

    Raises:
        RefusedFile: with what it is.
    """
    if start.startswith(_OLE):
        locked = _ENCRYPTED_PACKAGE in file.read()
        raise RefusedFile(FileCode.ENCRYPTED if locked else FileCode.OLD_EXCEL)
    if start.lstrip().startswith(_NEITHER):
        raise RefusedFile(FileCode.TYPE)
