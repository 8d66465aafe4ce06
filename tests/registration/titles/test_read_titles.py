"""What a list of titles may look like, and what is said of one that may not."""

import io
from datetime import date, datetime
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from services.kernel.bounded import WorkerError
from services.registration.model.title_list import ListedTitle
from services.registration.titles import read_titles as reading
from services.registration.titles.read_bounded import read_bounded, to_wire
from services.registration.titles.read_titles import MAX_BYTES, MAX_TITLES, digest_of, read_titles
from tests.registration.titles.lists import HEADINGS, LETTER, Line, csv_of, lines_of

TODAY = date(2022, 9, 1)


def workbook(lines: list[Line], headings: tuple[str, ...] = HEADINGS, above: int = 0) -> bytes:
    """The lines as an office's workbook, days as days, with so many lines above the headings."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        book.add_worksheet("Catatan").write(0, 0, "Lampiran surat")
        sheet, days = book.add_worksheet("Lampiran"), book.add_format({"num_format": "dd-mm-yyyy"})
        for row, line in enumerate([headings, *lines], above):
            for column, cell in enumerate(line):
                if isinstance(cell, datetime):
                    sheet.write_datetime(row, column, cell, days)
                else:
                    sheet.write(row, column, cell)
    return file.getvalue()


def codes(content: bytes) -> list[tuple[str, int | None]]:
    """The faults of a file, by code and line."""
    found = read_titles(content, TODAY)
    assert not found.titles
    return [(fault.code, fault.row) for fault in found.faults]


def test_the_same_list_is_read_from_csv_and_workbook_and_has_one_digest() -> None:
    as_text = read_titles(csv_of(lines_of("Sopir Ambulans", "Juru Masak")), TODAY)
    days = [datetime.fromisoformat(day) for day in LETTER[1:]]
    cells: list[Line] = [(1, "JURU  MASAK", LETTER[0], *days), (2, "sopir ambulans", LETTER[0].lower(), *days)]
    as_cells = read_titles(workbook(cells, above=4), TODAY)
    assert as_text.titles == (
        ListedTitle("Sopir Ambulans", LETTER[0], date(2022, 8, 25), date(2022, 8, 30)),
        ListedTitle("Juru Masak", LETTER[0], date(2022, 8, 25), date(2022, 8, 30)),
    )
    assert [one.title for one in as_cells.titles] == ["JURU MASAK", "sopir ambulans"]
    assert digest_of(as_text.titles) == digest_of(as_cells.titles)
    assert digest_of(as_text.titles) != digest_of(as_text.titles[:1])


def test_days_in_words_are_read_and_blank_lines_left_out() -> None:
    lines: list[Line] = [(1, "Sopir", "B/1/2022", "25 Agustus 2022", "30-08-2022"), ("", "", "", "", "")]
    (title,) = read_titles(csv_of(lines), TODAY).titles
    assert (title.letter_date, title.effective) == (date(2022, 8, 25), date(2022, 8, 30))


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (
            csv_of(lines_of("Sopir"), ("No", "Jabatan", "Nomor surat", "Tanggal surat", "Catatan")),
            ("columns-missing", None),
        ),
        (csv_of([(*line, "x") for line in lines_of("Sopir")], (*HEADINGS, "Catatan")), ("columns-unknown", None)),
        (
            csv_of([(*line, "x") for line in lines_of("Sopir")], (*HEADINGS, "Nama jabatan")),
            ("columns-duplicate", None),
        ),
        (csv_of([]), ("no-titles", None)),
        (b"", ("no-titles", None)),
        (csv_of(lines_of(*map("Sopir {}".format, "abcdefghijkl" * 90))), ("too-many-titles", None)),
        (b"%PDF-1.7", ("file-type", None)),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ("file-old-excel", None)),
        (b"PK\x03\x04 no archive", ("file-damaged", None)),
        (b"\x00" * 40, ("file-encoding", None)),
        (b" " * (MAX_BYTES + 1), ("file-too-large", None)),
        (csv_of([(1, " ", *LETTER)]), ("title-invalid", 2)),
        (csv_of([(1, "S" * 101, *LETTER)]), ("title-invalid", 2)),
        (csv_of([(1, "Sopir 081234567890", *LETTER)]), ("title-invalid", 2)),
        (csv_of([(1, "---", *LETTER)]), ("title-invalid", 2)),
        (csv_of([(1, "Sopir", "", *LETTER[1:])]), ("letter-invalid", 2)),
        (csv_of([(1, "Sopir", LETTER[0], "kemarin", LETTER[2])]), ("date-invalid", 2)),
        (csv_of([(1, "Sopir", LETTER[0], LETTER[1], "25/8/22")]), ("date-invalid", 2)),
        (csv_of([(1, "Sopir", LETTER[0], "2022-09-02", "2022-09-02")]), ("letter-in-the-future", 2)),
        (csv_of([(1, "Sopir", LETTER[0], "2022-08-25", "2022-08-24")]), ("effective-before-letter", 2)),
        (csv_of(lines_of("Sopir", "Satpam", "SOPIR.")), ("title-twice", 4)),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_one_fault_refuses_the_list_with_its_code_and_line(content: bytes, found: tuple[str, int | None]) -> None:
    assert codes(content)[0] == found


def test_a_day_in_the_past_and_the_day_of_the_letter_are_taken() -> None:
    """Letters hold from the day they are signed; they reach bkn later."""
    assert read_titles(csv_of([(1, "Sopir", LETTER[0], "2022-05-31", "2022-05-31")]), TODAY).titles
    assert read_titles(csv_of([(1, "Sopir", LETTER[0], "2022-09-01", "2022-12-01")]), TODAY).titles


def test_every_fault_is_told_up_to_twenty_and_no_title_is_taken() -> None:
    bad: list[Line] = [(number, "", "", "", "") if number % 2 else (number, "", *LETTER) for number in range(2, 61)]
    found = codes(csv_of(bad))
    assert len(found) == 21
    assert found[-1][0] == "more-faults"
    assert codes(csv_of(lines_of(*map("Sopir {}".format, range(MAX_TITLES + 1)))))[0] == ("too-many-titles", None)
    assert len(read_titles(csv_of(lines_of(*map("Sopir {}".format, range(MAX_TITLES)))), TODAY).titles) == MAX_TITLES


def test_what_nobody_thought_of_is_an_answer_too(monkeypatch: pytest.MonkeyPatch) -> None:
    broken: Any = object()
    assert [fault.code for fault in reading.read_titles(broken, TODAY).faults] == ["file-unreadable"]


def test_it_is_read_in_a_process_of_its_own() -> None:
    content = csv_of(lines_of("Sopir", "Satpam"))
    assert read_bounded(content, TODAY) == read_titles(content, TODAY)
    assert b"Sopir" in to_wire(read_titles(content, TODAY))
    assert issubclass(WorkerError, RuntimeError)


@given(st.lists(st.sampled_from(["Sopir", "Satpam", "Juru Masak", "Penjaga Malam"]), unique=True, min_size=1))
def test_the_digest_knows_no_order(titles: list[str]) -> None:
    read = read_titles(csv_of(lines_of(*titles)), TODAY).titles
    assert digest_of(read) == digest_of(reversed(read))
