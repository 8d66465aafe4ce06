"""Staff correct a registered row: who may, when, what voids or marks a verdict, and who is told of what."""

from typing import Any

import pytest

from services.kernel.notices import outbox
from services.kernel.notices.catalogue import Recipient, RecipientKind
from services.kernel.security.sessions import Role
from services.kernel.states import PersonState
from services.kernel.writes.calendar import DEFAULT_2022, Span, Window
from services.registration.adapters import account_store, person_store
from services.registration.app import app
from services.registration.model.person import Person
from tests.registration.listed import (
    LAST_MOMENT,
    ROW,
    TOO_LATE,
    put_in,
    returned,
    stand_complete,
    token_of,
    with_account,
)
from tests.registration.staff import Desk, at, desk, row
from tests.support.aws import Answer, Cloud
from tests.support.gates import close_lanes, open_gate

NAME = "Siti Contoh Lestary"
ENTRY_OVER = at("2022-10-05T09:00:00+07:00")
"""After pre-finalization, with corrections open."""
LONG_AGO = at("2022-08-25T09:00:00+07:00")


def correct(by: Desk, pid: str, v: int, reason: str = "salah ketik", **fields: Any) -> Answer:
    return by.call("POST", f"/people/{pid}/corrections", {"v": v, "reason": reason, **fields})


def entered(by: Desk, **changes: Any) -> str:
    """Somebody this desk registered."""
    return str(by.enter(row(1, **changes)).json["id"])


@pytest.mark.parametrize("instant", ["before pre-finalization", "after it"])
def test_a_registered_row_is_corrected_by_an_operator(
    portal: Cloud, operator: Desk, colleague: Desk, instant: str
) -> None:
    pid = entered(operator)
    if instant == "after it":
        portal.at(ENTRY_OVER)
    answer = correct(colleague, pid, 1, nama=NAME, unit_kerja="SD Negeri 9 Contoh")
    assert answer.status == 200, answer.text
    assert (answer.json["v"], answer.json["state"], answer.json["fields"], answer.json["voided"]) == (
        2,
        "TERDAFTAR",
        ["nama", "unit_kerja"],
        [],
    )
    stored = person_store.load(pid)
    assert (stored.nama, stored.unit_kerja, stored.row["nama"]) == (NAME, "SD Negeri 9 Contoh", NAME)
    assert stored.edited_by == (colleague.actor.id,)


def test_old_new_and_why_stand_in_the_history_and_the_honor_only_for_whom_it_is(portal: Cloud, operator: Desk) -> None:
    pid = entered(operator, nominal_honor=1500000)
    correct(operator, pid, 1, reason="nama menurut KTP", nama=NAME, nominal_honor=1750000)
    history = desk(portal, Role.ADMIN).call("GET", f"/people/{pid}/history").json["items"]
    told = next(item for item in history if item["action"] == "correct")
    assert (told["reason"], told["text"]) == ("nama menurut KTP", "Memperbaiki data yang sudah terdaftar.")
    assert told["changes"] == [
        {"field": "nama", "before": row(1)["nama"], "after": NAME},
        {"field": "nominal_honor", "before": 1500000, "after": 1750000},
    ]


def test_whoever_waited_for_his_name_gets_in_once_it_is_right(portal: Cloud, operator: Desk) -> None:
    """A mistyped name locks nobody out for good."""
    wrong = with_account(portal, nama="Budi Lain")
    assert correct(operator, wrong.pid, wrong.v, nama=ROW["nama"]).json["fields"] == ["nama"]
    assert person_store.load(wrong.pid).nama == ROW["nama"]


def test_he_is_told_which_fields_by_name_and_when_and_never_what(portal: Cloud, operator: Desk) -> None:
    person = with_account(portal)
    answer = correct(operator, person.pid, person.v, nama=NAME, tempat_lahir="Contoh Dua")
    me = portal.call(app, "GET", "/registration/me", token=token_of(portal, person)).json
    assert [one["field"] for one in me["corrected"]] == ["nama", "tempat_lahir"]
    assert {one["at"][:16] for one in me["corrected"]} == {"2022-09-01T09:00"}
    event = f"corrected.{person.pid}.{answer.json['v']}"
    recipient = Recipient(RecipientKind.PERSON, account_store.account_id(ROW["nik"]))
    notice = outbox.lease(outbox.Key(event, recipient))
    assert notice is not None
    assert notice.fields == {"at": at(me["corrected"][0]["at"]), "corrected": "nama,tempat_lahir"}


