"""Who may invite whom, and what becomes of an invitation until it is accepted."""

from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest

from services.kernel.aws import clients
from services.kernel.security.sessions import NATIONAL, Role
from services.registration.adapters import account_store
from services.registration.settings import settings
from tests.registration.invitations.inviting import NIP, Invited, form, invited
from tests.registration.listed import IN_TIME, portal
from tests.registration.staff import Desk, desk, staff_account
from tests.support.aws import Cloud
from tests.support.gates import open_gate

__all__ = ["portal"]

OFFICE = {Role.OPERATOR, Role.VERIFIKATOR, Role.HELPDESK}
GIVES = {Role.ADMIN: OFFICE, Role.BKN: OFFICE | {Role.ADMIN, Role.PPK}}
PROPOSES = {Role.ADMIN: {Role.PPK}, Role.BKN: {Role.BKN, Role.AUDITOR}}
SENT, WAITING = "TERKIRIM", "MENUNGGU_PERSETUJUAN"


def national(cloud: Cloud, role: Role = Role.BKN, number: int = 1) -> Desk:
    """Somebody of bkn at the accounts of bkn."""
    return Desk(cloud, desk(cloud, role, number=number).actor, "nasional")


@pytest.mark.parametrize("inviter", sorted(Role))
def test_roles_are_given_or_proposed_as_the_law_says(portal: Cloud, inviter: Role) -> None:
    for number, role in enumerate(Role):
        at = "nasional" if role in NATIONAL else "9901"
        who = Desk(portal, desk(portal, inviter).actor, at)
        wish = form(login=f"19000101192002100{number}", role=role.value, position="Kepala Dinas (contoh)")
        answer = who.call("POST", "/invitations", wish)
        if role in GIVES.get(inviter, set()):
            assert (answer.status, answer.json["state"]) == (201, SENT)
            assert answer.json["address"].startswith("/instansi/undangan/#")
        elif role in PROPOSES.get(inviter, set()):
            assert (answer.status, answer.json["state"], answer.json["address"]) == (201, WAITING, None)
        else:
            assert answer.code in {"forbidden", "not-found"}


def test_a_national_role_is_none_of_an_institutions_and_the_other_way_round(portal: Cloud) -> None:
    bkn = desk(portal, Role.BKN)
    assert bkn.call("POST", "/invitations", form(role="bkn")).code == "forbidden"
    assert national(portal).call("POST", "/invitations", form(role="admin")).code == "forbidden"


@pytest.mark.parametrize("code", ["9902", "abcd", "99011", "0000", "99%2001", "99 01", "9901%20", "990", "I9901"])
def test_nobody_is_invited_to_an_institution_that_takes_no_part(portal: Cloud, code: str) -> None:
    who = Desk(portal, desk(portal, Role.BKN).actor, quote(code))
    before = portal.items("RegTable")
    for method, path, body in (
        ("POST", "/invitations", form()),
        ("GET", "/invitations", None),
        ("GET", "/users", None),
    ):
        answer = who.call(method, path, body)
        assert (answer.status, answer.code) == (404, "not-found")
    assert portal.items("RegTable") == before


def test_an_institution_has_staff_from_the_moment_its_round_is_opened(portal: Cloud) -> None:
    open_gate("9903")
    bkn = Desk(portal, desk(portal, Role.BKN).actor, "9903")
    assert invited(portal, bkn, role="admin").shown["institution"] == "9903"


@pytest.mark.parametrize(
    "wrong",
    [
        {"login": "123"},
        {"login": "190013011920021001"},
        {"login": "9901014101900000"},
        {"email": "bukan email"},
        {"name": " "},
        {"role": "raja"},
        {"units": [f"SD Negeri {number} Contoh" for number in range(150)]},
        {"role": "helpdesk", "units": ["SD Negeri Contoh"]},
        {"until": "besok"},
        {"role": "ppk", "position": ""},
        {"delivery": "MERPATI"},
    ],
)
def test_a_form_that_cannot_be_right_is_refused(portal: Cloud, wrong: dict[str, Any]) -> None:
    answer = desk(portal, Role.ADMIN).call("POST", "/invitations", form(**wrong))
    assert (answer.status, answer.code) == (422, "invalid-fields")
    assert not [item for item in portal.items("RegTable") if item["pk"].startswith("V#")]


