"""Cells as offices and their programs really write them: each kind in a workbook and in a CSV file."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kernel.states import Category
from services.registration.eligibility.advice import Advice, Criterion
from services.registration.eligibility.assess import assess
from services.registration.eligibility.inputs import category_of, input_of
from services.registration.rows.check_row import CheckedRow, check_imported, check_row
from services.registration.rows.columns import BY_KEY, COLUMNS, MAY_BE_LEFT, REQUIRED
from services.registration.rows.row_body import RowBody
from tests.registration.imports.checking import check
from tools.sample.people import person
from tools.sample.sheets import cells_of, csv_bytes, xlsx_bytes

_OWN_CONTACT = {"hp", "email"}
"""What a person of the sample types himself; no office has registered it."""
SOUND = {
    column.key: value
    for column in COLUMNS
    if column.key not in _OWN_CONTACT and (value := person(1).get(column.key)) is not None
}
NONE = [
    "0",
    "00",
    "000",
    "-",
    "--",
    "\u2014",
    "nihil",
    "Tidak ada",
    "tdk ada",
    "n/a",
    "N/A",
    "null",
    "\uff10",
    "'0",
    "0-0",
]
ERRORS = ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA",
          "Err:502", "Err:508", "#####"]  # fmt: skip


def with_cells(**changes: Any) -> list[Any]:
    line = ["" if cell is None else cell for cell in cells_of(SOUND)]
    for place, column in enumerate(COLUMNS):
        line[place] = changes.get(column.key, line[place])
    return line


def in_xlsx(**changes: Any) -> CheckedRow:
    (row,) = check(xlsx_bytes([with_cells(**changes)]))
    return row.checked


def in_csv(**changes: Any) -> CheckedRow:
    (row,) = check(csv_bytes([with_cells(**changes)]))
    return row.checked


def codes(checked: CheckedRow) -> list[tuple[str, str]]:
    return [(problem.column, problem.code) for problem in (*checked.problems, *checked.warnings)]


@pytest.mark.parametrize("none", [*NONE, 0, 0.0])
def test_no_thk2_number_makes_nobody_thk2(none: Any) -> None:
    for checked in (in_xlsx(no_peserta_thk2=none), in_csv(no_peserta_thk2=none)):
        assert checked.row == SOUND
        assert not codes(checked)
        assert category_of(checked.row) is Category.NON_ASN


@pytest.mark.parametrize("none", NONE)
def test_no_thk2_number_in_a_form_or_an_older_row_makes_nobody_thk2(none: str) -> None:
    given = {**SOUND, **RowBody.model_validate({"no_peserta_thk2": none}).given()}
    assert category_of(given) is Category.NON_ASN
    assert check_row(given).row == SOUND


@pytest.mark.parametrize("number", ["1", "00012345", "0-1", "990100000001"])
def test_a_thk2_number_makes_somebody_thk2(number: str) -> None:
    checked = in_csv(no_peserta_thk2=number)
    assert checked.row is not None
    assert checked.row["no_peserta_thk2"] == number
    assert category_of(checked.row) is Category.THK_II


@given(st.from_regex(r"[0 .\-/]{1,12}", fullmatch=True))
def test_whatever_has_no_digit_but_zero_is_no_thk2_number(text: str) -> None:
    checked = check_row({**SOUND, "no_peserta_thk2": text})
    assert checked.row == SOUND


@pytest.mark.parametrize("key", ["nomor_ijazah", "nomor_sk"])
@pytest.mark.parametrize("none", [*NONE, 0])
def test_no_number_of_a_paper_is_none(key: str, none: Any) -> None:
    for checked in (in_xlsx(**{key: none}), in_csv(**{key: none})):
        assert checked.row is not None
        assert key not in checked.row
        assert checked.missing == ((key,) if key in REQUIRED else ())


@pytest.mark.parametrize("number", ["SK/BKD/XII", "Tanpa tahun", "0/1", "NA-1"])
def test_a_number_without_figures_stays(number: str) -> None:
    checked = in_csv(nomor_sk=number)
    assert checked.row is not None
    assert checked.row["nomor_sk"] == number


@pytest.mark.parametrize("error", ERRORS)
def test_an_error_of_a_formula_is_blank_in_csv(error: str) -> None:
    required = in_csv(nama=error)
    assert [(problem.column, problem.code) for problem in required.problems] == [("nama", "required")]
    draft = in_csv(unit_kerja=error, jabatan=error)
    assert draft.missing == ("jabatan", "unit_kerja")
    for key in ("sekolah", "tanggal_akhir", "pendidikan_sk", "nominal_honor", "no_peserta_thk2"):
        optional = in_csv(**{key: error})
        assert codes(optional) == [(key, "error-value")]
        assert optional.row is not None
        assert key not in optional.row


@pytest.mark.parametrize("name", ["Null", "Nihil Contoh", "Na", "Nil"])
def test_a_name_that_is_also_a_word_is_a_name(name: str) -> None:
    checked = in_csv(nama=name)
    assert checked.row is not None
    assert checked.row["nama"] == name


@pytest.mark.parametrize("sign", "'`\u00b4\u2018\u2019\u201b\u02bb\u02bc\u02bf\u201c")
def test_a_name_may_begin_with_any_apostrophe(sign: str) -> None:
    for name in (f"{sign}Aisyah Contoh", f"Nur {sign}Aini", f"Ma{sign}ruf"):
        for checked in (in_xlsx(nama=name), in_csv(nama=name)):
            assert checked.row is not None
            assert checked.row["nama"] == name


@pytest.mark.parametrize("level", ["Diploma I/II", "D-I/II", "D1/D2", "Strata I/II", "S-1/S-2", "Belum tamat SD"])
def test_two_levels_in_one_cell_are_asked_back(level: str) -> None:
    checked = in_csv(pendidikan=level)
    (problem,) = checked.problems
    assert (problem.column, problem.code) == ("pendidikan", "not-in-list")
    assert "D-II;" in problem.message


def test_two_offices_in_one_cell_are_asked_back() -> None:
    assert codes(in_csv(jenis_jabatan_penandatangan="Eselon I/II")) == [("jenis_jabatan_penandatangan", "not-in-list")]


@pytest.mark.parametrize("key", ["no_peserta_thk2", "nomor_ijazah", "nomor_sk"])
def test_a_number_whose_zeros_its_format_showed_is_warned_of(key: str) -> None:
    checked = in_xlsx(**{key: 12345})
    assert checked.row is not None
    assert checked.row.get(key) == "12345"
    assert codes(checked) == [(key, "zeros-lost")]
    assert not codes(in_xlsx(**{key: "00000012345"}))


def test_a_day_some_seconds_early_is_the_day_that_was_meant() -> None:
    for early in (12, 48):
        started = datetime(2021, 1, 2) - timedelta(seconds=early)  # noqa: DTZ001 - a cell has no zone
        for checked in (in_xlsx(tanggal_mulai=started), in_csv(tanggal_mulai=f"{started:%d/%m/%Y %H:%M:%S}")):
            assert checked.row is not None
            assert checked.row["tanggal_mulai"] == "2021-01-02"
            advice = {one.criterion: one.advice for one in assess(input_of(checked.row, active=True)).criteria}
            assert advice[Criterion.MASA_KERJA] is Advice.TIDAK, "364 days; 365 if it were cut to 1 January"


def test_a_day_hours_off_is_asked_back() -> None:
    utc = datetime(2021, 1, 1, 17)  # noqa: DTZ001 - 2 January in Jakarta
    for checked in (in_xlsx(tanggal_mulai=utc), in_csv(tanggal_mulai="2021-01-01T17:00:00.000Z")):
        assert codes(checked) == [("tanggal_mulai", "date-time")]
        assert "Tulis tanggalnya saja" in checked.problems[0].message


@pytest.mark.parametrize(
    ("key", "cell", "code"),
    [
        ("nominal_honor", "sejuta", "money"),
        ("nominal_honor", 1e15, "money-range"),
        ("tanggal_lulus", "2012", "date-format"),
        ("pendidikan_sk", "Diploma I/II", "not-in-list"),
        ("sekolah", "x" * 121, "too-long"),
        ("konversi_jabatan", "=A1", "formula"),
        ("jabatan_penandatangan", date(2021, 1, 1), "not-text"),
        ("nomor_ijazah", 1.5, "number-too-long"),
    ],
)
def test_an_optional_cell_nobody_can_read_costs_no_row(key: str, cell: Any, code: str) -> None:
    checked = in_xlsx(**{key: cell})
    assert checked.row == {name: value for name, value in SOUND.items() if name != key}
    assert codes(checked) == [(key, code)]
    assert "dikosongkan" in checked.warnings[0].message
    assert codes(check_row({**SOUND, key: cell})) == [(key, code)], "in a form it is a problem of its field"


@pytest.mark.parametrize(
    ("key", "cell"),
    [
        ("no_peserta_thk2", "ada di map"),
        ("tanggal_akhir", "bulan depan"),
        ("jenis_jabatan_penandatangan", "Ketua RT"),
        ("tanggal_lahir", "?"),
        ("nik", "1"),
    ],
)
def test_a_cell_on_which_a_verdict_hangs_is_asked_back(key: str, cell: str) -> None:
    checked = in_csv(**{key: cell})
    assert checked.row is None
    assert [problem.column for problem in checked.problems] == [key]


def test_what_may_be_left_is_optional_and_decides_nothing() -> None:
    assert not MAY_BE_LEFT & (REQUIRED | {"no_peserta_thk2", "tanggal_akhir", "jenis_jabatan_penandatangan"})
    assert BY_KEY.keys() > MAY_BE_LEFT


def test_every_problem_is_told_where_a_needed_cell_is_wrong_too() -> None:
    checked = check_imported({**SOUND, "nominal_honor": "sejuta", "tanggal_sk": "?"})
    assert codes(checked) == [("tanggal_sk", "date-format"), ("nominal_honor", "money")]


@pytest.mark.parametrize(
    "honor", ["1500000.0", "1500000,0", "1500000.00", "1.500.000,0", "\uff11\uff15\uff10\uff10\uff10\uff10\uff10"]
)
def test_an_honor_as_programs_write_it_is_read(honor: str) -> None:
    checked = in_csv(nominal_honor=honor)
    assert checked.row is not None
    assert checked.row["nominal_honor"] == 1_500_000


@pytest.mark.parametrize(
    "end", ["sekarang", "s/d sekarang", "s.d. sekarang", "Saat ini", "masih aktif", "00/01/1900", 0]
)
def test_an_end_that_has_not_come_is_blank(end: Any) -> None:
    checked = in_csv(tanggal_akhir=end)
    assert checked.row == {key: value for key, value in SOUND.items() if key != "tanggal_akhir"}
    assert not codes(checked)


UNSEEN = "\u200b\u200d\u200e\u202a\u202c\u2060\u2066\ufeff\ufe0f\u00ad"


@given(st.sampled_from(sorted(SOUND)), st.sampled_from(UNSEEN), st.data())
def test_invisible_signs_change_no_cell(key: str, sign: str, data: st.DataObject) -> None:
    text = str(cells_of(SOUND)[list(BY_KEY).index(key)])
    place = data.draw(st.integers(0, len(text)))
    assert check_row({**SOUND, key: f"{sign}{text[:place]}{sign}{text[place:]}"}).row == SOUND


@pytest.mark.parametrize("between", ["\u2011", "\u2010", "\u2013", "\u2212", "\u00a0", "\u202f", "\u2019", "."])
def test_a_nik_is_read_as_it_is_seen(between: str) -> None:
    nik = SOUND["nik"]
    for pasted in (between.join((nik[:6], nik[6:12], nik[12:])), f"\u202a{nik}\u202c", nik.translate(WIDE)):
        for checked in (in_xlsx(nik=pasted), in_csv(nik=pasted)):
            assert checked.row == SOUND


WIDE = {ord("0") + digit: 0xFF10 + digit for digit in range(10)}