def test_a_retry_is_answered_alike_and_changes_nothing_twice(operator: Desk) -> None:
    pid = entered(operator)
    body = {"v": 1, "reason": "salah ketik", "nama": NAME}
    answers = [
        operator.call("POST", f"/people/{pid}/corrections", body, headers={"idempotency-key": "the-same-key"})
        for _ in range(2)
    ]
    assert answers[0].json == answers[1].json
    assert person_store.load(pid).v == 2


@pytest.mark.parametrize("state", ["MEMENUHI_SYARAT", "TIDAK_MEMENUHI_SYARAT"])
def test_a_verdict_is_void_by_an_input_of_a_criterion_and_marked_by_anything_else(
    operator: Desk, verifier: Desk, state: str
) -> None:
    pid = entered(operator)
    assert verifier.decide(pid, 1, state).status == 200
    marked = correct(operator, pid, 2, nama=NAME, nominal_honor=1750000)
    assert (marked.json["state"], marked.json["voided"]) == (state, [])
    seen = verifier.detail(pid)["changes"]
    assert [(one["field"], one["before"]) for one in seen] == [
        ("nama", {"nama": row(1)["nama"]}),
        ("nominal_honor", {}),
    ]
    void = correct(operator, pid, 3, sumber_pembayaran="AKUN_52")
    assert (void.json["state"], void.json["voided"]) == ("TERDAFTAR", ["PEMBAYARAN"])
    assert verifier.detail(pid)["changes"] == []


def test_a_row_returned_to_nobody_is_registered_again_and_decided_on(operator: Desk, verifier: Desk) -> None:
    pid = entered(operator)
    person = returned(put_in(person_store.load(pid), PersonState.DIKEMBALIKAN), LONG_AGO)
    answer = correct(operator, pid, person.v, nama=NAME)
    assert answer.json["state"] == "TERDAFTAR"
    assert verifier.decide(pid, answer.json["v"], "MEMENUHI_SYARAT").status == 200


def test_a_returned_person_with_an_account_answers_himself(portal: Cloud, operator: Desk) -> None:
    person = returned(put_in(with_account(portal), PersonState.DIKEMBALIKAN), LONG_AGO)
    assert correct(operator, person.pid, person.v, nama=NAME).json["state"] == "DIKEMBALIKAN"


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({"nama": NAME, "reason": " "}, ("invalid-fields", ["reason"])),
        ({"nik": row(2)["nik"]}, ("invalid-fields", ["nik"])),
        ({"nama": "Siti 0812-3456-7890"}, ("invalid-fields", ["nama"])),
        ({"unit_kerja": None}, ("invalid-fields", ["unit_kerja"])),
        (
            {"tanggal_mulai": "kemarin", "sumber_pembayaran": "?"},
            ("invalid-fields", ["sumber_pembayaran", "tanggal_mulai"]),
        ),
        ({"nama": row(1)["nama"]}, ("conflict", [])),
        ({"v": 9, "nama": NAME}, ("version-moved", [])),
        ({"lain": "x"}, ("invalid-fields", ["lain"])),
    ],
)
def test_what_cannot_be_changes_nothing(operator: Desk, fields: dict[str, Any], refused: tuple[str, list[str]]) -> None:
    pid = entered(operator)
    answer = operator.call("POST", f"/people/{pid}/corrections", {"v": 1, "reason": "salah ketik", **fields})
    assert (answer.code, sorted(one["field"] for one in answer.json.get("fields", []))) == refused
    assert person_store.load(pid).v == 1


def test_units_bound_whom_and_where_to(portal: Cloud, operator: Desk) -> None:
    pid = entered(operator, unit_kerja="SD Negeri 1 Contoh")
    elsewhere = desk(portal, Role.OPERATOR, number=7, units=["SD Negeri 2 Contoh"])
    assert correct(elsewhere, pid, 1, nama=NAME).code == "not-found"
    here = desk(portal, Role.OPERATOR, number=8, units=["SD Negeri 1 Contoh"])
    away = correct(here, pid, 1, unit_kerja="SD Negeri 2 Contoh")
    assert [field["code"] for field in away.json["fields"]] == ["unit-outside-scope"]
    assert correct(here, pid, 1, nama=NAME).status == 200


def test_nobody_corrects_his_own_record_and_a_verifier_none(portal: Cloud, operator: Desk, verifier: Desk) -> None:
    pid = entered(operator)
    himself = desk(portal, Role.OPERATOR, number=5, own=pid)
    assert correct(himself, pid, 1, nama=NAME).code == "own-record"
    assert correct(verifier, pid, 1, nama=NAME).code == "forbidden"


