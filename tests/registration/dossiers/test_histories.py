from typing import Any

import pytest

from services.kernel.audit import chain as audit
from services.kernel.aws import clients, dynamodb
from services.kernel.aws.dynamodb import KeyPart
from services.kernel.documents import DocumentType, is_history_of
from services.kernel.security.sessions import Role
from services.kernel.states import PersonState
from services.registration.adapters import institution_store, person_store
from services.registration.app import app
from services.registration.dossiers import histories
from services.registration.eligibility.advice import Criterion
from services.registration.model.person import History, Person
from services.registration.settings import settings
from tests.registration.listed import (
    HISTORY,
    INSTITUTION,
    ROW,
    TOO_LATE,
    accept,
    put_in,
    register,
    stand_with_account,
    token_of,
)
from tests.registration.staff import desk
from tests.support.aws import FILES_KEY, Answer, Cloud

PATH = "/registration/me/histories"


@pytest.fixture
def person(portal: Cloud) -> Person:
    """Somebody with an account."""
    return stand_with_account(portal)


def send(cloud: Cloud, person: Person, method: str, path: str, body: dict[str, Any], **call: Any) -> Answer:
    return cloud.call(app, method, path, body, token=token_of(cloud, person), **call)


def add(cloud: Cloud, person: Person, v: int | None = None, **call: Any) -> Answer:
    return send(cloud, person, "POST", PATH, {"v": person.v if v is None else v, **HISTORY}, **call)


def rows(cloud: Cloud, person: Person) -> Any:
    return cloud.call(app, "GET", PATH, token=token_of(cloud, person)).json["items"]


def days(pid: str) -> int:
    """The days of service the engine counted."""
    criteria = person_store.load(pid).assessment.criteria
    (counted,) = [one.inputs["hari"] for one in criteria if one.criterion is Criterion.MASA_KERJA]
    assert isinstance(counted, int)
    return counted


def test_the_first_appointment_is_the_institutions(portal: Cloud, person: Person) -> None:
    (first,) = rows(portal, person)
    assert (first["id"], first["first"], first["files"]) == ("pertama", True, [])
    assert {name: first[name] for name in ("nomor_sk", "tanggal_mulai", "jabatan", "tanggal_akhir")} == {
        "nomor_sk": ROW["nomor_sk"],
        "tanggal_mulai": ROW["tanggal_mulai"],
        "jabatan": ROW["jabatan"],
        "tanggal_akhir": None,
    }


def test_a_further_appointment_is_added_corrected_and_taken_out(portal: Cloud, person: Person) -> None:
    added = add(portal, person)
    assert (added.status, added.json["v"]) == (201, person.v + 1)
    path = f"{PATH}/{added.json['id']}"
    accept(person.pid, DocumentType.SK, added.json["id"])
    shown = rows(portal, person)[1]
    assert {name: shown[name] for name in HISTORY} == HISTORY
    assert (shown["first"], [file["jenis"] for file in shown["files"]]) == (False, ["SK"])
    corrected = send(portal, person, "PUT", path, {"v": person.v + 1, **HISTORY, "nomor_sk": "800/3/2020"})
    assert corrected.json == {"id": added.json["id"], "v": person.v + 2}
    assert rows(portal, person)[1]["nomor_sk"] == "800/3/2020"
    removed = send(portal, person, "DELETE", path, {"v": person.v + 2})
    assert (removed.status, removed.json) == (200, {"v": person.v + 3})
    assert len(rows(portal, person)) == 1
    chain = dynamodb.query_all(settings().audit_table, KeyPart("pk").eq(audit.person_chain(person.pid)))
    assert [link["action"] for link in chain][-3:] == ["add-history", "change-history", "remove-history"]
    stored = str(clients.dynamodb().scan(TableName=settings().table)["Items"])
    assert HISTORY["nomor_sk"] not in stored


def test_a_rows_id_tells_documents_whose_it_is(portal: Cloud, person: Person) -> None:
    made = add(portal, person).json["id"]
    assert is_history_of(FILES_KEY, person.pid, made)
    assert not is_history_of(FILES_KEY, "somebodyelse2345", made)


