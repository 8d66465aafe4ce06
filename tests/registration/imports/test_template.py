"""The template: what offices see is what the reader knows, and Excel is told to keep digits as text."""

import io

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from services.registration.imports.header import find_header
from services.registration.imports.template import GUIDE_SHEET, LISTS_SHEET, write_template
from services.registration.rows.columns import COLUMNS, Kind
from tests.registration.imports.checking import check
from tools.sample.people import person
from tools.sample.sheets import cells_of


def template() -> openpyxl.Workbook:
    stream = io.BytesIO()
    write_template(stream)
    return openpyxl.load_workbook(stream)


def data() -> Worksheet:
    return template()["Data"]


def test_its_headings_are_the_ones_the_reader_looks_for() -> None:
    headings = [str(cell.value) for cell in data()[1]]
    assert find_header([headings]) == (0, [column.key for column in COLUMNS])


def test_required_columns_carry_a_star() -> None:
    starred = [str(cell.value).endswith(" *") for cell in data()[1]]
    assert starred == [column.required for column in COLUMNS]


def test_everything_but_dates_and_money_is_text() -> None:
    formats: dict[int, str] = {}
    for group in data().column_dimensions.values():
        formats |= dict.fromkeys(range(group.min or 0, (group.max or 0) + 1), group.number_format)
    expected = [{Kind.DATE: "dd-mm-yyyy", Kind.MONEY: "#,##0"}.get(column.kind, "@") for column in COLUMNS]
    assert [formats[index] for index in range(1, len(COLUMNS) + 1)] == expected


def test_choices_are_drop_down_lists_of_all_choices() -> None:
    workbook = template()
    lists = {
        str(line[0].value): [cell.value for cell in line[1:] if cell.value]
        for line in workbook[LISTS_SHEET].iter_cols()
    }
    offered = [each for each in workbook["Data"].data_validations.dataValidation if each.type == "list"]
    columns = [column for column in COLUMNS if column.choices]
    assert len(offered) == len(columns)
    for column in columns:
        assert column.choices is not None
        assert lists[column.heading] == column.choices.labels()


def test_the_guide_explains_every_column() -> None:
    words = {cell.value for line in template()[GUIDE_SHEET].iter_rows() for cell in line}
    assert {column.heading for column in COLUMNS} <= words


def test_a_filled_template_is_read() -> None:
    workbook = template()
    workbook["Data"].append(cells_of(person(3)))
    stream = io.BytesIO()
    workbook.save(stream)
    (row,) = check(stream.getvalue())
    assert row.number == 2
    assert row.checked.row is not None


def test_the_examples_of_the_guide_are_a_sound_row() -> None:
    workbook = template()
    workbook["Data"].append([column.example for column in COLUMNS])
    stream = io.BytesIO()
    workbook.save(stream)
    (row,) = check(stream.getvalue())
    assert not row.checked.problems + row.checked.warnings
    assert not row.checked.missing
