"""Files by what they hold: kinds, limits, headings, encodings; and XLSX and CSV say the same."""

import io
import struct
import zipfile
from collections.abc import Sequence
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.kernel.reference.choices import choice_key
from services.registration.imports.header import find_header
from services.registration.imports.read_file import MAX_CSV, MAX_XLSX, read_file
from services.registration.imports.read_rows import MAX_ROWS, read_rows
from services.registration.imports.refused_file import FileCode, RefusedFile
from services.registration.imports.template import write_template
from services.registration.rows.cells import Cell
from services.registration.rows.columns import COLUMNS, EXTRA_CELLS
from tests.registration.imports.checking import check
from tools.sample.people import people
from tools.sample.sheets import HEADINGS, cells_of, csv_bytes, xlsx_bytes

PEOPLE = people(5)
SHEET = xlsx_bytes(map(cells_of, PEOPLE))


def refusal(data: bytes) -> RefusedFile:
    with pytest.raises(RefusedFile) as refused:
        list(read_file(io.BytesIO(data)))
    return refused.value


def stored(data: bytes) -> list[tuple[int, Any]]:
    return [(row.number, row.checked.row) for row in check(data)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_file_says_the_same_as_the_workbook(delimiter: str, encoding: str) -> None:
    assert stored(csv_bytes(map(cells_of, PEOPLE), delimiter=delimiter, encoding=encoding)) == stored(SHEET)


def test_excels_own_note_of_the_delimiter_is_heeded() -> None:
    data = b"sep=;\r\n" + csv_bytes(map(cells_of, PEOPLE), encoding="utf-8")
    assert [row for _, row in stored(data)] == [row for _, row in stored(SHEET)]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", FileCode.EMPTY),
        (b"PK\x03\x04" + b"0" * 100, FileCode.DAMAGED),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, FileCode.OLD_EXCEL),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + b"0" * 600,
            FileCode.ENCRYPTED,
        ),
        (b"<html><table><tr><td>NIK</td></tr></table>", FileCode.TYPE),
        (b"\xff\xd8\xff\xe0" + b"0" * 20, FileCode.TYPE),
        (b"NIK;Nama\n\x81\x8d;x", FileCode.ENCODING),
        (b"NIK;Nama\n\0;x", FileCode.ENCODING),
        (b"Halo dunia\nini bukan tabel", FileCode.COLUMNS_MISSING),
        (b"\n\n", FileCode.COLUMNS_MISSING),
        (b'NIK;"Nama\n' + b"x" * 200_000, FileCode.DAMAGED),
    ],
)
def test_what_is_no_filled_template_is_refused_by_its_content(data: bytes, code: FileCode) -> None:
    assert refusal(data).code is code


def test_another_office_document_is_no_workbook() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert refusal(stream.getvalue()).code is FileCode.TYPE


class Huge(io.BytesIO):
    """A file of which only the start is there, and whose end lies where a test says."""

    def __init__(self, start: bytes, size: int) -> None:
        super().__init__(start)
        self.size = size

    def seek(self, offset: int, whence: int = 0) -> int:
        return self.size if whence == io.SEEK_END else super().seek(offset, whence)


@pytest.mark.parametrize(("start", "limit", "text"), [(b"PK\x03\x04", MAX_XLSX, "25"), (b"NIK", MAX_CSV, "50")])
def test_a_file_over_its_limit_is_told_the_limit_and_its_own_size(start: bytes, limit: int, text: str) -> None:
    with pytest.raises(RefusedFile) as refused:
        read_file(Huge(start, limit + 1))
    assert refused.value.code is FileCode.TOO_LARGE
    assert f"{text},1 MB, melebihi batas {text} MB" in refused.value.message


def packed(name: str, content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr(name, content)
    return stream.getvalue()


def test_an_archive_that_unpacks_to_far_more_is_refused_unopened() -> None:
    assert refusal(packed("xl/worksheets/sheet1.xml", b"0" * 20_000_000)).code is FileCode.BOMB


def test_an_archive_that_lies_about_its_size_is_not_unpacked_beyond_it() -> None:
    with zipfile.ZipFile(io.BytesIO(SHEET)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].replace(b"</sheetData>", b" " * 9_000_000 + b"</sheetData>")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, sheet if "sheet1" in name else content)
    lying = stream.getvalue().replace(struct.pack("<I", len(sheet)), struct.pack("<I", 60_000))
    assert refusal(lying).code is FileCode.DAMAGED


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(SHEET) - 1), st.integers(0, 255))
def test_a_workbook_with_a_broken_byte_is_read_or_refused(place: int, byte: int) -> None:
    broken = SHEET[:place] + bytes([byte]) + SHEET[place + 1 :]
    try:
        batches = list(read_file(io.BytesIO(broken)))
    except RefusedFile as refused:
        assert refused.message  # noqa: PT017 - either way is fine, anything else is not
    else:
        assert sum(len(batch.lines) for batch in batches) <= len(PEOPLE)


