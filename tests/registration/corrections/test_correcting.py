"""What a correction makes of a record: the pure half, without a table."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kernel import clock
from services.kernel.notices.render import texts
from services.kernel.problems import Code, Problem
from services.kernel.states import PersonState
from services.kernel.web.languages import Language
from services.registration.corrections.correcting import correct, correct_appointments
from services.registration.corrections.correction import APPOINTMENT, Correction
from services.registration.dossiers.assess_dossier import assess_dossier
from services.registration.eligibility.advice import Criterion
from services.registration.model.dossier import Dossier
from services.registration.model.person import History
from services.registration.model.person_row import PersonRow
from services.registration.model.private import Mark
from services.registration.rows.columns import BY_KEY, COLUMNS, REQUIRED, Kind
from services.registration.rows.new_person import with_row
from tests.registration.listed import HISTORY, ROW
from tests.registration.model.test_person_states import person

AT = datetime(2022, 9, 5, tzinfo=UTC)
REGISTERED = (PersonState.TERDAFTAR, PersonState.AKUN_DIBUAT, PersonState.DIAJUKAN, PersonState.DIKEMBALIKAN)
DECIDED = (PersonState.MEMENUHI_SYARAT, PersonState.TIDAK_MEMENUHI_SYARAT)
FULL = cast("PersonRow", {**ROW, "nominal_honor": 1500000})


def dossier(
    state: PersonState = PersonState.TERDAFTAR,
    before: PersonState | None = None,
    *histories: History,
    has_account: bool = True,
    **private: Any,
) -> Dossier:
    """Somebody with a full row in this state; before a verdict he had submitted."""
    came_from = before or (PersonState.DIAJUKAN if state in DECIDED else None)
    listed = with_row(replace(person(state, came_from), has_account=has_account), FULL)
    return Dossier(replace(listed, private=replace(listed.private, **private)), histories, ())


def corrected(record: Dossier, by: str = "operator-2", **changes: Any) -> Correction:
    """The correction of these fields."""
    return correct(record, changes, by=by, at=AT)


def refused(record: Dossier, **changes: Any) -> Problem:
    """Why these fields cannot be corrected so."""
    with pytest.raises(Problem) as raised:
        corrected(record, **changes)
    return raised.value


@pytest.mark.parametrize("state", REGISTERED)
def test_any_registered_row_is_put_right_and_stays_where_it_is(state: PersonState) -> None:
    found = corrected(dossier(state), nama="Siti Contoh Lestary")
    assert (found.after.nama, found.after.row["nama"]) == ("Siti Contoh Lestary",) * 2
    assert found.delta == {"nama": ["Siti Contoh Lestari", "Siti Contoh Lestary"]}
    assert (found.after.state, found.voided, found.fields) == (state, frozenset(), ["nama"])
    assert found.before == dossier(state).person


def test_a_row_returned_to_nobody_is_registered_again() -> None:
    returned = dossier(PersonState.DIKEMBALIKAN, has_account=False)
    again = corrected(returned, nama="Siti Contoh Lestary").after
    assert (again.state, again.private.progress[-1].at) == (PersonState.TERDAFTAR, clock.millis(AT))
    assert corrected(returned, nama=ROW["nama"]).after.state is PersonState.DIKEMBALIKAN


@pytest.mark.parametrize(
    ("state", "before"),
    [
        (PersonState.DRAF, None),
        (PersonState.DIHAPUS, PersonState.TERDAFTAR),
        (PersonState.PINDAH, PersonState.TERDAFTAR),
        (PersonState.KONFLIK, PersonState.DRAF),
        (PersonState.KONFLIK, PersonState.MEMENUHI_SYARAT),
    ],
)
def test_what_is_not_registered_is_not_corrected(state: PersonState, before: PersonState | None) -> None:
    assert refused(dossier(state, before), nama="Siti Contoh Lestary").code is Code.ILLEGAL_TRANSITION


def test_a_registered_row_in_dispute_is_put_right() -> None:
    found = corrected(dossier(PersonState.KONFLIK, PersonState.TERDAFTAR), tempat_lahir="Contoh Dua")
    assert (found.after.state, found.fields) == (PersonState.KONFLIK, ["tempat_lahir"])


@pytest.mark.parametrize("state", DECIDED)
@pytest.mark.parametrize(
    ("changes", "voided"),
    [
        ({"sumber_pembayaran": "AKUN_52"}, {Criterion.PEMBAYARAN}),
        ({"tanggal_lahir": "1991-01-01"}, {Criterion.USIA}),
        ({"tanggal_mulai": "2019-01-02"}, {Criterion.MASA_KERJA}),
        ({"nama": "Siti Contoh Lestary", "nomor_sk": "800/9/2018"}, set()),
        ({"nominal_honor": None}, set()),
    ],
)
def test_a_verdict_is_void_where_an_input_of_a_criterion_changed_else_marked(
    state: PersonState, changes: dict[str, Any], voided: set[Criterion]
) -> None:
    found = corrected(dossier(state), **changes)
    assert found.voided == voided
    if voided:
        assert (found.after.state, found.after.marks) == (PersonState.DIAJUKAN, {})
    else:
        at = clock.millis(AT)
        assert found.after.state is state
        assert found.after.marks == {name: Mark(at, FULL[name]) for name in changes}  # type: ignore[literal-required]


def test_a_value_is_taken_away_by_none_but_not_one_that_a_registered_row_needs() -> None:
    assert "nominal_honor" not in corrected(dossier(), nominal_honor=None).after.row
    for key in sorted(REQUIRED - {"nik", "nama"}):
        problem = refused(dossier(), **{key: None})
        assert [(field.field, field.code) for field in problem.fields] == [(key, "required")]


def test_the_nik_stays() -> None:
    assert corrected(dossier(), nik=ROW["nik"], nama="Siti Contoh Lestary").fields == ["nama"]
    assert corrected(dossier(), nik=None, nama="Siti Contoh Lestary").fields == ["nama"]
    problem = refused(dossier(), nik="9901014101900002")
    assert [(field.field, field.code) for field in problem.fields] == [("nik", "nik-fixed")]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"nama": "Siti 9901014101900001"}, "personal-number"),
        ({"unit_kerja": "SD Contoh telp 081234567890"}, "personal-number"),
        ({"jabatan": "Guru lahir 01-01-1990"}, "personal-number"),
        ({"tanggal_mulai": "31-02-2018"}, "date-unreadable"),
        ({"sumber_pembayaran": "DARI_MANA"}, "not-in-list"),
        ({"apa_saja": "x"}, "unknown-column"),
    ],
)
def test_what_may_not_stand_in_a_row_is_refused_with_its_field(changes: dict[str, Any], code: str) -> None:
    problem = refused(dossier(), **changes)
    assert problem.code is Code.INVALID_FIELDS
    assert [field.field for field in problem.fields] == list(changes)
    if code != "date-unreadable":
        assert [field.code for field in problem.fields] == [code]


def test_whoever_corrects_may_not_decide_and_the_person_is_told_which_fields_and_when() -> None:
    found = corrected(dossier(corrected={"jabatan": 1}), nama="Siti Contoh Lestary", nominal_honor=2)
    assert found.after.is_work_of("operator-2")
    at = clock.millis(AT)
    assert found.after.private.corrected == {"jabatan": 1, "nama": at, "nominal_honor": at}
    unchanged = corrected(dossier(), nama=ROW["nama"])
    assert (unchanged.delta, unchanged.after, unchanged.fields) == ({}, dossier().person, [])


def test_education_that_the_person_put_right_himself_is_not_marked_by_the_row_beneath_it() -> None:
    own = {"sekolah": "Universitas Sendiri"}
    assert corrected(dossier(DECIDED[0], education=own), sekolah="Universitas Lain").after.marks == {}
    assert set(corrected(dossier(DECIDED[0]), sekolah="Universitas Lain").after.marks) == {"sekolah"}


def test_a_further_appointment_goes_the_same_way() -> None:
    row = History("0a1b2c3d", {**HISTORY, "tanggal_mulai": "2016-01-02", "tanggal_akhir": "2016-12-31"})
    delta = {row.id: [None, dict(row.fields)]}
    added = correct_appointments(dossier(DECIDED[0]), [row], delta, by="operator-2", at=AT)
    assert (added.voided, added.fields) == (frozenset({Criterion.MASA_KERJA}), [APPOINTMENT])
    assert added.after.state is PersonState.DIAJUKAN
    assert added.after.is_work_of("operator-2")
    with pytest.raises(Problem):
        correct_appointments(dossier(PersonState.DRAF), [row], {row.id: [None, {}]}, by="operator-2", at=AT)


VALUES: dict[str, st.SearchStrategy[Any]] = {
    "nama": st.sampled_from(["Siti Contoh Lestari", "Siti Contoh"]),
    "tanggal_lahir": st.sampled_from(["1990-01-01", "1964-12-31"]),
    "tanggal_mulai": st.sampled_from(["2018-01-02", "2021-06-01"]),
    "sumber_pembayaran": st.sampled_from(["APBD_51", "AKUN_52"]),
    "nominal_honor": st.sampled_from([None, 1500000, 1600000]),
    "sekolah": st.sampled_from([None, "Universitas Contoh"]),
}


@given(st.fixed_dictionaries({}, optional=VALUES), st.sampled_from([*REGISTERED, *DECIDED]))
def test_the_row_is_the_old_one_with_the_changes_over_it_and_the_advice_is_that_of_the_new_row(
    changes: dict[str, Any], state: PersonState
) -> None:
    record = dossier(state)
    found = correct(record, changes, by="operator-2", at=AT)
    expected = {name: cell for name, cell in {**FULL, **changes}.items() if cell is not None}
    assert found.after.row == expected
    assert set(found.delta) == {name for name, cell in changes.items() if FULL.get(name) != cell}
    if found.delta:
        now = assess_dossier(replace(found.after, state=state), (), ())
        assert found.after.assessment == now.assessment
        assert bool(found.voided) == (found.after.state is not state)


def test_corrected_back_a_field_is_marked_no_more() -> None:
    once = corrected(dossier(DECIDED[0]), nama="Siti Contoh Lestary").after
    back = correct(Dossier(once, (), ()), {"nama": ROW["nama"]}, by="operator-2", at=AT + timedelta(hours=1))
    assert back.after.marks == {}


@pytest.mark.parametrize("language", list(Language))
def test_every_name_of_a_corrected_field_has_its_words_in_the_notice(language: Language) -> None:
    assert texts(language)["corrected"].keys() == BY_KEY.keys() - {"nik"} | {APPOINTMENT}


def test_every_column_but_the_nik_can_be_corrected() -> None:
    """Each by its own example; dates that hang together are moved together."""
    given = {column.key: column.example for column in COLUMNS if column.example and column.kind is not Kind.NIK}
    found = correct(dossier(), {**given, "no_peserta_thk2": "12-345"}, by="operator-2", at=AT)
    assert set(found.after.row) >= {*given, "nik", "no_peserta_thk2"}
    assert found.after.kategori == "THK-II"
    assert BY_KEY.keys() - found.after.row.keys() == {"tanggal_akhir", "hp", "email"}
