"""Unpack a workbook ourselves, and hand the reader of cells a plain archive of the parts it needs.

So sizes are what they are, nothing that a part declares reserves memory, and a sheet that the reader could not hold, or
would read silently wrong, is put right first (`tidy_sheet`).
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
_READ: Final = (".xml", ".rels")
_UNREAD: Final = ("docprops/", "customxml/", "xl/theme/", "xl/drawings/", "xl/charts/", "xl/externallinks/", "xl/pivot")
"""Parts without cells: whether they are sound does not matter."""
_HEAD: Final = 64_000
_SHEET: Final = re.compile(rb"<((?:[\w.-]+:)?)worksheet[\s>]")
_STRINGS: Final = re.compile(rb"<(?:[\w.-]+:)?sst\s[^>]*>")
_COUNT: Final = re.compile(rb"""\s(?:uniqueCount|count)\s*=\s*(?:"[^"]*"|'[^']*')""")

Parts = dict[str, bytes]


def repack(file: BinaryIO, *, careful: bool) -> tuple[io.BytesIO, bool]:
    """Return the workbook as an archive that is not packed, and whether its sheets were tidied.

    They are where one holds a formula, which may have no stored value; and always with `careful`.

    Raises:
        RefusedFile: not a workbook, damaged, or unpacking to too much.
    """
    parts = _unpack(file)
    sheets = {name: found[1] for name, part in parts.items() if (found := _SHEET.search(part, 0, _HEAD))}
    tidied = careful or any(_has_formula(parts[name], prefix) for name, prefix in sheets.items())
    packed = io.BytesIO()
    with ZipFile(packed, "w") as archive:
        for name in list(parts):
            part = parts.pop(name)  # one after the other: a large workbook is not held twice
            archive.writestr(name, tidy_sheet(part) if tidied and name in sheets else _without_counts(part))
    packed.seek(0)
    return packed, tidied


def _unpack(file: BinaryIO) -> Parts:
    """The parts by their names. Writers on Windows use backslashes, and capitals do not matter (ECMA-376-2, 6.2.2)."""
    try:
        with ZipFile(file) as archive:
            entries = {entry.filename.replace("\\", "/"): entry for entry in archive.infolist()}
            if _WORKBOOK not in map(str.lower, entries):
                raise RefusedFile(FileCode.TYPE)
            _refuse_bomb(entries.values())
            return {name: archive.read(entry) for name, entry in _needed(entries).items()}
    except (BadZipFile, zlib.error, EOFError, ValueError, OSError, RuntimeError):
        raise RefusedFile(FileCode.DAMAGED) from None


def _needed(entries: Mapping[str, ZipInfo]) -> dict[str, ZipInfo]:
    folded = ((name, name.lower(), entry) for name, entry in entries.items())
    return {name: entry for name, low, entry in folded if low.endswith(_READ) and not low.startswith(_UNREAD)}


def _refuse_bomb(entries: Iterable[ZipInfo]) -> None:
    """Trust the sizes the archive declares: unpacking stops at an entry that is larger than declared."""
    sizes = [(entry.file_size, max(entry.compress_size, 1)) for entry in entries]
    tight = any(size > _SMALL and size > MAX_RATIO * packed for size, packed in sizes)
    if tight or sum(size for size, _ in sizes) > MAX_UNPACKED:
        raise RefusedFile(FileCode.BOMB)


def _has_formula(sheet: bytes, prefix: bytes) -> bool:
    return re.search(rb"<" + re.escape(prefix) + rb"f[\s/>]", sheet) is not None


def _without_counts(part: bytes) -> bytes:
    """Shared strings say how many they are (ECMA-376-1, 18.4.9), and the reader would reserve room for as many."""
    found = _STRINGS.search(part, 0, _HEAD)
    return part if found is None else part[: found.start()] + _COUNT.sub(b"", found[0]) + part[found.end() :]