def book(fill: Any) -> bytes:
    workbook = openpyxl.Workbook()
    fill(workbook)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def test_the_sheet_named_data_is_read_wherever_it_stands() -> None:
    def fill(workbook: openpyxl.Workbook) -> None:
        workbook["Sheet"].append(["Catatan"])
        data = workbook.create_sheet("DATA ")
        data.append(list(HEADINGS))
        data.append(cells_of(PEOPLE[0]))

    assert len(stored(book(fill))) == 1


def test_a_hidden_sheet_is_not_taken_for_the_data() -> None:
    def fill(workbook: openpyxl.Workbook) -> None:
        workbook["Sheet"].sheet_state = "hidden"
        shown = workbook.create_sheet("Lembar2")
        shown.append(list(HEADINGS))
        shown.append(cells_of(PEOPLE[0]))

    assert len(stored(book(fill))) == 1


def test_rows_keep_the_numbers_they_have_in_the_sheet() -> None:
    rows = [cells_of(PEOPLE[0]), [], [" "] * 5, cells_of(PEOPLE[1])]
    assert [number for number, _ in stored(xlsx_bytes(rows, above=["Judul", ""]))] == [4, 7]
    assert [number for number, _ in stored(csv_bytes(rows))] == [2, 5]


def test_the_empty_template_has_no_rows() -> None:
    stream = io.BytesIO()
    write_template(stream)
    assert refusal(stream.getvalue()).code is FileCode.NO_ROWS


def test_one_row_too_many_refuses_the_file() -> None:
    def lines(rows: int) -> Any:
        yield HEADINGS
        for number in range(rows):
            yield [str(number)]

    assert sum(len(batch.lines) for batch in read_rows(lines(MAX_ROWS), report_extra=False)) == MAX_ROWS
    with pytest.raises(RefusedFile) as refused:
        list(read_rows(lines(MAX_ROWS + 1), report_extra=False))
    assert refused.value.message == "Berkas berisi lebih dari 150.000 baris. Bagi menjadi beberapa berkas."


def test_a_cell_beyond_the_headings_is_reported_where_it_means_moved_cells() -> None:
    lines: Sequence[Sequence[Cell]] = [HEADINGS, ["1"] * len(HEADINGS) + ["", "x"], ["1"] * len(HEADINGS) + ["", " "]]
    (batch,) = read_rows(lines, report_extra=True)
    assert [EXTRA_CELLS in batch.raw_row(place) for place in (0, 1)] == [True, False]
    (batch,) = read_rows(lines, report_extra=False)
    assert [EXTRA_CELLS in batch.raw_row(place) for place in (0, 1)] == [False, False]


@pytest.mark.parametrize("change", [str.upper, str.lower, lambda text: f"  {text}\n", lambda text: text.rstrip(" *")])
def test_headings_are_known_whatever_their_case_and_spaces(change: Any) -> None:
    index, keys = find_header([[], [change(heading) for heading in HEADINGS]])
    assert (index, keys) == (1, [column.key for column in COLUMNS])


def test_other_names_of_a_column_running_numbers_and_blank_headings() -> None:
    headings = ["No.", *HEADINGS, "", None]
    headings[headings.index("Tanggal Mulai Kerja *")] = "TMT"
    _, keys = find_header([headings])
    assert keys == [None, *(column.key for column in COLUMNS), None, None]


@pytest.mark.parametrize(
    ("headings", "message"),
    [
        (
            [heading for heading in HEADINGS if not heading.startswith(("NIK", "Tanggal SK"))],
            "Kolom berikut tidak ada: NIK, Tanggal SK. Pakai judul kolom dari templat.",
        ),
        (
            [*HEADINGS, "Tangal Lulus", "Golongan"],
            'Kolom berikut tidak dikenal: "Tangal Lulus" (mungkin "Tanggal Lulus"), "Golongan". '
            "Hapus, atau pakai judul kolom dari templat.",
        ),
        ([*HEADINGS, "tmt"], "Kolom berikut ada lebih dari satu: Tanggal Mulai Kerja. Sisakan satu saja."),
    ],
)
def test_wrong_headings_are_named(headings: list[str], message: str) -> None:
    with pytest.raises(RefusedFile) as refused:
        find_header([headings])
    assert refused.value.message == message


def test_unknown_headings_are_told_by_the_first_and_without_numbers() -> None:
    data = [cell for cell in map(str, cells_of(PEOPLE[0])) if cell != "None"]
    many = [f"Kolom {n}" for n in range(100_000)]
    with pytest.raises(RefusedFile) as refused:
        find_header([[*HEADINGS, "9901014411699301", "Lahir 19-11-1992", *many, *data]])
    assert len(refused.value.message) < 1000
    assert "9901" not in refused.value.message
    assert "1992" not in refused.value.message
    assert "dan 100" in refused.value.message


def test_no_two_columns_share_a_heading() -> None:
    names = [(choice_key(name), column.key) for column in COLUMNS for name in (column.heading, *column.others)]
    assert len(dict(names)) == len({*names})
