"""Asking for a place: what is promised, to whom, within which limits and until when."""

import base64
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from services.documents import app as entry
from services.documents.adapters import store
from services.documents.settings import settings
from services.documents.uploads.claim_subject import MAX_OF_A_KIND
from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.aws.s3 import LINK_SECONDS
from services.kernel.documents import KB, RULES, DocumentType, FileState, Owner, new_history_id
from services.kernel.documents.receipts import read_receipt
from services.kernel.security.sessions import Role
from tests.documents.world import CASE, DEADLINE, INSTITUTION, NEIGHBOUR, NOON, OTHER, PERSON, World
from tests.support.aws import FILES_KEY
from tests.support.gates import LANES

KTP, SK, SPTJM, SURAT = DocumentType.KTP, DocumentType.SK, DocumentType.SPTJM, DocumentType.SURAT


def policy(promise: Mapping[str, Any]) -> dict[str, Any]:
    """What the form allows, as S3 reads it."""
    read: dict[str, Any] = json.loads(base64.b64decode(promise["fields"]["policy"]))
    return read


NAMING = [jenis for jenis in DocumentType if RULES[jenis].owner in {Owner.HISTORY, Owner.REQUEST}]
"""Kinds that are evidence of an appointment, or of a request to put something right."""
OF_PEOPLE = [jenis for jenis in DocumentType if RULES[jenis].of_person]
OF_CASES = [jenis for jenis in DocumentType if RULES[jenis].of_case]


@pytest.mark.parametrize("jenis", OF_PEOPLE)
def test_a_place_is_promised_for_every_kind(world: World, jenis: DocumentType) -> None:
    promise = world.promised(jenis)
    assert promise["id"] == f"{PERSON}.{jenis}.1"
    file = world.stored(promise["id"])
    assert (file.state, file.v, file.institution) == (FileState.MENUNGGU_UNGGAH, 1, INSTITUTION)
    assert file.riwayat == ("pertama" if jenis in NAMING else None)


def test_the_key_says_nothing_of_the_person(world: World) -> None:
    first, second = (world.promised(KTP)["fields"]["key"] for _ in range(2))
    assert first != second
    assert first.startswith("incoming/")
    assert len(first.removeprefix("incoming/")) >= 32
    assert PERSON not in first
    assert INSTITUTION not in first
    assert "KTP" not in first


def test_a_promise_is_one_gated_transaction(world: World) -> None:
    world.promised(KTP)
    world.promised(SK)
    lanes = [
        dynamodb.get(settings().table, {"pk": f"C#{INSTITUTION}#{lane}", "sk": "@"}) or {} for lane in range(LANES)
    ]
    assert [sum(lane.get(name, 0) for lane in lanes) for name in ("w", "files")] == [2, 2]
    trail = world.trail()
    assert [(link["actor"], link["action"]) for link in trail] == [(PERSON, "request-upload")] * 2
    assert trail[0]["previous"] == ""
    assert trail[1]["previous"] == trail[0]["hash"]
    assert (world.head().v, world.head().head) == (2, trail[1]["hash"])
    assert b"KTP" not in trail[0]["delta"]


def test_files_of_a_kind_are_counted_on(world: World) -> None:
    ids = [world.promised(jenis)["id"] for jenis in (KTP, KTP, SK, KTP)]
    assert [file.removeprefix(f"{PERSON}.") for file in ids] == ["KTP.1", "KTP.2", "SK.1", "KTP.3"]


@pytest.mark.parametrize("jenis", [jenis for jenis in DocumentType if jenis not in OF_CASES])
def test_size_limits_hold_to_the_byte(world: World, jenis: DocumentType) -> None:
    world.deliver(world.listed())
    rule = RULES[jenis]
    token = world.staff(Role.ADMIN)
    orang = None if rule.of_institution else PERSON
    for size, taken in {0: False, 1: True, rule.most: True, rule.most + 1: False}.items():
        by_ticket = world.of_case(jenis, ukuran=size) if jenis in OF_CASES else None
        answer = by_ticket or world.ask(jenis, token=token, orang=orang, ukuran=size)
        assert answer.status == (201 if taken else 422), size


@pytest.mark.parametrize("jenis", OF_CASES)
def test_papers_of_a_case_come_by_ticket_at_any_time(world: World, jenis: DocumentType) -> None:
    """Who may file a case, and until when, announcements says; an objection comes when all windows are over."""
    world.cloud.at(DEADLINE + timedelta(days=60))
    world.lanes_closed()
    assert world.of_case(jenis).json["id"] == f"{CASE}.{jenis}.1"
    assert [link["action"] for link in world.trail(CASE)] == ["request-upload"]


