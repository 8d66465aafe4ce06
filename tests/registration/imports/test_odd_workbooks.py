"""Workbooks as other programs write them, or as nobody should: read, or refused with what to do, and nothing swells."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from services.registration.imports.cut_bounded import cut_bounded
from services.registration.imports.cut_file import cut_file
from services.registration.imports.refused_file import FileCode
from tests.registration.imports.checking import check, rows_of
from tools.sample.faults import FAULTS
from tools.sample.people import people
from tools.sample.sheets import HEADINGS, cells_of, xlsx_bytes
from tools.sample.workbooks import SHEET, STRINGS, book, changed, filled, renamed, with_cell

PEOPLE = people(3)
CELLS = list(map(cells_of, PEOPLE))
SOUND = xlsx_bytes(CELLS)
ROWS = [(row.number, row.checked.row) for row in check(SOUND)]


def read(data: bytes) -> list[tuple[int, Any]]:
    return [(row.number, row.checked.row) for row in check(data)]


def codes(data: bytes) -> dict[int, list[tuple[str, str]]]:
    """The problems of the rows that have some: column and code."""
    found = {row.number: [(one.column, str(one.code)) for one in row.checked.problems] for row in check(data)}
    return {number: problems for number, problems in found.items() if problems}


def refusal(data: bytes) -> tuple[str, str]:
    problem = cut_file(data, 240).problem
    assert problem is not None
    return problem


@pytest.mark.parametrize(
    ("reference", "text"),
    [("XFD1048576", "x"), ("ZZ100000", " "), ("XFD1", "x"), ("XFD3", " ")],
    ids=["x-at-the-end", "blank-far-away", "beside-the-headings", "beside-a-row"],
)
def test_a_stray_cell_far_away_costs_nothing(reference: str, text: str) -> None:
    cut = cut_bounded(with_cell(SOUND, reference, text), 240)
    assert (cut.rows, cut.problem) == (3, None)
    assert [(row.number, row.checked.row) for row in rows_of(cut)] == ROWS


def test_a_stray_cell_below_is_a_row_of_its_own() -> None:
    cut = cut_file(with_cell(SOUND, "A1048576", "x"), 240, careful=True)
    *sound, stray = rows_of(cut)
    assert [(row.number, row.checked.row) for row in sound] == ROWS
    assert (stray.number, stray.checked.problems[0].code) == (1_048_576, "nik-length")


@pytest.mark.parametrize("count", ["4294967295", "18446744073709551615", "99999999999999999999999"])
def test_declared_counts_of_shared_strings_reserve_nothing(count: str) -> None:
    data = changed(SOUND, STRINGS, lambda part: re.sub(r'(ount)="\d+"', rf'\1="{count}"', part))
    cut = cut_bounded(data, 240, memory=500_000_000)
    assert [(row.number, row.checked.row) for row in rows_of(cut)] == ROWS


def test_a_workbook_that_is_too_much_whatever_is_done_is_refused() -> None:
    cut = cut_bounded(with_cell(SOUND, "B9", "x" * 4_900_000), 240, memory=30_000_000)
    assert cut.problem is not None
    assert cut.problem[0] == FileCode.UNREADABLE
    assert cut.chunks == ()


def prefixed(sheet: str) -> str:
    """Each element with a prefix, as some writers have it."""
    named = re.sub(r"<(/?)(\w)", r"<\1x:\2", sheet).replace("<x:?", "<?")
    return named.replace("xmlns=", "xmlns:x=")


def without_references(sheet: str) -> str:
    """Neither rows nor cells say where they stand, so none may be left out."""
    return re.sub(r'(<(?:row|c))( spans="[^"]*")? r="\w+"', r"\1", sheet)


def backwards(sheet: str) -> str:
    """Rows, and the cells in them, in the wrong order."""
    rows = re.findall(r"<row.*?</row>", sheet)
    turned = [re.sub(r"(<row[^>]*>)(.*)(</row>)", _turned, row) for row in reversed(rows)]
    return re.sub(r"<sheetData>.*</sheetData>", lambda _: f"<sheetData>{''.join(turned)}</sheetData>", sheet)


def _turned(row: re.Match[str]) -> str:
    cells = re.findall(r"<c [^>]*/>|<c .*?</c>", row[2])
    return row[1] + "".join(reversed(cells)) + row[3]


def lying(sheet: str) -> str:
    return re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"', sheet)


def small(sheet: str) -> str:
    return re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1"', sheet)


def undimensioned(sheet: str) -> str:
    return re.sub(r"<dimension [^>]*/>", "", sheet)


def merged(sheet: str) -> str:
    merging = '<mergeCells count="4294967295"><mergeCell ref="A1:B1"/></mergeCells>'
    return sheet.replace("</sheetData>", f"</sheetData>{merging}")


@pytest.mark.parametrize("change", [prefixed, backwards, lying, small, undimensioned, merged])
@pytest.mark.parametrize("careful", [False, True])
def test_however_a_sheet_is_written_it_says_the_same(change: Callable[[str], str], careful: bool) -> None:
    cut = cut_file(changed(SOUND, SHEET, change), 240, careful=careful)
    assert [(row.number, row.checked.row) for row in rows_of(cut)] == ROWS


@pytest.mark.parametrize("careful", [False, True])
def test_cells_and_rows_that_do_not_say_where_they_stand_follow_each_other(careful: bool) -> None:
    data = changed(book(Data=filled(*[["-" if cell is None else cell for cell in row] for row in CELLS])), SHEET,
                   without_references)  # fmt: skip
    assert [(row.number, row.checked.row) for row in rows_of(cut_file(data, 240, careful=careful))] == ROWS


@pytest.mark.parametrize("name", [name for name in FAULTS if name.endswith(".xlsx")])
def test_with_care_every_workbook_is_read_as_without(name: str) -> None:
    data = FAULTS[name].make(people(5))
    assert cut_file(data, 3, careful=True) == cut_file(data, 3)


FORMULA = '<c r="{}"><f>Sumber!A2</f>{}</c>'


def with_formula(column: str, value: str, kind: str = "") -> bytes:
    """The workbook with the cell of a column in row 3 a formula, with what it has for a value."""
    cell = (
        FORMULA.format(f"{column}3", value).replace("<c ", f"<c {kind} ")
        if kind
        else FORMULA.format(f"{column}3", value)
    )
    there = re.compile(rf'<c r="{column}3"[^>]*?(?:/>|>.*?</c>)')

    def change(sheet: str) -> str:
        if there.search(sheet):
            return there.sub(cell, sheet)
        return sheet.replace('<row r="3"', '<row r="3"', 1).replace("</row>", f"{cell}</row>", 1)

    return changed(SOUND, SHEET, change)


@pytest.mark.parametrize("value", ["", "<v></v>", "<v/>", "<v> </v>"])
@pytest.mark.parametrize(("column", "key"), [("A", "nik"), ("D", "tanggal_lahir"), ("N", "tanggal_akhir")])
def test_a_formula_without_a_stored_value_is_an_answer_of_its_own(value: str, column: str, key: str) -> None:
    assert codes(with_formula(column, value)) == {3: [(key, "formula-no-value")]}


@pytest.mark.parametrize(("value", "kind"), [("<v></v>", 't="str"'), ("<v/>", 't="str"'), ("<v>#N/A</v>", 't="e"')])
def test_a_formula_that_gives_nothing_is_a_blank(value: str, kind: str) -> None:
    assert codes(with_formula("N", value, kind)) == {}


def test_a_formula_with_a_stored_value_is_read_with_it() -> None:
    (found,) = [row for number, row in read(with_formula("B", "<v>Budi Contoh</v>", 't="str"')) if number == 3]
    assert found["nama"] == "Budi Contoh"


def test_rows_of_formulas_only_do_not_vanish() -> None:
    rows = [[f"=Sumber!{chr(65 + place)}{line}" for place in range(len(HEADINGS))] for line in (2, 3)]
    found = codes(book(Data=filled(CELLS[0], *rows), Sumber=filled(*CELLS[1:])))
    assert list(found) == [3, 4]
    assert {code for problems in found.values() for _, code in problems} == {"formula-no-value"}
    assert len(found[3]) == len(HEADINGS)


def test_formulas_are_found_whatever_their_prefix() -> None:
    data = changed(with_formula("A", ""), SHEET, prefixed)
    assert codes(data) == {3: [("nik", "formula-no-value")]}


def test_a_heading_that_is_a_formula_without_a_value_is_named_as_such() -> None:
    headings = ["=B1" if heading.startswith("Tanggal Akhir") else heading for heading in HEADINGS]
    code, message = refusal(book(Data=[headings, *CELLS]))
    assert code == FileCode.COLUMNS_UNKNOWN
    assert "rumus tanpa nilai tersimpan" in message


@pytest.mark.parametrize(
    "name",
    [
        lambda name: name.replace("/", "\\"),
        lambda name: name.replace("/", "\\") if "rels" not in name else name,
        lambda name: name.replace("/", "\\") if "rels" in name else name,
        str.upper,
        lambda name: name.replace("workbook.xml", "Workbook.XML").replace("sheet1", "Sheet1"),
    ],
    ids=["backslashes", "some-backslashes", "rels-only", "capitals", "some-capitals"],
)
@pytest.mark.parametrize("careful", [False, True])
def test_parts_are_found_however_their_names_are_written(name: Callable[[str], str], careful: bool) -> None:
    cut = cut_file(renamed(SOUND, name), 240, careful=careful)
    assert [(row.number, row.checked.row) for row in rows_of(cut)] == ROWS


SUMMARY = [["Lembar"], ["Table 1"]]
BARE = filled()


@pytest.mark.parametrize(
    "sheets",
    [
        {"Export Summary": SUMMARY, "Sheet 1 - Table 1": filled(*CELLS)},
        {"Data": SUMMARY, "Lembar2": filled(*CELLS)},
        {"Lembar1": filled(*CELLS[:1]), "DATA ": filled(*CELLS)},
        {"Contoh": BARE, "Lembar2": filled(*CELLS)},
        {"Catatan": SUMMARY, "Isi_": filled(*CELLS)},
        {"Isi": filled(*CELLS), "Lama_": filled(*CELLS[:1])},
    ],
    ids=["numbers", "data-does-not-fit", "data-wins", "empty-one-first", "hidden-one-only", "hidden-one-besides"],
)
def test_the_sheet_whose_headings_fit_is_read_wherever_it_stands(sheets: dict[str, Any]) -> None:
    assert read(book(**sheets)) == ROWS


def test_when_two_sheets_fit_they_are_named_and_nothing_is_read() -> None:
    code, message = refusal(book(Guru=filled(CELLS[0]), Catatan=SUMMARY, Perawat=filled(CELLS[1])))
    assert code == FileCode.SHEETS
    assert '"Guru", "Perawat"' in message
    assert "Catatan" not in message


def test_when_no_sheet_fits_the_one_that_nearly_does_is_spoken_of() -> None:
    code, message = refusal(book(Ringkasan=SUMMARY, Orang=[HEADINGS[1:], CELLS[0][1:]]))
    assert (code, message) == (
        FileCode.COLUMNS_MISSING,
        "Kolom berikut tidak ada: NIK. Pakai judul kolom dari templat.",
    )


def test_two_hidden_sheets_are_not_chosen_between() -> None:
    assert refusal(book(Catatan=SUMMARY, A_=filled(CELLS[0]), B_=filled(CELLS[1])))[0] == FileCode.COLUMNS_MISSING


def test_a_document_that_declares_entities_is_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet '
    data = changed(with_formula("A", ""), SHEET, lambda sheet: sheet.replace("<worksheet ", bomb))
    assert refusal(data)[0] == FileCode.DAMAGED