def test_each_change_is_judged_again(portal: Cloud) -> None:
    late = register(tanggal_mulai="2021-06-01", tanggal_sk="2021-05-28")
    person = put_in(late, PersonState.AKUN_DIBUAT, account=True)
    before, overall = days(person.pid), person.overall
    added = add(portal, person)
    assert (before, overall) == (214, "TIDAK")
    assert (days(person.pid), person_store.load(person.pid).overall) == (214 + 365, "LOLOS")
    send(portal, person, "DELETE", f"{PATH}/{added.json['id']}", {"v": added.json["v"]})
    assert (days(person.pid), person_store.load(person.pid).overall) == (214, "TIDAK")


@pytest.mark.parametrize(
    ("typed", "shown", "counted"),
    [
        ({}, None, True),
        ({"instansi": None}, None, True),
        ({"instansi": "  "}, None, True),
        ({"instansi": INSTITUTION}, None, True),
        ({"instansi": "kabupaten  CONTOH Satu"}, None, True),
        ({"instansi": " Kabupaten  Contoh Dua "}, "Kabupaten Contoh Dua", False),
        ({"instansi": "PT 1"}, "PT 1", False),
    ],
)
def test_a_row_says_in_which_institution_it_was_and_elsewhere_does_not_count(
    portal: Cloud, typed: dict[str, Any], shown: str | None, counted: bool
) -> None:
    """Domain.md, sections 5 and 6; who writes the name or code of his own means this one."""
    institution_store.keep(INSTITUTION, {"title": "Kabupaten Contoh Satu", "kind": "KABUPATEN"}, clock="opened_v", v=1)
    person = put_in(register(tanggal_mulai="2021-06-01", tanggal_sk="2021-05-28"), PersonState.AKUN_DIBUAT)
    added = send(portal, person, "POST", PATH, {"v": person.v, **HISTORY, **typed})
    assert added.status == 201, added.text
    assert [one["instansi"] for one in rows(portal, person)] == [None, shown]
    assert days(person.pid) == 214 + (365 if counted else 0)
    staff = desk(portal, Role.VERIFIKATOR).detail(person.pid)["histories"]
    assert [one["instansi"] for one in staff] == [None, shown]
    path = f"{PATH}/{added.json['id']}"
    send(portal, person, "PUT", path, {"v": person.v + 1, **HISTORY, "instansi": None if shown else "Kota Contoh"})
    assert days(person.pid) == 214 + (0 if counted else 365)


@pytest.mark.parametrize("name", ["9902", "--9902--", "A1"])
def test_a_code_is_no_name_of_an_institution(portal: Cloud, person: Person, name: str) -> None:
    answer = send(portal, person, "POST", PATH, {"v": person.v, **HISTORY, "instansi": name})
    assert [(one["field"], one["code"]) for one in answer.json["fields"]] == [("instansi", "institution-name")]
    assert "bukan kodenya" in answer.json["fields"][0]["message"]
    assert person_store.load(person.pid) == person


def test_a_row_stored_before_institutions_were_named_is_of_this_one(portal: Cloud) -> None:
    late = register(tanggal_mulai="2021-06-01", tanggal_sk="2021-05-28")
    person = put_in(late, PersonState.AKUN_DIBUAT, account=True)
    dynamodb.transact([person_store.put_history(person, History("00000000", HISTORY))])
    confirmed = send(portal, person, "POST", "/registration/me/active-confirmation", {"v": person.v, "active": True})
    assert (confirmed.status, days(person.pid)) == (200, 214 + 365)
    assert rows(portal, person)[1]["instansi"] is None


WRONG_FIELDS = [
    ("nomor_sk", None, "required"),
    ("tanggal_mulai", "", "required"),
    ("tanggal_mulai", "1989-01-01", "start-before-birth"),
    ("tanggal_akhir", "2019-12-31", "end-before-start"),
    ("tanggal_sk", "kemarin", "date-format"),
    ("sumber_pembayaran", "uang saku", "not-in-list"),
    ("jenis_jabatan_penandatangan", "teman", "not-in-list"),
    ("unit_kerja", "x" * 151, "too-long"),
    ("jabatan", 7, "string-type"),
    ("instansi", 7, "string-type"),
    ("instansi", "x" * 151, "string-too-long"),
]