def test_a_wrong_size_is_told_with_limit_and_own_figure(world: World) -> None:
    answer = world.ask(KTP, ukuran=300 * KB)
    (problem,) = answer.json["fields"]
    assert (problem["field"], problem["code"]) == ("ukuran", "too-large")
    assert "300 KB" in problem["message"]
    assert "200 KB" in problem["message"]
    (problem,) = world.ask(KTP, ukuran=0).json["fields"]
    assert problem["code"] == "empty"


def test_nobody_declares_what_a_file_is(world: World) -> None:
    form = world.promised(SK)
    assert form["fields"]["Content-Type"] == "application/octet-stream"
    (problem,) = world.ask(SK, tipe="application/pdf").json["fields"]
    assert (problem["field"], problem["code"]) == ("tipe", "extra-forbidden")


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"jenis": "SELFIE"}, "jenis", "enum"),
        ({"ukuran": -1}, "ukuran", "greater-than-equal"),
        ({"ukuran": "besar"}, "ukuran", "int-type"),
        ({"orang": "../x"}, "orang", "string-pattern-mismatch"),
        ({"riwayat": "pertama"}, "riwayat", "unexpected"),
        ({"instansi": "9901"}, "instansi", "unexpected"),
        ({"nama": "x"}, "nama", "extra-forbidden"),
    ],
)
def test_malformed_wishes(world: World, changed: dict[str, object], field: str, code: str) -> None:
    body = {**world.wish(KTP), **changed}
    answer = world.cloud.call(entry.app, "POST", "/documents/uploads", body, token=world.person())
    assert answer.status == 422
    assert [(problem["field"], problem["code"]) for problem in answer.json["fields"]] == [(field, code)]


@pytest.mark.parametrize("jenis", NAMING)
def test_papers_of_an_appointment_name_it(world: World, jenis: DocumentType) -> None:
    (problem,) = world.ask(jenis, riwayat=None).json["fields"]
    assert (problem["field"], problem["code"]) == ("riwayat", "missing")


@pytest.mark.parametrize("jenis", NAMING)
def test_papers_of_an_appointment_that_he_does_not_have_are_refused(world: World, jenis: DocumentType) -> None:
    own, others = world.row(), world.row(NEIGHBOUR)
    world.deliver(world.listed())
    for asks in ({}, {"token": world.staff(Role.OPERATOR), "orang": PERSON}):
        for row in ("x", "r2", "Pertama", others, own[:-1], own.upper(), own[::-1], f"{own}0"):
            answer = world.ask(jenis, riwayat=row, **asks)
            (problem,) = answer.json["fields"]
            assert (answer.status, problem["field"], problem["code"]) == (422, "riwayat", "unknown"), row
        assert world.ask(jenis, riwayat="pertama", **asks).status == 201
        assert world.ask(jenis, riwayat=own, **asks).status == 201
    assert len(store.files_of(PERSON, jenis)) == 4


def test_a_row_that_was_just_added_takes_papers_before_any_fact_of_it(world: World) -> None:
    """Documents has heard nothing of this person yet."""
    assert store.load_subject(PERSON) is None
    assert world.ask(SK, riwayat=world.row()).status == 201


@pytest.mark.parametrize("jenis", OF_PEOPLE)
def test_a_persons_papers_do_not_go_to_an_institution(world: World, jenis: DocumentType) -> None:
    world.promised(SURAT, token=world.staff(Role.ADMIN))
    assert store.load_subject(f"I{INSTITUTION}") is not None
    for role, institution in ((Role.ADMIN, INSTITUTION), (Role.OPERATOR, INSTITUTION), (Role.ADMIN, OTHER)):
        answer = world.ask(jenis, token=world.staff(role, institution), orang=f"I{INSTITUTION}")
        (problem,) = answer.json["fields"]
        assert (answer.status, problem["field"], problem["code"]) == (422, "orang", "unknown")
    assert [file.id.jenis for file in store.files_of(f"I{INSTITUTION}")] == [SURAT]


def test_papers_of_an_institution_name_no_person(world: World) -> None:
    answer = world.ask(SPTJM, token=world.staff(Role.PPK), orang=PERSON)
    assert [problem["field"] for problem in answer.json["fields"]] == ["orang"]


