"""bkn decides with the letter beside the data: one write approves, invites and tells."""

from typing import Any

import pytest

from services.kernel.security.sessions import Role
from services.registration.adapters import account_store, invitation_store
from tests.registration.applications.applying import EMAIL, NAME, NIP, Applied, applied, at
from tests.registration.invitations.inviting import Invited
from tests.registration.listed import portal
from tests.registration.staff import Desk, desk, readings, staff_account
from tests.support.aws import Cloud

__all__ = ["portal"]


@pytest.fixture
def one(portal: Cloud) -> Applied:
    made = applied(portal)
    made.letter()
    return made


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.BKN])
def test_nobody_but_bkn_reads_or_decides(portal: Cloud, role: Role) -> None:
    made, other = applied(portal), desk(portal, role)
    asked = [at(other, "GET", path) for path in ("/applications", "/applications-waiting")]
    answers = [*asked, made.seen(other), made.decide(other)]
    assert {answer.status for answer in answers} == {403}


def test_bkn_sees_what_it_compares(one: Applied) -> None:
    seen = one.seen().json
    assert (seen["name"], seen["email"], seen["file"]) == (NAME, EMAIL, f"{one.subject}.SURAT.1")
    assert (seen["admins"], seen["others"], seen["has_account"]) == ([], [], False)
    assert seen["nip"] == NIP, "the letter says it too"
    assert NIP not in at(one.bkn, "GET", "/applications").text
    actor, action, what = readings()[0]
    assert (actor, action, what["application"]) == (one.bkn.actor.id, "read-application", one.number)


def test_approving_invites_the_admin(one: Applied) -> None:
    done = one.decide(email="sekretariat@contoh.id")
    assert (done.status, done.json["state"]) == (200, "DISETUJUI")
    invitation = Invited(one.cloud, Desk(one.cloud, one.bkn.actor, "9901"), {"id": "", **done.json}, NIP)
    assert invitation.accept().status == 201
    account = account_store.load(account_store.staff_id(NIP))
    assert account is not None
    assert (account.role, account.institution, account.sponsors) == (Role.ADMIN, "9901", (one.bkn.actor.id,))
    assert account_store.staff_private(account).email == "sekretariat@contoh.id"
    status = one.follow().json
    assert (status["state"], status["reason"]) == ("DISETUJUI", None)
    assert "sekretariat@contoh.id" not in one.follow().text


def test_by_mail_no_address_is_handed_out(one: Applied) -> None:
    done = one.decide(delivery="SURAT_ELEKTRONIK")
    assert done.json["address"] is None
    told = sorted(item["notice"] for item in one.cloud.items("RegTable") if item["pk"].startswith("NOTICE#"))
    assert told == ["application-decided", "application-received", "staff-invited"]


def test_without_an_accepted_letter_nothing_is_approved(portal: Cloud) -> None:
    made = applied(portal)
    assert made.decide().code == "application-without-letter"
    made.letter(refused="Berkas rusak.")
    assert made.decide().code == "application-without-letter"
    assert list(invitation_store.of_institution("9901")) == []
    assert made.decide(approved=False, reason="surat rusak").status == 200


def test_a_letter_that_came_meanwhile_is_looked_at_first(one: Applied) -> None:
    v = one.seen().json["v"]
    one.letter(2)
    assert one.decide(v=v).code == "version-moved"
    assert list(invitation_store.of_institution("9901")) == []


@pytest.mark.parametrize(
    ("decision", "field"), [({"approved": False}, "reason"), ({"email": ""}, "email"), ({"email": "x"}, "email")]
)
def test_what_a_decision_needs(one: Applied, decision: dict[str, Any], field: str) -> None:
    assert [problem["field"] for problem in one.decide(**decision).json["fields"]] == [field]
    assert one.seen().json["state"] == "DIAJUKAN"


def test_decided_is_decided(one: Applied) -> None:
    assert one.decide().status == 200
    for again in ({"approved": True}, {"approved": False, "reason": "x"}):
        assert one.decide(**again).code == "illegal-transition"
    assert len(list(invitation_store.of_institution("9901"))) == 1
    listed = at(one.bkn, "GET", "/applications?state=DISETUJUI").json["items"]
    assert [item["number"] for item in listed] == [one.number]


def test_who_signs_in_already_is_not_invited(one: Applied) -> None:
    staff_account(NIP, Role.OPERATOR, "9901")
    assert one.seen().json["has_account"]
    assert one.decide().code == "account-exists"
    assert one.decide(approved=False, reason="sudah memiliki akun").status == 200


def test_a_retry_finds_the_decision_without_the_address(one: Applied) -> None:
    key, v = {"idempotency-key": "the-same-key"}, one.seen().json["v"]
    body = {"v": v, "approved": True, "email": EMAIL, "delivery": "CETAK"}
    first, again = (
        at(one.bkn, "POST", f"/applications/{one.number}/decision", body, headers=key).json for _ in range(2)
    )
    assert first["address"].startswith("/instansi/undangan/#")
    assert (again["state"], again["address"]) == ("DISETUJUI", None)
    assert len(list(invitation_store.of_institution("9901"))) == 1


def test_an_unknown_number(one: Applied) -> None:
    assert at(one.bkn, "GET", "/applications/P-0000-0000").status == 404
