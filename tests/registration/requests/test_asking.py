"""A person asks to have something put right: what may be asked, with what, until when, and what is refused."""

from datetime import datetime, timedelta

import pytest

from services.kernel.documents import DocumentType, FileState, new_history_id
from services.kernel.documents.receipts import Receipt, sign_receipt
from services.kernel.security.sessions import Role
from services.registration.app import app
from services.registration.model.sealed_row import private_record
from services.registration.settings import files_key
from tests.registration.listed import IN_TIME, LAST_MOMENT, TOO_LATE, accept, put_in
from tests.registration.requests.conftest import Asker, decide
from tests.registration.staff import Desk, desk
from tests.support.aws import Cloud

NAME = {"nama": "Siti Contoh Lestarini"}


def test_what_he_asks_waits_for_his_institution(asker: Asker, operator: Desk) -> None:
    asked = asker.asked({**NAME, "nomor_sk": "800/7/2018", "unit_kerja": "SD Negeri 2 Contoh"})
    (own,) = asker.call("GET", "/requests").json["items"]
    assert (own["id"], own["state"], sorted(own["open"])) == (asked, "DIAJUKAN", ["nama", "nomor_sk", "unit_kerja"])
    assert own["due_at"] == "2022-09-07T00:00:00+07:00", "three whole working days after Thursday 1 September"
    (waiting,) = operator.call("GET", "/requests").json["items"]
    assert (waiting["person"], waiting["overdue"], waiting["second"]) == (asker.pid, False, False)
    assert asker.person.nama == "Siti Contoh Lestari", "asking changes nothing"


def test_the_same_key_asks_once(asker: Asker) -> None:
    identifier = asker.evidence()
    v = asker.person.v
    body = {"id": identifier, "v": v, "fields": NAME, "reason": "SK"}
    first, again = (asker.call("POST", "/requests", body, headers={"Idempotency-Key": "k" * 32}) for _ in range(2))
    assert (first.status, again.json) == (201, first.json)
    assert asker.person.v == v + 1


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"nama": "Siti Contoh Lestari"}, 409, "conflict"),
        ({}, 409, "conflict"),
        ({"nik": "9901014101900002"}, 422, "invalid-fields"),
        ({"nominal_honor": 1}, 422, "invalid-fields"),
        ({"pendidikan": "S2"}, 422, "invalid-fields"),
        ({"tanggal_lahir": "besok"}, 422, "invalid-fields"),
        ({"nama": "Siti 9901014101900001"}, 422, "invalid-fields"),
        ({"nama": None}, 422, "invalid-fields"),
    ],
)
def test_what_cannot_be_asked(asker: Asker, fields: dict[str, str | None], status: int, code: str) -> None:
    before = asker.person
    answer = asker.ask(asker.evidence(), fields)
    assert (answer.status, answer.code) == (status, code), answer.text
    assert asker.person == before


def test_without_reason_or_evidence(asker: Asker) -> None:
    silent = asker.ask(asker.evidence(), NAME, reason=" ")
    assert [field["field"] for field in silent.json["fields"]] == ["reason"]
    bare = asker.ask(new_history_id(files_key(), asker.pid), NAME)
    assert [field["field"] for field in bare.json["fields"]] == ["evidence"]
    refused = new_history_id(files_key(), asker.pid)
    accept(asker.pid, DocumentType.BUKTI_PERBAIKAN, refused, n=7, state=FileState.DITOLAK, code="empty")
    assert asker.ask(refused, NAME).code == "invalid-fields", "evidence that inspection refused is none"
    assert asker.person.private.requests == ()


def test_evidence_that_is_still_inspected_counts(asker: Asker) -> None:
    identifier = new_history_id(files_key(), asker.pid)
    receipt = Receipt(file=f"{asker.pid}.BUKTI_PERBAIKAN.1", riwayat=identifier, enrolment=None, received=1)
    body = {
        "id": identifier, "v": asker.person.v, "fields": NAME, "reason": "SK",
        "receipts": [sign_receipt(files_key(), receipt)],
    }  # fmt: skip
    assert asker.call("POST", "/requests", body).status == 201
    (own,) = asker.call("GET", "/requests").json["items"]
    assert [file["state"] for file in own["files"]] == ["DIPERIKSA"]


