from datetime import timedelta
from typing import Any

import pytest

from services.kernel.security import captcha
from services.kernel.states import PersonState
from services.registration.adapters import person_store
from services.registration.app import app
from services.registration.model.person import Person
from services.registration.settings import captcha_keys, settings
from tests.registration.listed import (
    CLAIM,
    IN_TIME,
    LAST_MOMENT,
    ROW,
    TOO_LATE,
    put_in,
    solved,
    stand_with_account,
    token_of,
)
from tests.support.aws import Answer, Cloud

EDUCATION = {
    "pendidikan": "S-2/Magister",
    "nomor_ijazah": "DN-99/0001234",
    "tanggal_lulus": "2015-08-20",
    "sekolah": "Universitas Contoh",
}


@pytest.fixture
def person(portal: Cloud) -> Person:
    """Somebody with an account."""
    return stand_with_account(portal)


def read(cloud: Cloud, person: Person) -> Any:
    return cloud.call(app, "GET", "/registration/me/biodata", token=token_of(cloud, person)).json


def edit(cloud: Cloud, person: Person, fields: dict[str, Any], **call: Any) -> Answer:
    body = {"v": person.v, "captcha": solved(), **fields}
    return cloud.call(app, "PATCH", "/registration/me/biodata", body, token=token_of(cloud, person), **call)


def test_a_person_reads_his_own_nik_in_full(portal: Cloud, person: Person) -> None:
    shown = read(portal, person)
    assert shown["v"] == person.v
    assert shown["editable"] == {
        "hp": "+6281234567890",
        "email": "siti@contoh.id",
        "pendidikan": "S1",
        "nomor_ijazah": None,
        "tanggal_lulus": None,
        "sekolah": None,
    }
    assert shown["registered"] == ROW
    assert shown["nomor_kk"] == CLAIM["nomor_kk"]


def test_education_is_kept_beside_what_the_institution_entered(portal: Cloud, person: Person) -> None:
    answer = edit(portal, person, EDUCATION)
    assert (answer.status, answer.json) == (200, {"v": person.v + 1})
    shown = read(portal, person)
    assert {name: shown["editable"][name] for name in EDUCATION} == {**EDUCATION, "pendidikan": "S2"}
    assert shown["registered"]["pendidikan"] == "S1"


def test_what_is_not_sent_stays(portal: Cloud, person: Person) -> None:
    v = edit(portal, person, EDUCATION).json["v"]
    edit(portal, person, {"v": v, "sekolah": "Institut Contoh"})
    shown = read(portal, person)["editable"]
    assert (shown["sekolah"], shown["nomor_ijazah"]) == ("Institut Contoh", EDUCATION["nomor_ijazah"])


def test_what_the_institution_entered_cannot_be_changed_here(portal: Cloud, person: Person) -> None:
    edit(portal, person, {"nama": "Nama Baru", "jabatan": "Kepala", "state": "DIAJUKAN", **EDUCATION})
    after = person_store.load(person.pid)
    assert (after.nama, after.jabatan, after.state) == (person.nama, person.jabatan, person.state)
    assert after.row == person.row


def test_the_same_again_changes_nothing(portal: Cloud, person: Person) -> None:
    v = edit(portal, person, EDUCATION).json["v"]
    assert edit(portal, person, {"v": v, **EDUCATION}).json == {"v": v}


def test_too_late_is_said_before_what_is_wrong_in_education(portal: Cloud, person: Person) -> None:
    incomplete = {"pendidikan": "S7", "nomor_ijazah": ""}
    assert edit(portal, person, incomplete, received=TOO_LATE).code == "window-closed"
    assert edit(portal, person, incomplete, received=LAST_MOMENT).code == "invalid-fields"


WRONG_FIELDS = [
    ("pendidikan", "S7", "not-in-list"),
    ("nomor_ijazah", "  ", "required"),
    ("nomor_ijazah", "=1+1", "formula"),
    ("tanggal_lulus", "31-02-2012", "date-impossible"),
    ("tanggal_lulus", "1989-12-31", "date-range"),
    ("tanggal_lulus", (IN_TIME + timedelta(days=1)).date().isoformat(), "date-range"),
    ("sekolah", "x" * 121, "too-long"),
    ("sekolah", None, "string-type"),
]


def test_a_wrong_field_is_named_and_the_captcha_kept(portal: Cloud, person: Person) -> None:
    token = solved()
    for field, value, code in WRONG_FIELDS:
        answer = edit(portal, person, {field: value, "captcha": token})
        assert (answer.status, answer.code) == (422, "invalid-fields")
        assert [(one["field"], one["code"]) for one in answer.json["fields"]] == [(field, code)]
    captcha.require(token, captcha_keys(), settings().ttl_table)


def test_a_captcha_and_the_latest_version_are_needed(portal: Cloud, person: Person) -> None:
    assert edit(portal, person, {**EDUCATION, "captcha": "x"}).code == "captcha-failed"
    assert edit(portal, person, {**EDUCATION, "v": person.v - 1}).code == "version-moved"
    assert person_store.load(person.pid) == person


@pytest.mark.parametrize("verdict", [PersonState.MEMENUHI_SYARAT, PersonState.TIDAK_MEMENUHI_SYARAT])
def test_a_change_after_the_verdict_is_kept_and_marked(portal: Cloud, person: Person, verdict: PersonState) -> None:
    """No account has an assurance yet, so nothing it does voids a verdict (domain.md, section 3)."""
    put_in(person, verdict, before=PersonState.DIAJUKAN.value)
    assert edit(portal, person, EDUCATION).status == 200
    after = person_store.load(person.pid)
    assert (after.state, after.before) == (verdict, PersonState.DIAJUKAN)
    assert read(portal, person)["editable"]["sekolah"] == EDUCATION["sekolah"]
    told = portal.call(app, "GET", "/registration/me", token=token_of(portal, person)).json["changes"]
    assert {change["field"]: change["before"] for change in told} == {
        "pendidikan": {"pendidikan": "S1"},
        "nomor_ijazah": {},
        "tanggal_lulus": {},
        "sekolah": {},
    }
    assert {change["at"][:16] for change in told} == {IN_TIME.isoformat()[:16]}


def test_contact_is_not_changed_without_a_code(portal: Cloud, person: Person) -> None:
    """It was, here; what is still sent by an old page changes nothing (tests/registration/own_account/)."""
    assert edit(portal, person, {"hp": "081300000001", "email": "baru@contoh.id"}).json == {"v": person.v}
    shown = read(portal, person)["editable"]
    assert (shown["hp"], shown["email"]) == ("+6281234567890", "siti@contoh.id")
