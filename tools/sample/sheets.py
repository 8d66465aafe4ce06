"""Import files of generated people as offices send them: the filled template, and CSV exports."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from services.registration.imports.read_xlsx import DATA_SHEET
from services.registration.imports.template import data_formats, write_headings
from services.registration.rows.columns import COLUMNS, Kind

HEADINGS = tuple(f"{column.heading} *" if column.required else column.heading for column in COLUMNS)

_CONTACT = frozenset({Kind.PHONE, Kind.EMAIL})


def cells_of(person: Mapping[str, Any]) -> list[Any]:
    """The cells of a person's row as an office enters them: real dates, and the words of the lists.

    Registered contact stays empty: `hp` and `email` of a person are what he types himself.
    """
    return [
        None if column.kind in _CONTACT else _cell(person.get(column.key), column.kind, column.choices)
        for column in COLUMNS
    ]


def _cell(value: Any, kind: Kind, choices: Any) -> Any:
    if kind is Kind.DATE and isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return choices.label(value) if choices is not None and isinstance(value, str) else value


def write_xlsx(
    target: BinaryIO | str,
    rows: Iterable[Sequence[Any]],
    *,
    headings: Sequence[str] | None = None,
    above: Sequence[str] = (),
    blank_rows: int = 0,
) -> None:
    """Write rows below the template's headings, or below others; texts are shared, as Excel saves them.

    `above` are lines before the headings, `blank_rows` formatted lines without content behind the rows.
    """
    workbook = Workbook(target, {"default_date_format": "dd-mm-yyyy", "nan_inf_to_errors": True})
    sheet = workbook.add_worksheet(DATA_SHEET)
    if headings is None and not above:
        write_headings(workbook, sheet)
    else:
        for line, text in enumerate(above):
            sheet.write_string(line, 0, text)
        sheet.write_row(len(above), 0, headings or HEADINGS)
    line = len(above)
    for line, cells in enumerate(rows, start=len(above) + 1):
        _write_cells(sheet, line, cells)
    text = data_formats(workbook)[Kind.TEXT]
    for blank in range(line + 1, line + 1 + blank_rows):
        for column in range(len(COLUMNS)):
            sheet.write_blank(blank, column, None, text)
    workbook.close()


def _write_cells(sheet: Worksheet, line: int, cells: Sequence[Any]) -> None:
    for column, cell in enumerate(cells):
        if isinstance(cell, str):  # also what begins with "=": this is text, not a formula
            sheet.write_string(line, column, cell)
        elif cell is not None:
            sheet.write(line, column, cell)


def xlsx_bytes(rows: Iterable[Sequence[Any]], **options: Any) -> bytes:
    """The same in memory."""
    stream = io.BytesIO()
    write_xlsx(stream, rows, **options)
    return stream.getvalue()


def csv_bytes(
    rows: Iterable[Sequence[Any]],
    *,
    headings: Sequence[str] = HEADINGS,
    delimiter: str = ";",
    encoding: str = "utf-8-sig",
) -> bytes:
    """A CSV export with dates as DD/MM/YYYY, as Excel with Indonesian settings writes it."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerow(headings)
    writer.writerows([_exported(cell) for cell in cells] for cells in rows)
    return stream.getvalue().encode(encoding)


def _exported(cell: Any) -> Any:
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else cell