def test_the_deadline_is_the_instant_of_receipt(world: World) -> None:
    world.cloud.at(DEADLINE)
    last = DEADLINE - timedelta(milliseconds=1)
    token = world.person()
    assert world.ask(KTP, token=token, received=last).status == 201
    late = world.ask(KTP, token=token, received=DEADLINE)
    assert (late.status, late.code) == (410, "window-closed")
    assert late.json["window"] == "DOSSIER"
    assert late.json["closed_at"] == DEADLINE.isoformat()
    assert late.json["zone"] == "WIB"


def test_a_file_of_staff_is_a_correction_and_goes_by_its_window(world: World) -> None:
    """domain.md, section 4: a file under the window of its deed."""
    world.deliver(world.listed())
    world.open_round(INSTITUTION, epoch=2, dossier_closes=NOON)
    world.cloud.at(DEADLINE)
    assert world.ask(KTP, token=world.person(), received=NOON).code == "window-closed"
    staff = {"token": world.staff(Role.OPERATOR), "orang": PERSON}
    assert world.ask(KTP, received=DEADLINE - timedelta(milliseconds=1), **staff).status == 201
    late = world.ask(KTP, received=DEADLINE, **staff)
    assert (late.code, late.json["window"]) == ("window-closed", "CORRECTION")


def test_nothing_before_the_window_opens(world: World) -> None:
    early = world.ask(KTP, received=NOON - timedelta(days=30))
    assert (early.status, early.code) == (410, "window-not-open")


def test_a_closed_lane_takes_nothing(world: World) -> None:
    world.lanes_closed()
    refused = world.ask(KTP)
    assert (refused.status, refused.code) == (410, "window-closed")
    assert world.trail() == []


def test_a_request_in_flight_is_carried_into_a_new_epoch(world: World) -> None:
    world.promised(KTP)
    world.open_round(INSTITUTION, epoch=2)
    assert world.ask(KTP).status == 201


def test_an_institution_without_a_round_has_no_files(world: World) -> None:
    answer = world.ask(KTP, token=world.person(institution="9999"))
    assert answer.status == 404


def test_papers_of_an_institution_are_not_gated(world: World) -> None:
    world.cloud.at(DEADLINE + timedelta(days=20))
    world.lanes_closed()
    promise = world.promised(SPTJM, token=world.staff(Role.PPK))
    assert promise["id"] == f"I{INSTITUTION}.SPTJM.1"
    assert [link["action"] for link in world.trail(f"I{INSTITUTION}")] == ["request-upload"]


def test_far_too_many_promises_of_one_kind_are_refused(world: World) -> None:
    world.promised(KTP)
    key = {"pk": f"P#{PERSON}", "sk": "@"}
    almost = dynamodb.update(settings().table, key, values={"last_KTP": MAX_OF_A_KIND - 1})
    dynamodb.transact([almost])
    assert world.promised(KTP)["id"] == f"{PERSON}.KTP.{MAX_OF_A_KIND}"
    refused = world.ask(KTP)
    assert (refused.status, refused.code) == (429, "throttled")
    assert "petugas instansi" in refused.json["detail"]
    assert world.ask(SK).status == 201


def test_a_retry_is_answered_the_same_also_after_the_deadline(world: World) -> None:
    world.cloud.at(DEADLINE - timedelta(minutes=1))
    token, headers = world.person(), {"Idempotency-Key": "0123456789"}
    first = world.promised(KTP, token=token, headers=headers)
    world.cloud.at(DEADLINE + timedelta(minutes=5))
    again = world.promised(KTP, token=token, headers=headers)
    assert again["id"] == first["id"]
    assert again["fields"]["key"] == first["fields"]["key"]
    assert len(world.trail()) == 1
    assert world.ask(KTP, token=token, headers={"Idempotency-Key": "another-key"}).status == 410
    assert world.ask(KTP, token=token, headers={"Idempotency-Key": "short"}).status == 422


def test_every_write_here_is_that_promise() -> None:
    """And the order of a copy, which changes no file: tests/documents/test_file_copies.py."""
    assert {(route.method, route.path) for route in entry.api.routes if route.method != "GET"} == {
        ("POST", "/documents/copies"),
        ("POST", "/documents/uploads"),
        ("POST", "/documents/uploads/by-ticket"),
    }