def test_up_to_the_last_millisecond_and_never_on_a_locked_record(portal: Cloud, operator: Desk) -> None:
    pid = entered(operator)
    portal.at(LAST_MOMENT)
    body = {"v": 1, "reason": "salah ketik", "nama": NAME}
    in_time = operator.call("POST", f"/people/{pid}/corrections", body, received=LAST_MOMENT)
    assert in_time.status == 200
    portal.at(TOO_LATE)
    late = correct(operator, pid, 2, nama=row(1)["nama"])
    assert (late.status, late.code) == (410, "window-closed")
    assert "22 Oktober 2022 pukul 17.00 WIB" in late.json["detail"]


def _decides(operator: Desk, verifier: Desk, person: Person) -> None:
    assert verifier.decide(person.pid, person.v, "MEMENUHI_SYARAT").status == 200


def _corrects(operator: Desk, verifier: Desk, person: Person) -> None:
    assert correct(operator, person.pid, person.v, jabatan="Guru Lain").status == 200


def test_a_correction_and_a_submission_of_the_same_version_do_not_mix(portal: Cloud) -> None:
    """Whoever is second reads first what the other did; neither is lost."""
    person, operator = stand_complete(portal), desk(portal, Role.OPERATOR)
    token, body = token_of(portal, person), {"v": person.v, "statement": True}
    assert correct(operator, person.pid, person.v, nama=NAME).status == 200
    late = portal.call(app, "POST", "/registration/me/submission", body, token=token)
    assert late.code == "version-moved"
    again = portal.call(app, "POST", "/registration/me/submission", {**body, "v": person.v + 1}, token=token)
    assert (again.status, again.json["state"]) == (200, "DIAJUKAN")
    assert correct(operator, person.pid, person.v + 1, jabatan="Guru Lain").code == "version-moved"
    submitted = correct(operator, person.pid, person.v + 2, jabatan="Guru Lain")
    assert submitted.json["state"] == "DIAJUKAN"
    assert person_store.load(person.pid).nama == NAME


def test_a_correction_in_flight_is_carried_through_a_publication(portal: Cloud, operator: Desk) -> None:
    """Pre-finalizing moves the epoch and closes entry, not corrections."""
    pid = entered(operator)
    before = DEFAULT_2022[Window.ENTRY]
    ended = {**DEFAULT_2022, Window.ENTRY: Span(before.opens, at("2022-09-01T08:00:00+07:00"))}
    open_gate("9901", epoch=2, windows=ended)
    assert correct(operator, pid, 1, nama=NAME).status == 200


@pytest.mark.parametrize("faster", [_decides, _corrects])
def test_who_comes_second_is_told_and_overwrites_nothing(
    operator: Desk, colleague: Desk, verifier: Desk, faster: Any
) -> None:
    """Each on the same version: the faster one stands, whoever it is."""
    pid = entered(operator)
    before = person_store.load(pid)
    faster(operator, verifier, before)
    stands = person_store.load(pid)
    assert correct(colleague, pid, before.v, nama=NAME).code == "version-moved"
    assert person_store.load(pid) == stands


def test_the_lock_between_reading_and_writing_wins(portal: Cloud, operator: Desk) -> None:
    """The window is part of the transaction, not a question before it."""
    pid = entered(operator)
    close_lanes("9901")
    assert correct(operator, pid, 1, nama=NAME).code == "window-closed"
    assert person_store.load(pid).v == 1


def test_a_draft_that_was_there_is_completed_after_entry_has_closed_but_none_is_new(
    portal: Cloud, operator: Desk
) -> None:
    pid = entered(operator, nomor_sk=None)
    assert correct(operator, pid, 1, nama=NAME).code == "illegal-transition"
    portal.at(ENTRY_OVER)
    assert operator.enter(row(2)).code == "window-closed"
    half = operator.call("PATCH", f"/people/{pid}", {"v": 1, "sekolah": "Sekolah Contoh"})
    assert half.json["state"] == "DRAF"
    portal.at(LAST_MOMENT)
    whole = operator.call("PATCH", f"/people/{pid}", {"v": 2, "nomor_sk": "800/9/2018"}, received=LAST_MOMENT)
    assert (whole.status, whole.json["state"]) == (200, "TERDAFTAR")
    portal.at(TOO_LATE)
    assert operator.call("PATCH", f"/people/{pid}", {"v": 3, "nomor_sk": "1"}).code != "window-closed"
