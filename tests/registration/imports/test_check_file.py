"""A file checked by columns, batch by batch, is answered exactly as if every row had gone to `check_imported` alone."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registration.imports.check_file import check_file
from services.registration.imports.checked_batch import FileRow
from services.registration.imports.chunk import decode_chunk, encode_chunk
from services.registration.imports.read_rows import read_rows
from services.registration.imports.refused_file import RefusedFile
from services.registration.rows.check_row import CheckedRow, check_imported
from services.registration.rows.clean_row import is_blank
from services.registration.rows.columns import COLUMNS, EXTRA_CELLS
from services.registration.rows.row_problems import RowCode, row_problem
from tools.sample.people import person
from tools.sample.sheets import HEADINGS, cells_of

WIDTH = len(COLUMNS)
PLACES = {column.key: place for place, column in enumerate(COLUMNS)}
Line = Sequence[Any]


def by_columns(lines: Sequence[Line], *, report_extra: bool = False, at_once: int = 240) -> list[FileRow]:
    batches = list(check_file(read_rows([HEADINGS, *lines], report_extra=report_extra, at_once=at_once)))
    rows = [row for batch in batches for row in batch.rows()]
    assert [row for batch in batches for row in decode_chunk(encode_chunk(batch))] == rows
    assert sum(map(len, batches)) == len(rows)
    return rows


def row_by_row(lines: Sequence[Line], *, report_extra: bool) -> Iterator[FileRow]:
    claimed: dict[str, int] = {}
    for number, line in enumerate(lines, start=2):
        raw = {column.key: cell for column, cell in zip(COLUMNS, line) if cell != ""}  # noqa: B905
        if report_extra and not all(map(is_blank, line[WIDTH:])):
            raw[EXTRA_CELLS] = "…"
        if all(map(is_blank, raw.values())):
            continue
        checked = check_imported(raw)
        first = claimed.setdefault(checked.row["nik"], number) if checked.row else number
        if first == number:
            yield FileRow(number, checked)
        else:
            problem = row_problem("nik", RowCode.DUPLICATE, first=first)
            yield FileRow(number, CheckedRow(None, checked.name, (problem,)), first)


PERSONS = [["" if cell is None else cell for cell in cells_of(person(seed))] for seed in range(8)]
NUMBERS = st.sampled_from([0, 1, 1.0, 0.0, -0.0, True, False, 2, 2.0, 1e16, float("nan"), 1500000.0, 44561])
SPELLINGS = st.sampled_from(
    [
        *("", " ", "-", "=1", "0", "1", "S1", "l", "Rp 5", "31-12-2021", "31-02-2021", "2021-12-31", "1.5E+15"),
        *("1" * 16, "9901010101900002", "9901014101500000", "9999014101500001", "9901014101500001 "),
        *("SD 3", "SMA 17 Agustus 1945", "Budi 9901014101500001", "a@contoh.id", "SD 081299990000", "SD 5 Mei 1970"),
        *("#N/A", "Err:502", "###", "nihil", "Tidak ada", "000", "null", "sekarang", "Diploma I/II", "D-IV/S-1"),
        *("\u2018Aisyah", "\uff33iti", "Nur\u2011Aini", "\u3164", "9901\u20110101", "SK/XII", "sejuta", "1500000.0"),
        *(" Siti ", "Dra. Siti, M.Pd.", "Ust Budi", "e\u0301", "\u200b"),
    ]
)
CELLS = st.one_of(
    SPELLINGS,
    NUMBERS,
    st.text(max_size=20),
    st.sampled_from([cell for cells in PERSONS for cell in cells]),
    st.integers(),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


@st.composite
def lines(draw: st.DrawFn) -> Line:
    """Somebody's cells, a few of them exchanged; now and then a line too short, too long, or blank."""
    line = list(draw(st.sampled_from([*PERSONS, *PERSONS, [""] * WIDTH])))
    for place, cell in draw(st.dictionaries(st.integers(0, WIDTH - 1), CELLS, max_size=3)).items():
        line[place] = cell
    return [*line, *draw(st.lists(SPELLINGS, max_size=2))][: draw(st.sampled_from([WIDTH, WIDTH + 2, WIDTH - 3, 1]))]


@given(st.lists(lines(), min_size=1, max_size=8), st.booleans(), st.integers(1, 5))
def test_a_batch_says_what_its_rows_say_alone(drawn: list[Line], report_extra: bool, at_once: int) -> None:
    expected = list(row_by_row(drawn, report_extra=report_extra))
    if not expected:
        with pytest.raises(RefusedFile):
            by_columns(drawn, report_extra=report_extra, at_once=at_once)
    else:
        assert by_columns(drawn, report_extra=report_extra, at_once=at_once) == expected


@given(st.sampled_from(sorted(PLACES)), st.lists(CELLS, min_size=1, max_size=6))
def test_one_column_of_any_cells_is_read_as_its_rows_are(key: str, cells: list[Any]) -> None:
    drawn = [[*line] for line in PERSONS[: len(cells)]]
    for line, cell in zip(drawn, cells, strict=True):
        line[PLACES[key]] = cell
    assert by_columns(drawn) == list(row_by_row(drawn, report_extra=False))


def test_an_optional_column_may_be_absent() -> None:
    kept = [place for place, column in enumerate(COLUMNS) if column.required]
    sheet = [[line[place] for place in kept] for line in ([*HEADINGS], PERSONS[0])]
    (batch,) = check_file(read_rows(sheet, report_extra=False))
    (row,) = batch.rows()
    assert row == FileRow(2, check_imported({COLUMNS[place].key: PERSONS[0][place] for place in kept}))


def test_plain_rows_stay_in_columns_and_only_the_others_are_explained() -> None:
    odd = [*PERSONS[1]]
    odd[PLACES["tanggal_lahir"]] = date(1950, 1, 1)
    (batch,) = check_file(read_rows([HEADINGS, PERSONS[0], odd, PERSONS[2], PERSONS[0]], report_extra=False))
    assert list(batch.numbers) == [2, 4]
    assert [(row.number, row.first) for row in batch.others] == [(3, None), (5, 2)]


def test_a_refused_row_does_not_hide_a_later_good_one() -> None:
    refused = [*PERSONS[0]]
    refused[PLACES["tanggal_sk"]] = "kemarin"
    rows = by_columns([refused, PERSONS[0], PERSONS[0]], at_once=1)
    assert [(row.checked.row is None, row.first) for row in rows] == [(True, None), (False, None), (True, 3)]
