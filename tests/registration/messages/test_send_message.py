"""bkn writes to the admins of institutions that it has chosen: kept once, on record, and nobody is told twice."""

import json
from typing import Any

import pytest

from services.kernel.notices.catalogue import LONGEST_MESSAGE, Notice, NoticeKind, Recipient, RecipientKind, is_message
from services.kernel.security.sessions import Role
from services.registration import app as service
from services.registration.adapters import institution_store, message_store
from services.registration.app import remind
from services.registration.model.account import AccountState
from tests.registration.listed import INSTITUTION, portal
from tests.registration.reminders.conftest import days
from tests.registration.reminders.days import Days
from tests.registration.staff import desk, staff_account
from tests.support.aws import Answer, Cloud, queued

__all__ = ["days", "portal"]

OTHER = "9902"
TEXT = "Masih ada dua ribu orang tanpa putusan.\nTambahkan verifikator sebelum 20 Oktober 2022."


@pytest.fixture
def bkn(days: Days) -> Days:
    """Two institutions: one with an admin, a disabled one and an operator, one with an admin."""
    institution_store.keep(OTHER, {"title": "Kota Contoh"}, clock="opened_v", v=1)
    days.staff()
    days.staff("199001012020121002", Role.OPERATOR)
    days.staff("199001012020121003", state=AccountState.NONAKTIF)
    staff_account("199001012020121004", Role.ADMIN, OTHER)
    return days


def send(cloud: Cloud, role: Role = Role.BKN, key: str = "a-key-of-bkn-1", **changed: Any) -> Answer:
    actor = desk(cloud, role, number=9).actor
    token = cloud.token(role, actor.institution, sub=actor.id, token_version=1)
    body = {"institutions": [INSTITUTION, OTHER], "text": TEXT, **changed}
    path = "/registration/office-messages"
    return cloud.call(service.app, "POST", path, body, token=token, headers={"Idempotency-Key": key})


def told(days: Days) -> list[tuple[str, str]]:
    """Do every step that waits; institution and recipient of each notice that was put by."""
    list(days.steps())
    items = [one for one in days.cloud.items("RegTable") if one["pk"].startswith("NOTICE#message.")]
    return sorted((one["institution"], one["sk"]) for one in items)


def test_the_admins_of_chosen_institutions_are_written_to_and_nobody_else(bkn: Days) -> None:
    answer = send(bkn.cloud)
    assert (answer.status, answer.json["institutions"]) == (201, 2)
    assert [institution for institution, _ in told(bkn)] == [INSTITUTION, OTHER]


def test_one_institution_is_one(bkn: Days) -> None:
    assert send(bkn.cloud, institutions=[OTHER, OTHER]).json["institutions"] == 1
    assert [institution for institution, _ in told(bkn)] == [OTHER]


def test_a_retry_and_a_step_done_twice_tell_nobody_twice(bkn: Days) -> None:
    first = send(bkn.cloud)
    steps = [json.loads(body) for body in bkn.cloud.messages("RemindersQueue")]
    for step in steps * 2:
        assert remind(queued([step]), None) == {"batchItemFailures": []}
    before = told(bkn)
    assert len(before) == 2
    assert send(bkn.cloud).json == first.json
    assert told(bkn) == before
    assert send(bkn.cloud, text=f"{TEXT} Segera.").status == 422, "the same key for another message"


def test_it_is_kept_encrypted_and_stands_on_record(bkn: Days) -> None:
    sent = send(bkn.cloud).json
    assert message_store.load(sent["id"]).text == TEXT
    assert "verifikator" not in str([one for one in bkn.cloud.items("RegTable") if one["pk"].startswith("MSG#")])
    links = [link for link in bkn.cloud.items("AuditTable") if link["action"] == "send-message"]
    assert len(links) == 1


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"institutions": []}, "institutions", "too-short"),
        ({"institutions": ["990"]}, "institutions.0", "string-pattern-mismatch"),
        ({"institutions": [INSTITUTION, "9999"]}, "institutions", "unknown"),
        ({"text": "Halo"}, "text", "string-too-short"),
        ({"text": "a" * (LONGEST_MESSAGE + 1)}, "text", "string-too-long"),
        ({"text": "Lihat https://contoh.id segera."}, "text", "address"),
        ({"text": "Lihat www.contoh.id segera."}, "text", "address"),
        ({"text": "Tulis ke admin@contoh.id segera."}, "text", "personal-number"),
        ({"text": "Hubungi 0812-3456-7890 segera."}, "text", "personal-number"),
        ({"text": "NIK 9901014101900001 belum diputus."}, "text", "personal-number"),
    ],
)
def test_what_cannot_be_sent_is_said_and_nothing_is_kept(
    bkn: Days, changed: dict[str, Any], field: str, code: str
) -> None:
    answer = send(bkn.cloud, **changed)
    assert (answer.status, answer.code) == (422, "invalid-fields")
    assert [(each["field"], each["code"]) for each in answer.json["fields"]] == [(field, code)]
    assert told(bkn) == []
    assert not [one for one in bkn.cloud.items("RegTable") if one["pk"].startswith("MSG#")]


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.BKN, Role.HONORER}])
def test_only_bkn_writes(bkn: Days, role: Role) -> None:
    assert send(bkn.cloud, role).code == "forbidden"


def test_an_office_without_an_admin_has_nobody_to_tell(bkn: Days) -> None:
    institution_store.keep("9903", {"title": "Kota Tanpa Admin"}, clock="opened_v", v=1)
    assert send(bkn.cloud, institutions=["9903"]).status == 201
    assert told(bkn) == []


@pytest.mark.parametrize("text", ["", " ", "a" * 1001, "x@y.id", "0812-3456-7890", "dua  spasi"])
def test_a_notice_carries_no_other_message(text: str) -> None:
    assert not is_message(text)
    with pytest.raises(ValueError, match="message"):
        Notice(
            NoticeKind.OFFICE_MESSAGE,
            "message.1",
            Recipient(RecipientKind.STAFF, "1.a"),
            {"message": text},
            INSTITUTION,
        )
