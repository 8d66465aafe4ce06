from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.documents import DocumentType, FileState
from services.kernel.states import PersonState, Phase
from services.kernel.writes.calendar import DEFAULT_2022, Span, Window
from services.registration.adapters import person_store
from services.registration.app import app
from services.registration.model.dossier import Change
from services.registration.model.edition import Purpose
from services.registration.model.person import Person
from services.registration.model.person_states import Action
from services.registration.model.private import Deletion
from services.registration.settings import settings
from tests.registration.listed import (
    IN_TIME,
    INSTITUTION,
    accept,
    made_list,
    put_in,
    register,
    stand_with_account,
    token_of,
    with_decision,
)
from tests.support.aws import Answer, Cloud
from tests.support.gates import open_gate


@pytest.fixture
def person(portal: Cloud) -> Person:
    """Somebody with an account who has done nothing else."""
    return stand_with_account(portal)


def confirm(cloud: Cloud, person: Person, *, active: bool, v: int | None = None) -> Answer:
    body = {"v": person.v if v is None else v, "active": active}
    return cloud.call(app, "POST", "/registration/me/active-confirmation", body, token=token_of(cloud, person))


def me(cloud: Cloud, person: Person) -> Answer:
    return cloud.call(app, "GET", "/registration/me", token=token_of(cloud, person))


def test_a_person_confirms_that_he_is_active(portal: Cloud, person: Person) -> None:
    answer = confirm(portal, person, active=True)
    assert (answer.status, answer.json) == (200, {"v": person.v + 1})
    assert person_store.load(person.pid).active is True
    again = confirm(portal, person, active=True, v=person.v + 1)
    assert again.json == {"v": person.v + 1}


def test_who_says_he_no_longer_works_there_is_for_the_institution_to_confirm(portal: Cloud, person: Person) -> None:
    """No account has an assurance yet, so it takes nobody off (domain.md, section 3); he may change his mind."""
    v = confirm(portal, person, active=False).json["v"]
    shown = me(portal, person).json
    assert (shown["active"], shown["steps"]["active"]) == (False, False)
    said = datetime.fromisoformat(shown["active_at"])
    assert abs(said - IN_TIME) < timedelta(minutes=1)
    assert shown["advice"]["criteria"][0] | {"inputs": None, "article": None} == {
        "criterion": "AKTIF",
        "advice": "PERLU_DITINJAU",
        "sentence": "Yang bersangkutan menyatakan tidak lagi bekerja; instansi memastikan.",
        "inputs": None,
        "article": None,
    }
    assert shown["advice"]["overall"] == "PERLU_DITINJAU"
    confirm(portal, person, active=True, v=v)
    portal.at(IN_TIME + timedelta(days=1))
    confirm(portal, person, active=True, v=v + 1)
    shown = me(portal, person).json
    assert shown["advice"]["overall"] == "LOLOS"
    assert abs(datetime.fromisoformat(shown["active_at"]) - IN_TIME) < timedelta(minutes=1), (
        "saying the same again is no new answer"
    )


def test_an_older_version_is_refused(portal: Cloud, person: Person) -> None:
    assert confirm(portal, person, active=True, v=person.v - 1).code == "version-moved"


def test_me_tells_how_far_the_record_is(portal: Cloud, person: Person) -> None:
    shown = me(portal, person).json
    assert {name: shown[name] for name in ("role", "id", "v", "nama", "kategori", "state", "active")} == {
        "role": "honorer",
        "id": person.pid,
        "v": 2,
        "nama": person.nama,
        "kategori": "NON-ASN",
        "state": "AKUN_DIBUAT",
        "active": None,
    }
    assert shown["steps"] == {
        "account": True,
        "active": False,
        "biodata": False,
        "histories": False,
        "submitted": False,
    }
    assert [entry["state"] for entry in shown["progress"]] == ["TERDAFTAR", "AKUN_DIBUAT"]
    assert datetime.fromisoformat(shown["progress"][0]["at"]) == IN_TIME
    assert {file["jenis"] for file in shown["files"]} == {"KTP", "FOTO"}
    assert len(shown["advice"]["criteria"]) == 6


def test_me_tells_the_round_as_the_institution_has_it(portal: Cloud, person: Person) -> None:
    later = datetime.fromisoformat("2022-10-25T17:00:00+07:00")
    open_gate(INSTITUTION, phase=Phase.PRAFINAL, windows={**DEFAULT_2022, Window.DOSSIER: Span(IN_TIME, later)})
    shown = me(portal, person).json
    assert shown["outcome"] == "YOURS"
    assert shown["round"] == {
        "phase": "PRAFINAL",
        "stage": "OPEN",
        "dossier_opens": "2022-09-01T09:00:00+07:00",
        "dossier_closes": "2022-10-25T17:00:00+07:00",
        "verification_closes": "2022-10-31T17:00:00+07:00",
        "last_close": "2022-10-31T17:00:00+07:00",
        "reopened": False,
    }
    portal.at(later)
    closed = me(portal, person).json
    assert (closed["outcome"], closed["round"]["stage"]) == ("AWAITED", "CLOSED")


def test_me_tells_what_became_of_it_after_the_lock_and_after_a_reopening(portal: Cloud, person: Person) -> None:
    open_gate(INSTITUTION, phase=Phase.FINAL)
    assert me(portal, person).json["outcome"] == "UNDECIDED"
    plans = [{"pk": f"S#{INSTITUTION}", "sk": f"PLAN#{name}", "attempt": 0, "parts": 0} for name in ("1", "prefinal-1")]
    dynamodb.transact([dynamodb.put(settings().table, plan) for plan in plans])
    assert made_list(Purpose.PREFINAL)
    open_gate(INSTITUTION, phase=Phase.PRAFINAL)
    assert me(portal, person).json["round"]["reopened"] is False
    assert made_list(Purpose.SEAL)
    shown = me(portal, person).json
    assert (shown["outcome"], shown["round"]["reopened"]) == ("YOURS", True)


