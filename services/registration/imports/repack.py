"""Look into a workbook before the reader of cells does, and write it anew where that one would swell or be silent.

It reserves memory for as many shared strings as a part declares, lays a table over all cells of a sheet, and takes a
formula without a stored value for a blank cell.
"""

import io
import re
import zlib
from collections.abc import Iterable, Mapping
from typing import BinaryIO, Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from services.registration.imports.refused_file import FileCode, RefusedFile
from services.registration.imports.tidy_sheet import tidy_sheet

MAX_UNPACKED: Final = 600_000_000
MAX_RATIO: Final = 100
_SMALL: Final = 5_000_000
"""An entry this small may be packed as tightly as it likes: an empty sheet packs well."""

_WORKBOOK: Final = "xl/workbook.xml"
_POINTING: Final = ".rels"
_READ: Final = (".xml", _POINTING)
_UNREAD: Final = ("docprops/", "customxml/", "xl/theme/", "xl/drawings/", "xl/charts/", "xl/externallinks/", "xl/pivot")
"""Parts without cells: whether they are sound does not matter."""
_BLOCK: Final = 1 << 20
_SHEET: Final = re.compile(rb"<((?:[\w.-]+:)?)worksheet[\s>]")
_STRINGS: Final = re.compile(rb"<(?:[\w.-]+:)?sst\s[^>]*>")
_COUNT: Final = re.compile(rb"""\s(?:uniqueCount|count)\s*=\s*["']\s*(\d*)[^"']*["']""")
_SHORTEST: Final = 5
"""Bytes of the shortest shared string, `<si/>` (ECMA-376-1, 18.4.9)."""
_TARGET: Final = re.compile(rb"""\sTarget\s*=\s*(?:"[^"]*"|'[^']*')""")

Entries = Mapping[str, ZipInfo]


def repack(file: BinaryIO, *, careful: bool) -> tuple[BinaryIO, bool]:
    """Return the workbook as the reader of cells can take it, and whether its sheets were tidied (`tidy_sheet`).

    They are where one holds a formula, and always with `careful`. Most workbooks are returned as they are.

    Raises:
        RefusedFile: not a workbook, damaged, or unpacking to too much.
    """
    try:
        with ZipFile(file) as archive:
            entries = _parts(archive)
            tidied = careful or any(_has_formula(archive, entry) for entry in entries.values())
            if tidied or any(_is_odd(archive, entry) for entry in entries.values()):
                file = _written(archive, entries, tidied=tidied)
    except (BadZipFile, zlib.error, EOFError, ValueError, OSError, RuntimeError):
        raise RefusedFile(FileCode.DAMAGED) from None
    file.seek(0)
    return file, tidied


def _parts(archive: ZipFile) -> Entries:
    """The parts with cells. Writers on Windows use backslashes, and capitals do not matter (ECMA-376-2, 6.2.2)."""
    entries = {entry.filename.replace("\\", "/"): entry for entry in archive.infolist()}
    if _WORKBOOK not in map(str.lower, entries):
        raise RefusedFile(FileCode.TYPE)
    _refuse_bomb(entries.values())
    folded = ((name, name.lower()) for name in entries)
    return {name: entries[name] for name, low in folded if low.endswith(_READ) and not low.startswith(_UNREAD)}


def _refuse_bomb(entries: Iterable[ZipInfo]) -> None:
    """Trust the sizes the archive declares: unpacking stops at an entry that is larger than declared."""
    sizes = [(entry.file_size, max(entry.compress_size, 1)) for entry in entries]
    tight = any(size > _SMALL and size > MAX_RATIO * packed for size, packed in sizes)
    if tight or sum(size for size, _ in sizes) > MAX_UNPACKED:
        raise RefusedFile(FileCode.BOMB)


def _has_formula(archive: ZipFile, entry: ZipInfo) -> bool:
    """Whether a part is a sheet with a formula; looked at block by block, so that a large one is never held."""
    with archive.open(entry) as part:
        block = part.read(_BLOCK)
        root = _SHEET.search(block)
        if root is None:
            return False
        formula = re.compile(rb"<" + re.escape(root[1]) + rb"f[\s/>]")
        overlap = len(root[1]) + 3
        while not formula.search(block):
            more = part.read(_BLOCK)
            if not more:
                return False
            block = block[-overlap:] + more
        return True


def _is_odd(archive: ZipFile, entry: ZipInfo) -> bool:
    """Whether a part points to others with backslashes, or declares more shared strings than it has room for."""
    with archive.open(entry) as part:
        head = part.read(_BLOCK)
    if entry.filename.lower().endswith(_POINTING):
        return b"\\" in head
    root = _STRINGS.search(head)
    counts = [int(count[:12] or b"0") for count in _COUNT.findall(root[0])] if root else []
    return any(count * _SHORTEST > entry.file_size for count in counts)


def _written(archive: ZipFile, entries: Entries, *, tidied: bool) -> io.BytesIO:
    packed = io.BytesIO()
    with ZipFile(packed, "w") as copy:
        for name, entry in entries.items():
            copy.writestr(name, _put_right(name, archive.read(entry), tidied=tidied))
    return packed


def _put_right(name: str, part: bytes, *, tidied: bool) -> bytes:
    if name.lower().endswith(_POINTING):
        return _TARGET.sub(lambda found: found[0].replace(b"\\", b"/"), part)
    if tidied and _SHEET.search(part, 0, _BLOCK):
        return tidy_sheet(part)
    root = _STRINGS.search(part, 0, _BLOCK)
    return part if root is None else part[: root.start()] + _COUNT.sub(b"", root[0]) + part[root.end() :]