@pytest.mark.parametrize(
    ("jenis", "changed"), [(SK, {"ukuran": 77_777}), (SK, {"riwayat": new_history_id(FILES_KEY, PERSON)}), (KTP, {})]
)
def test_another_file_under_the_same_key_is_refused(world: World, jenis: DocumentType, changed: dict[str, Any]) -> None:
    headers = {"Idempotency-Key": "0123456789"}
    first = world.promised(SK, headers=headers)
    answer = world.ask(jenis, headers=headers, **changed)
    assert (answer.status, [field["code"] for field in answer.json["fields"]]) == (422, ["idempotency-key-used"])
    assert world.promised(SK, headers=headers)["id"] == first["id"]
    assert world.promised(jenis, headers={"Idempotency-Key": "another-key"}, **changed)["id"] != first["id"]


@pytest.mark.parametrize("other", [{"jenis": KTP, "orang": NEIGHBOUR}, {"jenis": KTP, "orang": PERSON, "ukuran": 1001}])
def test_nor_does_staff_get_one_persons_place_for_another(world: World, other: dict[str, Any]) -> None:
    world.deliver(world.listed(), world.listed(NEIGHBOUR))
    key: dict[str, Any] = {"token": world.staff(Role.OPERATOR), "headers": {"Idempotency-Key": "0123456789"}}
    first = world.promised(KTP, orang=PERSON, **key)
    assert world.ask(**other, **key).json["fields"][0]["code"] == "idempotency-key-used"
    assert world.promised(KTP, orang=PERSON, **key)["id"] == first["id"]


def test_papers_of_an_institution_are_promised_once_too(world: World) -> None:
    key: dict[str, Any] = {"token": world.staff(Role.ADMIN), "headers": {"Idempotency-Key": "0123456789"}}
    first = world.promised(SURAT, **key)
    assert world.promised(SURAT, **key)["id"] == first["id"]
    assert world.ask(SPTJM, **key).json["fields"][0]["code"] == "idempotency-key-used"
    assert len(world.trail(f"I{INSTITUTION}")) == 1


def test_what_is_remembered_for_two_days_opens_nothing(world: World) -> None:
    promise = world.promised(SK)
    (kept,) = world.cloud.items("DocTtlTable")
    assert kept["answer"]["receipt"]["file"] == promise["id"]
    assert promise["receipt"] not in str(kept)
    assert promise["fields"]["policy"] not in str(kept)
    lives = timedelta(seconds=kept["expires"] - clock.machine_now().timestamp())
    assert timedelta(hours=47) < lives <= timedelta(hours=48)


def test_a_key_is_bound_to_person_and_actor(world: World) -> None:
    headers = {"Idempotency-Key": "0123456789"}
    first = world.promised(KTP, headers=headers)
    other = world.promised(KTP, token=world.person("zzzz"), headers=headers)
    assert first["id"] != other["id"]


def test_the_form_of_a_retry_ends_with_the_first_one(world: World) -> None:
    headers = {"Idempotency-Key": "0123456789"}
    first = world.promised(KTP, headers=headers)
    world.cloud.at(clock.now() + timedelta(minutes=14))
    again = world.promised(KTP, headers=headers)
    assert policy(again)["expiration"] < policy(first)["expiration"]
    assert (first["expires_in"], again["expires_in"]) == (15 * 60, 59)


def test_a_form_of_staff_lives_no_longer_than_a_link(world: World) -> None:
    form = world.promised(SURAT, instansi=INSTITUTION, token=world.staff(Role.ADMIN))
    assert form["expires_in"] == LINK_SECONDS


def test_the_policy_binds_key_and_size(world: World) -> None:
    promise = world.promised(KTP)
    conditions = policy(promise)["conditions"]
    assert ["content-length-range", 0, 200 * KB] in conditions
    assert {"Content-Type": "application/octet-stream"} in conditions
    assert {"key": promise["fields"]["key"]} in conditions


def test_the_receipt_says_what_was_promised_and_a_retry_gets_the_same(world: World) -> None:
    key = {"headers": {"Idempotency-Key": "one-and-the-same"}}
    first, again = (world.promised(SK, **key) for _ in range(2))
    assert first["receipt"] == again["receipt"]
    receipt = read_receipt(FILES_KEY, first["receipt"])
    assert receipt is not None
    file = world.stored(first["id"])
    assert (receipt.file, receipt.riwayat, receipt.enrolment, receipt.at) == (
        first["id"],
        "pertama",
        None,
        file.received,
    )