def test_an_id_of_somebody_else_or_used_before(asker: Asker) -> None:
    assert asker.ask(new_history_id(files_key(), "another"), NAME).status == 404
    used = asker.asked(NAME)
    assert asker.ask(used, {"nomor_sk": "800/3/2018"}).status == 404


def test_as_many_as_may_be_open(asker: Asker) -> None:
    for n in range(1, 6):
        asker.asked({"nomor_sk": f"800/{n}/2019"}, n)
    answer = asker.ask(asker.evidence(6), NAME)
    assert (answer.status, answer.code) == (409, "conflict")


def test_until_the_last_moment_and_not_after(asker: Asker, portal: Cloud) -> None:
    identifier = asker.evidence()
    portal.at(LAST_MOMENT)
    late = asker.ask(identifier, NAME, received=TOO_LATE)
    assert (late.status, late.code) == (410, "window-closed")
    assert "22 Oktober 2022" in late.json["detail"], "which window, and when"
    assert asker.ask(identifier, NAME, received=LAST_MOMENT).status == 201


@pytest.mark.parametrize("state", ["DIHAPUS", "PINDAH", "DRAF"])
def test_a_record_that_is_not_registered(asker: Asker, state: str) -> None:
    put_in(asker.person, type(asker.person.state)(state))
    assert asker.ask(asker.evidence(), NAME).code == "illegal-transition"


def test_withdrawn_it_waits_for_nobody(asker: Asker, operator: Desk) -> None:
    asked = asker.asked(NAME)
    taken = asker.call("POST", f"/requests/{asked}/withdrawal", {"v": asker.person.v})
    assert taken.status == 200
    assert operator.call("GET", "/requests").json["items"] == []
    assert asker.call("POST", f"/requests/{asked}/withdrawal", {"v": asker.person.v}).code == "illegal-transition"
    assert decide(operator, asker, asked, nama=True).code == "illegal-transition"
    assert asker.call("POST", "/requests/none/withdrawal", {"v": asker.person.v}).status == 404


def test_open_at_the_close_his_value_is_sealed_beside_the_row(asker: Asker, operator: Desk) -> None:
    before = private_record(asker.person)
    asked = asker.asked(NAME)
    (beside,) = private_record(asker.person)["statements"]
    assert beside["fields"] == NAME
    assert beside["evidence"] == [f"{asker.pid}.BUKTI_PERBAIKAN.1"]
    decide(operator, asker, asked, nama="Sesuai KTP")
    assert private_record(asker.person).keys() == before.keys()


def test_a_stale_version_moves_nothing(asker: Asker) -> None:
    identifier = asker.evidence()
    body = {"id": identifier, "v": asker.person.v - 1, "fields": NAME, "reason": "SK"}
    assert asker.call("POST", "/requests", body).code == "version-moved"


@pytest.mark.parametrize(("days", "overdue"), [(5, False), (6, True)])
def test_after_three_working_days_it_is_overdue(asker: Asker, portal: Cloud, days: int, overdue: bool) -> None:
    """Asked on a Thursday: Friday, Monday and Tuesday are the institution's."""
    asker.asked(NAME)
    portal.at(IN_TIME.replace(hour=0) + timedelta(days=days))
    (waiting,) = desk(portal, Role.ADMIN, number=40).call("GET", "/requests").json["items"]
    assert waiting["overdue"] is overdue


def test_bkn_sees_it_after_five(asker: Asker, portal: Cloud, bkn: Desk) -> None:
    asker.asked(NAME)
    last = datetime.fromisoformat("2022-09-08T23:59:59+07:00")
    portal.at(last)
    token = portal.token("bkn", None, sub=bkn.actor.id, token_version=bkn.actor.token_version)
    for at, seen in ((last, 0), (last + timedelta(seconds=1), 1)):
        answer = portal.call(app, "GET", "/registration/requests-overdue", token=token, received=at)
        assert len(answer.json["items"]) == seen, answer.text


def test_who_sees_the_list(asker: Asker, portal: Cloud) -> None:
    asker.asked(NAME)
    elsewhere = desk(portal, Role.OPERATOR, number=41, units=["Puskesmas Lain"])
    assert elsewhere.call("GET", "/requests").json["items"] == []
    assert elsewhere.call("GET", f"/people/{asker.pid}/requests").status == 404
    assert desk(portal, Role.HELPDESK, number=42).call("GET", "/requests").status == 403