def test_the_rules_of_the_import_hold(portal: Cloud, person: Person) -> None:
    for field, value, code in WRONG_FIELDS:
        answer = send(portal, person, "POST", PATH, {"v": person.v, **HISTORY, field: value})
        assert (answer.status, answer.code) == (422, "invalid-fields")
        assert [(one["field"], one["code"]) for one in answer.json["fields"]] == [(field, code)]
    assert person_store.load(person.pid) == person


def test_dates_and_choices_are_read_as_offices_write_them(portal: Cloud, person: Person) -> None:
    body = {"v": person.v, **HISTORY, "tanggal_mulai": "2 Januari 2020", "sumber_pembayaran": "Dana BOS"}
    assert send(portal, person, "POST", PATH, body).status == 201
    assert (rows(portal, person)[1]["tanggal_mulai"], rows(portal, person)[1]["sumber_pembayaran"]) == (
        "2020-01-02",
        "BOS",
    )


@pytest.mark.parametrize(("method", "body"), [("PUT", HISTORY), ("DELETE", {})])
def test_the_first_appointment_is_not_his_to_change(
    portal: Cloud, person: Person, method: str, body: dict[str, Any]
) -> None:
    for identifier, code in (("pertama", "forbidden"), ("00000000", "not-found")):
        answer = send(portal, person, method, f"{PATH}/{identifier}", {"v": person.v, **body})
        assert answer.code == code
    assert person_store.load(person.pid) == person


def test_fifteen_rows_are_enough(portal: Cloud, person: Person) -> None:
    fields = {name: value for name, value in HISTORY.items() if name != "tanggal_akhir"}
    full = [person_store.put_history(person, History(f"{n:08x}", fields)) for n in range(histories.MAX_HISTORIES)]
    dynamodb.transact(full)
    answer = add(portal, person)
    assert (answer.status, answer.code) == (409, "conflict")
    assert "15" in answer.json["detail"]
    assert send(portal, person, "DELETE", f"{PATH}/00000000", {"v": person.v}).status == 200
    assert add(portal, person, person.v + 1).status == 201


def test_the_retry_of_an_accepted_row_adds_nothing(portal: Cloud, person: Person) -> None:
    key = {"Idempotency-Key": "row-1-try"}
    first = add(portal, person, headers=key)
    again = add(portal, person, headers=key, received=TOO_LATE)
    assert (again.status, again.json) == (201, first.json)
    assert len(rows(portal, person)) == 2
    assert add(portal, person, person.v + 1, headers={"Idempotency-Key": "row-2-try"}).status == 201


def test_an_older_version_is_refused(portal: Cloud, person: Person) -> None:
    assert add(portal, person, person.v - 1).code == "version-moved"


def test_a_change_after_the_verdict_is_kept_and_marked(portal: Cloud, person: Person) -> None:
    kept = add(portal, person).json
    decided = put_in(person, PersonState.TIDAK_MEMENUHI_SYARAT, before=PersonState.AKUN_DIBUAT.value)
    own = f"{PATH}/{kept['id']}"
    corrected = send(portal, decided, "PUT", own, {**HISTORY, "v": kept["v"], "jabatan": "Guru Agama"})
    added = add(portal, person, corrected.json["v"]).json
    assert {name: mark.before for name, mark in person_store.load(person.pid).marks.items()} == {
        kept["id"]: HISTORY,
        added["id"]: None,
    }
    gone = send(portal, person, "DELETE", f"{PATH}/{added['id']}", {"v": added["v"]}).json
    send(portal, person, "DELETE", own, {"v": gone["v"]})
    after = person_store.load(person.pid)
    assert after.state is PersonState.TIDAK_MEMENUHI_SYARAT
    assert {name: mark.before for name, mark in after.marks.items()} == {kept["id"]: HISTORY}
    assert len(rows(portal, person)) == 1


def test_somebody_elses_row_is_out_of_reach(portal: Cloud, person: Person) -> None:
    identifier = add(portal, person).json["id"]
    other = put_in(register(nik="9901014101900002", nama="Rina Contoh"), PersonState.AKUN_DIBUAT, account=True)
    answer = send(portal, other, "PUT", f"{PATH}/{identifier}", {"v": other.v, **HISTORY})
    assert (answer.status, answer.code) == (404, "not-found")
