"""What is no correction of a NIK, and what is only warned of; nothing is half-written."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.kernel.aws import dynamodb
from services.kernel.documents import DocumentType, FileState
from services.kernel.security import privacy
from services.kernel.security.sessions import Role
from services.kernel.states import Category, PersonState
from services.kernel.writes.calendar import DEFAULT_2022, Window
from services.registration.adapters import account_store, asked_nik_store, person_store
from services.registration.model.person import Person
from services.registration.model.person_states import REMEMBERING
from services.registration.nik_corrections.carried import state_before_verdict
from services.registration.settings import lookup_key
from tests.registration.listed import INSTITUTION, ROW, accept, put_in, register, with_account
from tests.registration.nik_corrections.correcting import RIGHT, Office, listed, office, require_equal
from tests.registration.staff import Desk, desk, row
from tests.support.aws import Answer, Cloud
from tests.support.gates import close_lanes

WRONG = ROW["nik"]
OTHERS_BIRTH = "9901014202910003"
"""Of a woman born a year later."""


@pytest.fixture
def here(portal: Cloud) -> Office:
    return office(portal)


def blank() -> Person:
    return Person(
        pid="p",
        institution=INSTITUTION,
        state=PersonState.TERDAFTAR,
        before=None,
        v=1,
        head="",
        salt=b"",
        registration_number="",
        nama="",
        unit_kerja="",
        jabatan="",
        kategori=Category.NON_ASN,
        overall="",
        entered_by="",
    )


def fields(answer: Answer) -> set[tuple[str, str]]:
    return {(field["field"], field["code"]) for field in answer.json["fields"]}


def test_without_an_accepted_ktp_nobody_asks(here: Office) -> None:
    person = register()
    assert here.ask(person).code == "incomplete"
    accept(person.pid, DocumentType.KTP, state=FileState.DITOLAK, code="blurred")
    assert here.ask(person).code == "incomplete"
    assert here.view(person)["ktp"] is None
    accept(person.pid, DocumentType.KTP, n=2)
    assert here.ask(person).status == 200
    assert here.view(person)["ktp"] == f"{person.pid}.KTP.2"


@pytest.mark.parametrize("typed", ["99010141019", "0000000000000000", "9901019901900001"])
def test_what_is_no_nik_is_refused(here: Office, typed: str) -> None:
    answer = here.ask(listed(), typed)
    assert (answer.status, answer.code) == (422, "invalid-fields")


def test_the_nik_that_is_there_is_refused(here: Office) -> None:
    assert fields(here.ask(listed(), WRONG)) == {("nik", "nik-same")}


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"nama": "Budi Lain Sekali"}, {"nama"}),
        ({"tanggal_lahir": "1985-05-05"}, {"tanggal_lahir"}),
        ({"nama": "Budi Lain Sekali", "tanggal_lahir": "1985-05-05"}, {"nama", "tanggal_lahir"}),
    ],
    ids=["name", "birth date", "both"],
)
def test_another_persons_name_or_birth_date_is_refused(
    here: Office, changed: dict[str, Any], expected: set[str]
) -> None:
    answer = here.ask(listed(), **changed)
    assert fields(answer) == {(field, "another-person") for field in expected}
    assert "hapus data ini dengan alasan" in answer.json["fields"][0]["message"]


def test_a_name_alike_is_his_own(here: Office) -> None:
    assert here.ask(listed(), nama="SITI CONTOH  LESTARY, S.Pd.").status == 200


def test_a_nik_of_another_birth_date_and_sex_is_warned_of(here: Office) -> None:
    person = listed(jenis_kelamin="L")
    assert here.ask(person, OTHERS_BIRTH).status == 200
    asked = here.view(person)["asked"]
    assert [note["code"] for note in asked["warnings"]] == ["nik-birth-date", "nik-sex"]
    assert asked["nik_masked"] == "9901**********03"
    assert (asked["by"], asked["mine"], here.view(person, by=here.operator)["asked"]["mine"]) == (
        "Petugas operator 1",
        False,
        True,
    )
    assert here.accept(person, OTHERS_BIRTH).status == 200


def test_whoever_asked_does_not_decide(here: Office) -> None:
    person = listed()
    assert here.ask(person, by=here.admin).status == 200
    refused = here.accept(person)
    assert (refused.status, refused.code) == (403, "second-person-needed")
    assert here.accept(person, by=here.operator).code == "forbidden"
    other = desk(here.cloud, Role.ADMIN, number=2)
    assert here.accept(person, by=other).status == 200


def test_the_decider_reads_the_nik_himself(here: Office) -> None:
    person = listed()
    assert here.accept(person).code == "not-found"
    here.ask(person)
    assert fields(here.accept(person, OTHERS_BIRTH)) == {("on_ktp", "nik-differs")}
    assert person_store.load(person.pid).state is PersonState.TERDAFTAR
    assert here.accept(person, f"{RIGHT[:8]} {RIGHT[8:]}").status == 200


def test_what_was_asked_anew_is_not_decided_on_unseen(here: Office) -> None:
    person = listed()
    here.ask(person)
    seen = person_store.load(person.pid).v
    here.ask(person, OTHERS_BIRTH)
    assert here.accept(person, v=seen).code == "version-moved"
    assert here.accept(person).code == "invalid-fields"


def test_whoever_asked_takes_it_back_and_an_admin_refuses_it(here: Office) -> None:
    person, other = listed(), desk(here.cloud, Role.OPERATOR, number=2)

    def drop(by: Desk, v: int) -> Answer:
        body = {"v": v, "reason": "KTP berkata lain"}
        return by.call("DELETE", f"/people/{person.pid}/nik-correction", body)

    here.ask(person)
    assert waiting(here) == [(person.pid, False)]
    assert drop(other, 2).code == "forbidden"
    assert drop(here.operator, 2).json == {"v": 3}
    assert here.view(person)["asked"] is None
    assert waiting(here) == []
    assert drop(here.admin, 3).code == "not-found"
    here.ask(person)
    assert drop(here.admin, 4).json == {"v": 5}
    require_equal()


def waiting(here: Office) -> list[tuple[str, bool]]:
    """What waits for the admin, by the list and by the exact counters."""
    items = here.admin.call("GET", "/nik-corrections").json["items"]
    assert here.admin.call("GET", "/progress").json["asked_niks"] == len(items)
    return [(item["id"], item["mine"]) for item in items]


def test_nobody_asks_or_decides_about_his_own_nik(here: Office) -> None:
    person = listed()
    his = privacy.person_id(lookup_key(), INSTITUTION, RIGHT)
    for own in (person.pid, his):
        himself = desk(here.cloud, Role.ADMIN, number=3, own=own)
        assert here.ask(person, by=himself).code == "own-record"
    here.ask(person)
    for own in (person.pid, his):
        assert here.accept(person, by=desk(here.cloud, Role.ADMIN, number=3, own=own)).code == "own-record"
    assert asked_nik_store.load(person_store.load(person.pid)) is not None


def test_the_own_row_is_known_also_where_a_freed_nik_was_entered_again(here: Office) -> None:
    person = listed()
    own = person.pid
    here.correct(person)
    again = register_again(here, person.row["nik"])
    himself = desk(here.cloud, Role.ADMIN, number=3, own=own)
    assert himself.delete(again, 1).code == "own-record"
    assert himself.detail(again)["own_record"] is True


def register_again(here: Office, nik: str) -> str:
    answer = here.operator.enter({**row(7), "nik": nik})
    assert answer.status == 201, answer.text
    return str(answer.json["id"])


@pytest.mark.parametrize("state", [PersonState.DIHAPUS, PersonState.PINDAH])
def test_whoever_is_not_on_the_roster_keeps_his_nik(here: Office, state: PersonState) -> None:
    person = put_in(listed(), state)
    assert here.ask(person).code == "illegal-transition"


def test_after_the_window_it_is_too_late(here: Office) -> None:
    person = listed()
    here.ask(person)
    here.cloud.at(DEFAULT_2022[Window.CORRECTION].closes)
    assert here.ask(person).code == "window-closed"
    assert here.accept(person).code == "window-closed"
    require_equal()


def test_a_second_account_under_the_right_nik_is_refused(here: Office) -> None:
    person = with_account(here.cloud)
    account = account_store.load(account_store.account_id(WRONG))
    assert account is not None
    here.ask(person)
    taken = account_store.moved_to(account, account_store.account_id(RIGHT), person, person)
    dynamodb.transact([account_store.put_new(taken)])
    refused = here.accept(person)
    assert (refused.status, refused.code) == (409, "conflict")
    assert "akun" in refused.json["detail"]
    require_equal()


def test_a_verdict_given_meanwhile_and_a_lock_leave_both_records_as_they_were(here: Office) -> None:
    person = listed()
    here.ask(person)
    seen = person_store.load(person.pid).v
    verifier = desk(here.cloud, Role.VERIFIKATOR)
    assert verifier.decide(person.pid, seen, "MEMENUHI_SYARAT").status == 200
    assert here.accept(person, v=seen).code == "version-moved"
    require_equal()
    close_lanes(INSTITUTION)
    assert here.accept(person).code == "window-closed"
    stored = person_store.load(person.pid)
    assert (stored.state, stored.successor) == (PersonState.MEMENUHI_SYARAT, None)
    require_equal()


def test_the_same_decision_sent_again_is_answered_as_the_first(here: Office) -> None:
    person = listed()
    here.ask(person)
    body = {"v": person_store.load(person.pid).v, "on_ktp": RIGHT}
    path, key = f"/people/{person.pid}/nik-correction/acceptance", {"Idempotency-Key": "kunci-yang-sama"}
    first, again = (here.admin.call("POST", path, body, headers=key) for _ in range(2))
    assert (first.status, first.json) == (again.status, again.json)
    require_equal()


@settings(max_examples=60)
@given(state=st.sampled_from(sorted(PersonState)), has_account=st.booleans(), data=st.data())
def test_the_state_that_goes_on_is_never_a_verdict_nor_one_of_leaving(
    state: PersonState, has_account: bool, data: st.DataObject
) -> None:
    """Whatever was remembered under a state: a verdict, a dispute, and a verdict under that."""
    plain = data.draw(st.sampled_from(sorted(set(PersonState) - REMEMBERING)))
    under = data.draw(st.lists(st.sampled_from(sorted(REMEMBERING)), max_size=2))
    before, below = (plain, ()) if not under else (under[0], (plain, *reversed(under[1:])))
    person = replace(blank(), state=state, before=before, below=below, has_account=has_account)
    carried = state_before_verdict(person)
    expected = plain if state in REMEMBERING else state
    if expected is PersonState.TERDAFTAR and has_account:
        expected = PersonState.AKUN_DIBUAT
    assert carried is expected
