"""The answer file has a line for every row, says what to fix, and holds nothing that runs."""

import io
from typing import Any

import openpyxl
import pytest

from services.registration.imports.answers import ANSWERS_SHEET, SUMMARY_SHEET, safe_text
from services.registration.imports.answers import write_answers_xlsx as write
from services.registration.model.import_job import Outcome
from services.registration.rows.answer import Answer
from services.registration.rows.row_problems import RowProblem
from tests.registration.imports.checking import check
from tools.sample.faults import FAULTS
from tools.sample.people import people

SITE = "https://contoh.example"


def read_back(answers: list[Answer]) -> tuple[list[list[Any]], dict[str, int]]:
    stream = io.BytesIO()
    write(stream, iter(answers), SITE)
    workbook = openpyxl.load_workbook(stream)
    lines: list[list[Any]] = [[cell.value for cell in line] for line in workbook[ANSWERS_SHEET].iter_rows(min_row=2)]
    summary: dict[Any, Any] = {line[0].value: line[1].value for line in workbook[SUMMARY_SHEET].iter_rows(min_row=2)}
    return lines, summary


def answer_to(name: str) -> list[Answer]:
    rows = check(FAULTS[name].make(people(5)))
    return [
        Answer(
            row.number,
            Outcome.DUPLIKAT if row.first else Outcome.DITERIMA if row.checked.row else Outcome.DITOLAK,
            row.checked.name,
            problems=row.checked.problems,
            warnings=row.checked.warnings,
            missing=row.checked.missing,
        )
        for row in rows
    ]


def test_every_row_has_its_line() -> None:
    lines, summary = read_back(answer_to("nik-ganda.xlsx"))
    assert [line[0] for line in lines] == [2, 3, 4, 5, 6, 7]
    assert (summary["Diterima"], summary["Duplikat"], summary["Jumlah"]) == (5, 1, 6)


@pytest.mark.parametrize(
    ("name", "outcome", "column", "words"),
    [
        ("nik-angka.xlsx", "Ditolak", "NIK", "ketik ulang 16 angka"),
        ("belum-lengkap.xlsx", "Draf", "Nomor SK, Tanggal SK", "Lengkapi: Nomor SK, Tanggal SK."),
        ("koma-tanpa-kutip.csv", "Ditolak", "(kolom lebih)", "tanda kutip"),
    ],
)
def test_a_line_says_where_and_what_to_do(name: str, outcome: str, column: str, words: str) -> None:
    (line, *_), _ = read_back(answer_to(name))
    assert (line[1], line[5]) == (outcome, column)
    assert words in line[6]


def test_warnings_stand_apart_from_what_must_be_done() -> None:
    (line, *_), _ = read_back(answer_to("gelar-dalam-nama.xlsx"))
    assert (line[1], line[6]) == ("Diterima", "")
    assert "gelar" in line[7]


def test_a_line_says_which_criterion_does_not_pass_and_where_the_record_is() -> None:
    why = RowProblem("MASA_KERJA", "TIDAK", "Masa kerja 364 hari.")
    (line, other), _ = read_back(
        [Answer(2, Outcome.DITERIMA, "Siti", overall="TIDAK", pid="p1", criteria=[why]), Answer(3, Outcome.DITOLAK)]
    )
    assert line[4] == "Tidak sesuai"
    assert line[8:10] == ["Masa kerja: Masa kerja 364 hari.", f"{SITE}/instansi/orang/detail/?id=p1"]
    assert not any(other[8:])


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_has_words(outcome: Outcome) -> None:
    (line,), summary = read_back([Answer(2, outcome, "Siti Contoh", overall="PERLU_DITINJAU")])
    assert summary[line[1]] == 1
    assert line[4] == "Perlu ditinjau"
    assert outcome is Outcome.DITERIMA or line[6]


@pytest.mark.parametrize(
    "name",
    [
        *("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\n=1", " =1", '=HYPERLINK("http://contoh")'),
        *("\uff1d1+1", "\uff0b1", "\uff0d1", "\uff20SUM(A1)", "\ufe62" + "1", "\u200b=1"),
    ],
)
def test_a_name_that_looks_like_a_formula_is_a_harmless_text(name: str) -> None:
    stream = io.BytesIO()
    write(stream, [Answer(2, Outcome.DITOLAK, name)], SITE)
    cell = openpyxl.load_workbook(stream)[ANSWERS_SHEET]["C2"]
    assert (cell.data_type, cell.value) == ("s", f"'{name}")


def test_other_texts_are_left_alone() -> None:
    assert safe_text("Siti-Aminah +1") == "Siti-Aminah +1"
    assert safe_text("") == ""


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_every_sign_a_formula_may_begin_with_is_made_text(sign: str) -> None:
    assert safe_text(f"{sign}1") == f"'{sign}1"
