"""Workbooks as other programs write them, or as nobody should: made of a sound one by changing its parts."""

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl

from tools.sample.sheets import HEADINGS

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"


def parts_of(workbook: bytes) -> dict[str, bytes]:
    """The parts by name."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    """The archive of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


def changed(workbook: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """The workbook with one part changed."""
    parts = parts_of(workbook)
    before = parts[part].decode()
    after = change(before)
    assert after != before
    return packed(parts | {part: after.encode()})


def with_cell(workbook: bytes, reference: str, text: str) -> bytes:
    """The workbook with one more cell of text, in a row of its own at the end."""
    row = re.sub(r"\D", "", reference)
    cell = f'<row r="{row}"><c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c></row>'
    return changed(workbook, SHEET, lambda sheet: sheet.replace("</sheetData>", f"{cell}</sheetData>"))


def renamed(workbook: bytes, name: Callable[[str], str]) -> bytes:
    """The workbook with other names of its parts, also where other parts point to them."""
    parts = {name(part): content for part, content in parts_of(workbook).items()}
    pointing = re.compile(r'(Target|PartName)="([^"]+)"')
    for part, content in parts.items():
        if part.lower().endswith(".rels") or "content_types" in part.lower():
            parts[part] = pointing.sub(lambda found: f'{found[1]}="{name(found[2])}"', content.decode()).encode()
    return packed(parts)


def book(**sheets: Sequence[Sequence[Any]]) -> bytes:
    """A workbook of sheets with these lines; a name that ends in "_" is of a hidden one."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, lines in sheets.items():
        sheet = workbook.create_sheet(name.rstrip("_"))
        sheet.sheet_state = "hidden" if name.endswith("_") else "visible"
        for line in lines:
            sheet.append(list(line))
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def filled(*rows: Sequence[Any]) -> list[Sequence[Any]]:
    """The lines of a sheet: the headings, then rows."""
    return [HEADINGS, *rows]
