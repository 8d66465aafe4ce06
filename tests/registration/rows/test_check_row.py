"""One row: what is stored, what is refused with which code, what is only warned of, what makes a draft."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registration.model.person_row import PersonRow
from services.registration.rows.check_row import CheckedRow, check_row
from services.registration.rows.clean_row import clean_row
from services.registration.rows.columns import BY_KEY, COLUMNS, EXTRA_CELLS, REQUIRED, Column, Kind
from services.registration.rows.read_row import read_row
from services.registration.rows.readers import TEXTS
from tools.sample.people import people, person

SOUND = {key: value for key, value in person(1).items() if key in BY_KEY}


def check(**changes: Any) -> CheckedRow:
    return check_row({**SOUND, **changes})


def codes(checked: CheckedRow) -> list[tuple[str, str]]:
    return [(problem.column, problem.code) for problem in checked.problems]


def test_the_columns_are_the_fields_of_a_row() -> None:
    """Every field that code asks for by its name is a column, of the type that its cells are read as."""
    stored = {column.key: int if column.kind is Kind.MONEY else str for column in COLUMNS}
    assert PersonRow.__annotations__.items() <= stored.items()


def test_a_sound_row_is_stored_as_it_is() -> None:
    checked = check_row(SOUND)
    assert checked.row == SOUND
    assert not checked.problems + checked.warnings
    assert not checked.is_draft


def test_a_stored_row_is_a_sound_row_again() -> None:
    for made in people(50):
        row = check_row({key: made.get(key) for key in BY_KEY}).row
        assert row is not None
        assert check_row(row).row == row


@pytest.mark.parametrize(
    ("cell", "stored"),
    [
        (date(2021, 12, 31), "2021-12-31"),
        (datetime(2021, 12, 31), "2021-12-31"),  # noqa: DTZ001 - as a spreadsheet gives it
        (datetime(2021, 12, 31, 23, 59, 48), "2022-01-01"),  # noqa: DTZ001 - SheetJS in Jakarta
        (datetime(2021, 12, 31, 23, 55), "2022-01-01"),  # noqa: DTZ001
        (datetime(2021, 12, 31, 0, 5), "2021-12-31"),  # noqa: DTZ001
        ("2021-12-31 23:59:48", "2022-01-01"),
        ("2021-12-31T23:59:12.000Z", "2022-01-01"),
        ("2021-12-31T00:00:00.000Z", "2021-12-31"),
        ("31/12/2021 00:00", "2021-12-31"),
        ("31 Desember 2021 00:00", "2021-12-31"),
        ("\u0663\u0661/\u0661\u0662/\u0662\u0660\u0662\u0661", "2021-12-31"),
        ("\uff13\uff11-12-2021", "2021-12-31"),
        ("31\u201112\u20112021", "2021-12-31"),
        ("\u200e31\u00a0Desember\u00a02021\u200b", "2021-12-31"),
        ("31 desem 2021", "2021-12-31"),
        ("2021-12-31", "2021-12-31"),
        ("2021/12/31", "2021-12-31"),
        ("2021-12-31 00:00:00", "2021-12-31"),
        ("31-12-2021", "2021-12-31"),
        ("31/12/2021", "2021-12-31"),
        ("31.12.2021", "2021-12-31"),
        (" 1 / 2 / 2021", None),
        ("1/2/2021", "2021-02-01"),
        ("31 Desember 2021", "2021-12-31"),
        ("31 des 2021", "2021-12-31"),
        ("31-Dec-2021", "2021-12-31"),
        ("17 Agustus 2021", "2021-08-17"),
        ("17 Agt 2021", "2021-08-17"),
        ("29 Februari 2020", "2020-02-29"),
        ("5 Nopember 2021", "2021-11-05"),
        ("12 Peb 2021", "2021-02-12"),
    ],
)
def test_dates_as_offices_write_them(cell: Any, stored: str | None) -> None:
    row = check(tanggal_sk=cell).row
    assert (row and row.get("tanggal_sk")) == stored


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("31-02-2021", "date-impossible"),
        ("29 Februari 2021", "date-impossible"),
        ("32-01-2021", "date-impossible"),
        ("12/31/2021", "date-order"),
        ("31-12-21", "date-year"),
        ("31 Des 21", "date-year"),
        ("31-12-1899", "date-year"),
        ("31-12-2101", "date-year"),
        (date(1899, 12, 31), "date-year"),
        ("kemarin", "date-format"),
        ("17 Junuari 2021", "date-format"),
        ("31 De 2021", "date-format"),
        (datetime(2021, 12, 31, 17, 5), "date-time"),  # noqa: DTZ001
        (datetime(2021, 12, 31, 17), "date-time"),  # noqa: DTZ001 - 1 January in Jakarta, exported in UTC
        (datetime(2021, 12, 31, 23, 54, 59), "date-time"),  # noqa: DTZ001
        (datetime(2021, 12, 31, 0, 5, 1), "date-time"),  # noqa: DTZ001
        (datetime(9999, 12, 31, 23, 59), "date-year"),  # noqa: DTZ001
        ("2021-12-31T17:00:00.000Z", "date-time"),
        ("2021-12-31 08:30", "date-time"),
        ("2021-12-31 25:00", "date-time"),
        (44560.99986, "date-number"),
        ("31 Desembur 2x21", "date-format"),
        ("2021", "date-format"),
        (44561, "date-number"),
        (44561.0, "date-number"),
        (True, "date-number"),
        (time(1, 2), "date-number"),
        (timedelta(1), "date-number"),
    ],
)
def test_dates_nobody_can_read(cell: Any, code: str) -> None:
    assert codes(check(tanggal_sk=cell)) == [("tanggal_sk", code)]


@pytest.mark.parametrize(
    "cell", ["9901010101900002", " 9901010101900002", "'9901010101900002", "9901 0101 0190 0002", "9901.0101.0190.0002"]
)
def test_a_nik_is_read_with_the_separators_people_put_in(cell: str) -> None:
    row = check(nik=cell).row
    assert row is not None
    assert row["nik"] == "9901010101900002"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (9901010101900002, "nik-number"),
        (9901010101900002.0, "nik-number"),
        ("9.90101E+15", "nik-scientific"),
        ("9,90101010190e15", "nik-scientific"),
        ("99010101019000021", "nik-length"),
        ("990101010190000", "nik-length"),
        ("NIK 9901010101900002", "nik-length"),
        ("=A1", "formula"),
        ("9901010001900002", "nik-day"),
        ("9901010113900002", "nik-month"),
        ("9901013102900002", "nik-date"),
        ("9901010101900000", "nik-serial"),
        ("9999999999999999", "nik-repeated"),
        (True, "not-text"),
        (date(2021, 1, 1), "not-text"),
        ([], "not-text"),
        (None, "required"),
        ("", "required"),
        ("-", "required"),
    ],
)
def test_niks_that_are_none(cell: Any, code: str) -> None:
    assert codes(check(nik=cell)) == [("nik", code)]


def test_a_refused_row_keeps_the_name_and_tells_no_cell() -> None:
    checked = check(nik="9901010001900002", tanggal_sk="kemarin sore", nama="Budi Contoh")
    assert checked.row is None
    assert checked.name == "Budi Contoh"
    assert not any("9901" in text or "sore" in text for _, _, text in checked.problems)


def test_every_problem_of_a_row_is_told_in_the_order_of_the_columns() -> None:
    checked = check(nik="1", tanggal_sk="?", sumber_pembayaran="Kas RT", jabatan="x" * 101)
    assert codes(checked) == [
        ("nik", "nik-length"),
        ("tanggal_sk", "date-format"),
        ("jabatan", "too-long"),
        ("sumber_pembayaran", "not-in-list"),
    ]


@pytest.mark.parametrize(
    ("key", "cell", "stored"),
    [
        ("hp", "0812-3456-7890", "+6281234567890"),
        ("hp", 81234567890, "+6281234567890"),
        ("hp", "+62 812 3456 7890", "+6281234567890"),
        ("hp", "tidak ada", None),
        ("hp", "0", None),
        ("email", " siti@contoh.id ", "siti@contoh.id"),
        ("email", "-", None),
        ("jenis_kelamin", "laki-laki", "L"),
        ("jenis_kelamin", "WANITA", "P"),
        ("pendidikan", "S-1", "S1"),
        ("pendidikan", "SMA", "SLTA"),
        ("pendidikan", "Diploma III", "D3"),
        ("sumber_pembayaran", "Dana BOS", "BOS"),
        ("sumber_pembayaran", "akun 52", "AKUN_52"),
        ("sumber_pembayaran", 52.0, "AKUN_52"),
        ("sumber_pembayaran", "BLUD", "BLU_BLUD"),
        ("jenis_jabatan_penandatangan", "Kepala Sekolah", "KEPALA_UNIT"),
        ("nominal_honor", 1500000.0, 1_500_000),
        ("nominal_honor", "1.500.000", 1_500_000),
        ("nominal_honor", "Rp 1.500.000,00", 1_500_000),
        ("nominal_honor", "Rp. 1.500.000,-", 1_500_000),
        ("nominal_honor", "1,500,000", 1_500_000),
        ("nominal_honor", 0, 0),
        ("nomor_sk", 123.0, "123"),
        ("no_peserta_thk2", 990100000001.0, "990100000001"),
        ("nama", "  Siti\u00a0 Contoh ", "Siti Contoh"),
        ("nama", "Andre\u0301", "Andr\u00e9"),
        ("unit_kerja", "SD\nNegeri 1", "SD Negeri 1"),
        ("unit_kerja", '"SD" Negeri', '"SD" Negeri'),
    ],
)
def test_what_an_office_means_is_stored(key: str, cell: Any, stored: Any) -> None:
    row: Any = check(**{key: cell}).row
    assert row.get(key) == stored


@pytest.mark.parametrize(
    ("key", "cell", "code"),
    [
        ("hp", "0212345678", "phone"),
        ("hp", True, "phone"),
        ("email", "siti", "email"),
        ("email", 7, "email"),
        ("jenis_kelamin", "X", "not-in-list"),
        ("jenis_kelamin", True, "not-in-list"),
        ("sumber_pembayaran", 12.5, "not-in-list"),
        ("nominal_honor", "sejuta", "money"),
        ("nominal_honor", "1.5", "money"),
        ("nominal_honor", True, "money"),
        ("nominal_honor", -1, "money-range"),
        ("nominal_honor", 1e15, "money-range"),
        ("nominal_honor", float("nan"), "money"),
        ("nominal_honor", float("inf"), "money-range"),
        ("nomor_sk", 1e15, "number-too-long"),
        ("nomor_sk", 1.5, "number-too-long"),
        ("nomor_sk", float("inf"), "number-too-long"),
        ("no_peserta_thk2", "ada di map", "not-digits"),
        ("nama", "=HYPERLINK(1)", "formula"),
        ("nama", "@cmd", "formula"),
        ("unit_kerja", "+62", "formula"),
        ("unit_kerja", "-1 SD", "formula"),
        ("unit_kerja", "\uff1d1+1", "formula"),
        ("nama", "\uff20cmd", "formula"),
        ("nama", "Siti 9901014411699301", "personal-number"),
        ("unit_kerja", "SD Negeri 1 / 9901 0169 1182 9302", "personal-number"),
        ("jabatan", "Guru Kelas NIK 9901016712829303", "personal-number"),
        ("unit_kerja", "Dinas Contoh HP 089993040000", "personal-number"),
        ("jabatan", "Guru (guru@contoh.id)", "personal-number"),
        ("unit_kerja", "Dinas Contoh 1977-01-27", "personal-number"),
        ("nama", "Siti\u0007Contoh", "unreadable"),
        ("nama", {"a": 1}, "not-text"),
        ("jabatan", date(2021, 1, 1), "not-text"),
        ("nama", "x" * 101, "too-long"),
        (EXTRA_CELLS, "x", "extra-cells"),
        ("golongan", "x", "unknown-column"),
    ],
)
def test_what_nobody_can_mean_is_refused(key: str, cell: Any, code: str) -> None:
    assert codes(check(**{key: cell})) == [(key, code)]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"tanggal_mulai": "2020-01-02", "tanggal_akhir": "2020-01-01"}, ("tanggal_akhir", "end-before-start")),
        ({"tanggal_lahir": "1990-01-02", "tanggal_mulai": "1990-01-01"}, ("tanggal_mulai", "start-before-birth")),
    ],
)
def test_dates_of_a_row_are_compared(changes: dict[str, str], problem: tuple[str, str]) -> None:
    assert codes(check(**changes)) == [problem]


def test_a_day_of_work_may_be_one_day() -> None:
    assert not check(tanggal_mulai="2020-01-02", tanggal_akhir="2020-01-02").problems


@pytest.mark.parametrize(
    ("changes", "warnings"),
    [
        ({"nama": "Dr. Siti Contoh, M.Pd."}, ["title-in-name"]),
        ({"nik": "9901014101500001", "tanggal_lahir": "1950-01-01", "jenis_kelamin": "L"}, ["nik-sex"]),
        ({"nik": "9901014101500001", "tanggal_lahir": "1950-01-02", "jenis_kelamin": "P"}, ["nik-birth-date"]),
        ({"nik": "9999014101500001", "tanggal_lahir": "1950-01-01", "jenis_kelamin": "P"}, ["nik-area"]),
        ({"nik": "0199014101500001", "tanggal_lahir": "1950-01-01", "jenis_kelamin": "P"}, ["nik-area"]),
    ],
)
def test_what_is_odd_is_warned_of_and_stored(changes: dict[str, str], warnings: list[str]) -> None:
    checked = check(**changes)
    assert checked.row is not None
    assert [warning.code for warning in checked.warnings] == warnings


@pytest.mark.parametrize("key", sorted(REQUIRED - {"nik", "nama"}))
def test_a_sound_row_without_a_required_field_is_a_draft(key: str) -> None:
    checked = check(**{key: None})
    assert checked.row is not None
    assert checked.missing == (key,)
    assert checked.is_draft


def test_a_malformed_value_is_refused_even_in_a_draft() -> None:
    assert check(nomor_sk=None, tanggal_sk="?").row is None


@pytest.mark.parametrize("column", ["nama", "jabatan", "unit_kerja"])
@pytest.mark.parametrize("text", ["{} November 1992", "{}-Nov-92", "{}111992", "{}.XI.1992"])
def test_a_published_text_with_the_rows_own_birth_date_is_refused(column: str, text: str) -> None:
    telling = {column: f"Contoh {text.format(19)}"}
    checked = check(**telling, tanggal_lahir="1992-11-19")
    assert codes(checked) == [(column, "personal-number")]
    (problem,) = checked.problems
    assert BY_KEY[column].heading in problem.message
    assert "tanggal lahir" in problem.message
    other = check(**telling, tanggal_lahir="1992-11-20")
    assert other.row is not None


def test_a_number_with_another_meaning_is_stored() -> None:
    assert check(unit_kerja="SMA 17 Agustus 1945", jabatan="Guru Kelas 10/11/12").row is not None
    assert check(nomor_sk="800/19-11-1992/9901014411699301").row is not None, "not published"


def test_a_personal_number_is_told_beside_what_cannot_be_read() -> None:
    checked = check(unit_kerja="SD 9901014411699301", tanggal_sk="kemarin")
    assert codes(checked) == [("tanggal_sk", "date-format"), ("unit_kerja", "personal-number")]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Siti\r\nAminah\tContoh", "Siti Aminah Contoh"),
        ("x" * 131_000, "x" * 100),
        ("Siti 9901014411699301", ""),
        ("Siti;;1983-06-01;9901;Contoh", ""),
        ("Siti 19 November 1992", ""),
        ("Siti 081299990000", ""),
        ("Siti 99010144", ""),
        ("Siti a@contoh.id", ""),
        ("Siti \u202eContoh\x07\ud800", "Siti Contoh"),
        (990101.5, ""),
        (date(1992, 11, 19), ""),
        ("Kelas 3", "Kelas 3"),
    ],
)
def test_the_name_of_a_refused_row_tells_nothing(name: Any, shown: str) -> None:
    checked = check(nama=name, tanggal_sk="kemarin")
    assert (checked.row, checked.name) == (None, shown)


CELLS = st.one_of(
    st.none(),
    st.text(max_size=20),
    st.text(st.characters(categories=["Cs", "Lu"]), max_size=3),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.just([]),
    st.sampled_from(["-", "=1", "31-12-2021", "1.5E+15", "9901010101900002", "S1", "Rp 5"]),
)
KEYS = st.sampled_from([*BY_KEY, "lain", EXTRA_CELLS])


@given(st.dictionaries(KEYS, CELLS))
def test_any_cells_get_an_answer(raw: dict[str, Any]) -> None:
    checked = check_row(raw)
    assert (checked.row is None) == bool(checked.problems)
    assert all(problem.message for problem in [*checked.problems, *checked.warnings])


@pytest.mark.parametrize("column", COLUMNS, ids=[column.key for column in COLUMNS])
def test_a_lone_surrogate_is_said_to_be_unreadable(column: Column) -> None:
    ((where, code),) = codes(check(**{column.key: "\ud800"}))
    assert where == column.key
    if column.key in TEXTS and column.key != "nik":
        assert code == "unreadable"


LATIN = st.text(st.characters(codec="cp1252", exclude_categories=["Cc"]), max_size=30)


@given(st.dictionaries(st.sampled_from(["nama", "nomor_sk", "unit_kerja", "tanggal_sk", "no_peserta_thk2"]), LATIN))
def test_what_needs_no_cleaning_is_not_changed_by_it(changes: dict[str, str]) -> None:
    raw = {**SOUND, **changes}
    checked = check_row(raw)
    assert check_row(clean_row(raw, raw.keys())) == checked
    if checked.row is not None:
        assert read_row(clean_row(raw, raw.keys())) == checked.row
