"""The import template: a workbook that offices fill, with lists to choose from and a sheet that explains it."""

from collections.abc import Iterator
from typing import BinaryIO, Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from services.kernel.values.numbers import number_text
from services.registration.imports.read_file import MAX_CSV, MAX_XLSX, MEGABYTE
from services.registration.imports.read_rows import MAX_ROWS
from services.registration.imports.read_xlsx import DATA_SHEET
from services.registration.rows.columns import COLUMNS, Column, Kind

GUIDE_SHEET: Final = "Petunjuk"
LISTS_SHEET: Final = "Pilihan"

_INK, _PAPER, _LINE = "#12344D", "#F3F6F8", "#B8C4CE"
_REQUIRED_FILL, _OPTIONAL_FILL = "#12507B", "#5B7083"
_FONT: Final = {"font_name": "Calibri", "font_size": 11, "valign": "vcenter"}
_HEAD: Final = _FONT | {"bold": True, "font_color": "#FFFFFF", "border": 1, "border_color": _LINE, "text_wrap": True}

_STEPS: Final = (
    f'Isi lembar "{DATA_SHEET}", satu orang satu baris. Jangan mengubah atau menghapus judul kolom.',
    "Kolom berjudul biru tua dan bertanda * wajib diisi. Baris tanpa isian wajib disimpan sebagai draf.",
    "NIK dan nomor lain ditulis sebagai teks. Templat ini sudah mengaturnya; jangan ubah format kolomnya.",
    "Menempel dari berkas lain: pakai Tempel Khusus (Paste Special) > Nilai (Values), jangan rumus.",
    "Tanggal ditulis hari-bulan-tahun, misalnya 31-12-2021.",
    f"Batas berkas: Excel {MAX_XLSX // MEGABYTE} MB, CSV {MAX_CSV // MEGABYTE} MB, {number_text(MAX_ROWS)} baris.",
    "Setelah diunggah, setiap baris mendapat jawaban: diterima, atau apa yang perlu diperbaiki.",
    "Pendataan ini adalah pemetaan dan bukan pengangkatan menjadi ASN.",
)


def write_template(target: BinaryIO | str) -> None:
    """Write the template to a path or a stream opened for bytes."""
    workbook = Workbook(target, {"in_memory": True})
    workbook.set_properties({"title": "Templat impor pendataan tenaga non-ASN"})
    data = workbook.add_worksheet(DATA_SHEET)
    guide = workbook.add_worksheet(GUIDE_SHEET)
    lists = workbook.add_worksheet(LISTS_SHEET)
    _write_data(workbook, data)
    _write_guide(workbook, guide)
    _write_lists(workbook, lists)
    workbook.close()


def data_formats(workbook: Workbook) -> dict[Kind, Format]:
    """Return how cells of each kind are shown: everything but dates and money is text, so no digit is lost."""
    text = workbook.add_format(_FONT | {"num_format": "@"})
    return {
        **dict.fromkeys(Kind, text),
        Kind.DATE: workbook.add_format(_FONT | {"num_format": "dd-mm-yyyy", "align": "left"}),
        Kind.MONEY: workbook.add_format(_FONT | {"num_format": "#,##0"}),
    }


def write_headings(workbook: Workbook, sheet: Worksheet) -> None:
    """Write the line of headings, frozen, and give every column its width and format."""
    formats = data_formats(workbook)
    required = workbook.add_format(_HEAD | {"bg_color": _REQUIRED_FILL})
    optional = workbook.add_format(_HEAD | {"bg_color": _OPTIONAL_FILL})
    sheet.set_row(0, 36)
    sheet.freeze_panes(1, 2)
    for index, column in enumerate(COLUMNS):
        sheet.set_column(index, index, column.width, formats[column.kind])
        heading = f"{column.heading} *" if column.required else column.heading
        sheet.write_string(0, index, heading, required if column.required else optional)


def _write_data(workbook: Workbook, sheet: Worksheet) -> None:
    write_headings(workbook, sheet)
    for index, column in enumerate(COLUMNS):
        sheet.data_validation(1, index, MAX_ROWS, index, _validation(index, column))
    sheet.set_landscape()
    sheet.repeat_rows(0)


def _validation(index: int, column: Column) -> dict[str, object]:
    """What Excel checks while typing; pasting goes around it, so the import checks again."""
    shown: dict[str, object] = {
        "input_title": column.heading[:32],
        "input_message": column.note[:255],
        "error_title": "Periksa isian",
        "error_message": column.note[:255],
        "ignore_blank": True,
    }
    cell = f"{xl_col_to_name(index)}2"
    match column.kind:
        case Kind.NIK:
            return shown | {"validate": "custom", "value": f"=AND(ISTEXT({cell}),LEN({cell})=16)"}
        case Kind.CHOICE if column.choices is not None:
            letter, last = xl_col_to_name(_lists().index(column)), len(column.choices) + 1
            return shown | {"validate": "list", "source": f"={LISTS_SHEET}!${letter}$2:${letter}${last}"}
        case Kind.MONEY:
            return shown | {"validate": "decimal", "criteria": ">=", "value": 0}
        case _:
            return shown | {"validate": "any"}


def _lists() -> list[Column]:
    return [column for column in COLUMNS if column.choices is not None]


def _write_lists(workbook: Workbook, sheet: Worksheet) -> None:
    head = workbook.add_format(_HEAD | {"bg_color": _OPTIONAL_FILL})
    body = workbook.add_format(_FONT)
    for index, column in enumerate(_lists()):
        sheet.set_column(index, index, max(column.width, 24))
        sheet.write_string(0, index, column.heading, head)
        sheet.write_column(1, index, column.choices.labels() if column.choices else [], body)
    sheet.freeze_panes(1, 0)
    sheet.protect()


def _write_guide(workbook: Workbook, sheet: Worksheet) -> None:
    title = workbook.add_format(_FONT | {"bold": True, "font_size": 16, "font_color": _INK})
    step = workbook.add_format(_FONT | {"text_wrap": True})
    head = workbook.add_format(_HEAD | {"bg_color": _REQUIRED_FILL})
    body = workbook.add_format(_FONT | {"text_wrap": True, "border": 1, "border_color": _LINE})
    shaded = workbook.add_format(_FONT | {"text_wrap": True, "border": 1, "border_color": _LINE, "bg_color": _PAPER})
    sheet.hide_gridlines(2)
    for index, width in enumerate((34, 12, 42, 60)):
        sheet.set_column(index, index, width)
    sheet.set_row(0, 28)
    sheet.write_string(0, 0, "Petunjuk pengisian templat impor", title)
    for row, text in enumerate(_STEPS, start=2):
        sheet.merge_range(row, 0, row, 3, f"{row - 1}. {text}", step)
    start = len(_STEPS) + 3
    sheet.write_row(start, 0, ("Kolom", "Wajib", "Contoh", "Cara mengisi"), head)
    for row, cells in enumerate(_guide_lines(), start=start + 1):
        sheet.write_row(row, 0, cells, shaded if (row - start) % 2 else body)
    sheet.fit_to_pages(1, 0)
    sheet.set_landscape()


def _guide_lines() -> Iterator[tuple[str, str, str, str]]:
    for column in COLUMNS:
        note = column.note
        if column.choices is not None:
            note = f"{note} Pilihan: {'; '.join(column.choices.labels())}."
        yield column.heading, "ya" if column.required else "", column.example, note