def test_who_was_deleted_is_told_why(portal: Cloud, person: Person) -> None:
    assert me(portal, person).json["deletion_reason"] is None
    deleted = person.moved(Action.DELETE, IN_TIME)
    note = Deletion(clock.millis(IN_TIME), "1.staff", "Tercatat dua kali")
    noted = replace(deleted, private=replace(deleted.private, deletion=note))
    moved, _ = person_store.prepare(Change(person, noted, "delete", {}), actor="1.staff", received=IN_TIME)
    dynamodb.transact(moved.operations)
    answer = me(portal, person)
    assert (answer.json["outcome"], answer.json["deletion_reason"]) == ("HALTED", "Tercatat dua kali")
    assert "1.staff" not in answer.text


@pytest.mark.parametrize("state", PersonState)
@pytest.mark.parametrize("before", [PersonState.DIAJUKAN, PersonState.AKUN_DIBUAT])
def test_me_says_submitted_only_of_what_was(
    portal: Cloud, person: Person, state: PersonState, before: PersonState
) -> None:
    put_in(person, state, before=before.value)
    decided = state in {PersonState.MEMENUHI_SYARAT, PersonState.TIDAK_MEMENUHI_SYARAT}
    so = state is PersonState.DIAJUKAN or (decided and before is PersonState.DIAJUKAN)
    assert me(portal, person).json["steps"]["submitted"] is so


def test_me_names_the_institution_once_the_fact_is_here(portal: Cloud, person: Person) -> None:
    key = {"pk": f"INST#{INSTITUTION}", "sk": "@"}
    dynamodb.transact([dynamodb.update(settings().table, key, values={"title": "Kabupaten Contoh Satu"})])
    assert me(portal, person).json["institution"] == {"code": INSTITUTION, "name": "Kabupaten Contoh Satu"}


def test_me_tells_why_the_record_was_handed_back_but_not_by_whom(portal: Cloud, person: Person) -> None:
    noted = with_decision(person, PersonState.DIKEMBALIKAN, IN_TIME, "SK tidak terbaca")
    moved, _ = person_store.prepare(Change(person, noted, "return", {}), actor="1.staff", received=IN_TIME)
    dynamodb.transact(moved.operations)
    answer = me(portal, person)
    assert answer.json["decisions"] == [
        {
            "at": "2022-09-01T09:00:00+07:00",
            "decision": "DIKEMBALIKAN",
            "reason": "SK tidak terbaca",
            "criteria": [],
            "mend": [],
            "withdrawn_at": None,
        }
    ]
    assert "1.staff" not in answer.text


def test_a_refused_file_is_shown_beside_the_one_that_counts(portal: Cloud, person: Person) -> None:
    accept(person.pid, DocumentType.KTP, n=2, state=FileState.DITOLAK, code="black-and-white")
    accept(person.pid, DocumentType.FOTO, n=2)
    shown = [
        (file["id"].rpartition(".")[0].partition(".")[2], file["state"]) for file in me(portal, person).json["files"]
    ]
    assert sorted(shown) == [("FOTO", "DITERIMA"), ("KTP", "DITERIMA"), ("KTP", "DITOLAK")]


@pytest.mark.parametrize("before", [PersonState.DIAJUKAN, PersonState.AKUN_DIBUAT, PersonState.DIKEMBALIKAN])
def test_who_was_decided_on_without_submitting_has_not_submitted(
    portal: Cloud, person: Person, before: PersonState
) -> None:
    put_in(person, PersonState.MEMENUHI_SYARAT, before=before.value)
    assert me(portal, person).json["steps"]["submitted"] == (before is PersonState.DIAJUKAN)


def test_to_say_after_a_verdict_that_one_has_left_is_a_remark(portal: Cloud, person: Person) -> None:
    """It takes nobody off; changing one's mind takes the remark back (domain.md, section 3)."""
    v = confirm(portal, put_in(person, PersonState.MEMENUHI_SYARAT, before="AKUN_DIBUAT"), active=True).json["v"]
    v = confirm(portal, person, active=False, v=v).json["v"]
    after = person_store.load(person.pid)
    assert (after.state, after.active) == (PersonState.MEMENUHI_SYARAT, False)
    (change,) = me(portal, person).json["changes"]
    assert (change["field"], change["before"]) == ("active", {})
    confirm(portal, person, active=True, v=v)
    assert person_store.load(person.pid).state is PersonState.MEMENUHI_SYARAT


def test_what_may_be_changed_depends_on_the_state(portal: Cloud) -> None:
    listed = register()
    becomes = {
        PersonState.AKUN_DIBUAT: PersonState.AKUN_DIBUAT,
        PersonState.DIKEMBALIKAN: PersonState.DIKEMBALIKAN,
        PersonState.MEMENUHI_SYARAT: PersonState.MEMENUHI_SYARAT,
        PersonState.TIDAK_MEMENUHI_SYARAT: PersonState.TIDAK_MEMENUHI_SYARAT,
    }
    for state in PersonState:
        person = put_in(listed, state, before=PersonState.DIAJUKAN.value, account=True, active=None)
        answer = confirm(portal, person, active=True)
        after = person_store.load(person.pid)
        if state in becomes:
            assert (answer.status, after.state) == (200, becomes[state])
        else:
            assert (answer.code, after) == ("illegal-transition", person)