def test_whoever_has_an_account_is_not_invited_again_unless_he_has_left(portal: Cloud) -> None:
    account = staff_account(NIP, Role.OPERATOR, "9901")
    admin = desk(portal, Role.ADMIN)
    assert admin.call("POST", "/invitations", form()).code == "account-exists"
    left = admin.call("POST", f"/users/{account.id}/disablement", {"v": 1, "reason": "pindah kerja"})
    assert (left.status, left.json["state"]) == (200, "NONAKTIF")
    again = invited(portal, admin)
    assert again.accept().status == 201
    assert again.handle("confirmation").status == 200
    back = account_store.load(account.id)
    assert back is not None
    assert (back.state.value, back.token_version) == ("AKTIF", 3)


def test_what_is_private_of_it_is_encrypted_and_its_number_is_shown_masked(portal: Cloud) -> None:
    one = invited(portal, units=["SD Negeri 1 Contoh"])
    assert (one.shown["login_masked"], one.shown["units"]) == ("1900************01", ["SD Negeri 1 Contoh"])
    stored = "".join(
        str(clients.dynamodb().scan(TableName=table)["Items"])
        for table in (settings().table, settings().ttl_table, settings().audit_table)
    )
    secret = one.token.partition(".")[2]
    assert one.shown["id"] in stored
    for hidden in (NIP, "Petugas Contoh", "petugas@contoh.id", secret, one.open().json["key"]):
        assert hidden not in stored


def test_a_retry_is_answered_the_same_but_for_the_address(portal: Cloud) -> None:
    admin = desk(portal, Role.ADMIN)
    first, again = (
        admin.call("POST", "/invitations", form(), headers={"Idempotency-Key": "same-key-of-mine"}) for _ in range(2)
    )
    assert (again.status, again.json) == (201, {**first.json, "address": None, "qr": None})
    assert len(admin.call("GET", "/invitations").json["items"]) == 1


def test_sent_again_the_address_before_is_over(portal: Cloud) -> None:
    one = invited(portal)
    before = one.token
    again = one.handle("sending", delivery="CETAK")
    assert again.status == 200
    assert one.open().code == "invitation-over"
    after = Invited(portal, one.by, again.json, one.login)
    assert after.token != before
    assert after.open().status == 200


def test_withdrawn_it_is_over(portal: Cloud) -> None:
    one = invited(portal)
    assert one.handle("").json["state"] == "DITARIK"
    assert one.open().code == "invitation-over"
    assert one.accept().code == "invitation-over"
    for deed in ("sending", "confirmation", ""):
        assert one.handle(deed).code == "illegal-transition"


def test_it_is_over_after_seventy_two_hours(portal: Cloud) -> None:
    one = invited(portal)
    portal.at(IN_TIME + timedelta(hours=71, minutes=59))
    assert one.open().status == 200
    portal.at(IN_TIME + timedelta(hours=72, minutes=1))
    assert (one.open().code, one.now["expired"]) == ("invitation-over", True)
    assert one.handle("sending", delivery="CETAK").status == 200


def test_a_stale_version_moves_nothing(portal: Cloud) -> None:
    one = invited(portal)
    for deed in ("sending", ""):
        method = "POST" if deed else "DELETE"
        path = f"/invitations/{one.shown['id']}" + (f"/{deed}" if deed else "")
        assert one.by.call(method, path, {"v": 9}).code == "version-moved"


def test_another_institutions_invitation_is_not_found(portal: Cloud) -> None:
    open_gate("9902")
    one = invited(portal)
    stranger = desk(portal, Role.ADMIN, "9902")
    for code in ("9901", "9902"):
        who = Desk(portal, stranger.actor, code)
        assert one.handle("sending", who).code == "not-found"
        assert one.handle("", who).code == "not-found"
    assert one.open().status == 200


def test_bkn_handles_what_an_admin_has_begun_and_a_second_admin_too(portal: Cloud) -> None:
    one = invited(portal)
    assert one.handle("sending", desk(portal, Role.ADMIN, number=2), delivery="CETAK").status == 200
    assert one.handle("", desk(portal, Role.BKN)).status == 200


@pytest.mark.parametrize("role", sorted({Role.OPERATOR, Role.VERIFIKATOR, Role.PPK, Role.AUDITOR}))
def test_others_see_no_invitations(portal: Cloud, role: Role) -> None:
    one = invited(portal)
    who = desk(portal, role)
    assert who.call("GET", "/invitations").code == "forbidden"
    assert one.handle("", who).code == "forbidden"


def test_the_help_desk_sees_them_and_handles_none(portal: Cloud) -> None:
    one = invited(portal)
    desk_ = desk(portal, Role.HELPDESK)
    (shown,) = desk_.call("GET", "/invitations").json["items"]
    assert (shown["may_handle"], shown["may_decide"], shown["email"]) == (False, False, None)
    assert one.now["email"] == "petugas@contoh.id"
    assert one.handle("sending", desk_).code == "forbidden"
