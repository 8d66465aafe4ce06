"""The invited one takes his account, and whoever invited says that it was the right one."""

from datetime import timedelta

import pyotp
import pytest

from services.kernel import clock
from services.kernel.security.sessions import Role
from services.registration.adapters import account_store
from services.registration.invitations.open_invitation import TRIES
from services.registration.model.account import AccountState
from tests.registration.invitations.inviting import NIP, invited
from tests.registration.listed import IN_TIME, portal
from tests.registration.staff import Desk, desk, enter_code, enter_password, staff_account
from tests.support.aws import Cloud

__all__ = ["portal"]


def test_from_the_invitation_to_the_first_sign_in(portal: Cloud) -> None:
    one = invited(portal, units=["SD Negeri 1 Contoh"])
    offer = one.open().json
    assert (offer["kind"], offer["role"], offer["name"]) == ("UNDANGAN", "operator", "Petugas Contoh")
    assert (offer["institution"]["code"], offer["units"]) == ("9901", ["SD Negeri 1 Contoh"])
    assert offer["uri"].startswith("otpauth://totp/")
    assert NIP not in offer["uri"]
    assert offer["qr"].startswith("<svg")
    accepted = one.accept(steps=-1)
    assert (accepted.status, accepted.json["confirmed"]) == (201, False)
    assert len(set(accepted.json["recovery_codes"])) == 10
    code = pyotp.TOTP(offer["key"]).now()
    assert enter_code(portal, enter_password(portal, NIP), code).code == "not-confirmed"
    assert one.now["state"] == "DITERIMA"
    assert one.handle("confirmation").json["state"] == "SELESAI"
    answer = enter_code(portal, enter_password(portal, NIP), code)
    assert (answer.status, answer.json["role"]) == (200, "operator")
    recovered = enter_code(portal, enter_password(portal, NIP), accepted.json["recovery_codes"][0])
    assert recovered.status == 200


def test_it_is_good_once(portal: Cloud) -> None:
    one = invited(portal)
    assert one.accept().status == 201
    assert one.open().code == "invitation-over"
    assert one.accept().code == "invitation-over"


def test_the_code_of_the_acceptance_does_not_sign_in(portal: Cloud) -> None:
    one = invited(portal)
    key = one.open().json["key"]
    assert one.accept().status == 201
    one.handle("confirmation")
    step = pyotp.TOTP(key).timecode(clock.machine_now())
    assert enter_code(portal, enter_password(portal, NIP), pyotp.TOTP(key).generate_otp(step)).code == "wrong-code"
    assert enter_code(portal, enter_password(portal, NIP), pyotp.TOTP(key).generate_otp(step + 1)).status == 200


def test_a_retry_finds_that_it_was_accepted_without_the_codes(portal: Cloud) -> None:
    one = invited(portal)
    headers = {"Idempotency-Key": "of-this-one-form"}
    offered = one.open().json["key"]
    totp = pyotp.TOTP(offered)
    code = totp.now()
    first = one.accept(headers=headers, code=code)
    again = one.accept(headers=headers, code=code)
    assert (first.status, again.status) == (201, 201)
    assert (again.json["confirmed"], again.json["recovery_codes"]) == (False, [])


@pytest.mark.parametrize("login", ["190001011920021009", "9901014101900001"])
def test_another_number_opens_nothing(portal: Cloud, login: str) -> None:
    one = invited(portal)
    answer = one.open(login=login)
    assert [field["code"] for field in answer.json["fields"]] == ["not-invited"]
    assert one.open().status == 200


def test_numbers_are_not_tried_for_ever(portal: Cloud) -> None:
    one = invited(portal)
    for _ in range(TRIES.most):
        assert one.open(login="190001011920021009").code == "invalid-fields"
    assert one.open().code == "throttled"
    portal.at(IN_TIME + timedelta(hours=1))
    assert one.open().status == 200


@pytest.mark.parametrize("token", ["", "x", ".", "0" * 16 + ".x", "a" * 200])
def test_a_made_up_address_is_over(portal: Cloud, token: str) -> None:
    one = invited(portal)
    assert one.open(token=token).code == "invitation-over"
    assert one.open(token=one.token.partition(".")[0] + "." + "A" * 43).code == "invitation-over"


@pytest.mark.parametrize(
    "password", ["pendek", "nomor saya 190001011920021001", "Petugas Contoh oke", "lahir 01011900 ya", "password123456"]
)
def test_a_bad_password_is_refused_and_the_invitation_stands(portal: Cloud, password: str) -> None:
    one = invited(portal)
    answer = one.accept(password=password)
    assert [field["field"] for field in answer.json["fields"]] == ["password"]
    assert one.accept().status == 201


@pytest.mark.parametrize("code", ["000000", "x", ""])
def test_a_wrong_code_is_refused_and_the_invitation_stands(portal: Cloud, code: str) -> None:
    one = invited(portal)
    assert [field["field"] for field in one.accept(code=code).json["fields"]] == ["code"]
    assert one.accept().status == 201


def test_whoever_invited_and_left_invites_nobody_any_more(portal: Cloud) -> None:
    one = invited(portal)
    bkn = Desk(portal, desk(portal, Role.BKN).actor, "9901")
    assert bkn.call("POST", f"/users/{one.by.actor.id}/disablement", {"v": 1, "reason": "pensiun"}).status == 200
    assert one.open().code == "invitation-over"
    assert one.accept().code == "invitation-over"


def test_nor_does_one_who_may_not_give_the_role_any_more(portal: Cloud) -> None:
    one = invited(portal)
    bkn = Desk(portal, desk(portal, Role.BKN).actor, "9901")
    demoted = bkn.call("POST", f"/users/{one.by.actor.id}/role", {"v": 1, "role": "operator", "reason": "ganti tugas"})
    assert demoted.status == 200
    assert one.accept().code == "invitation-over"


def test_a_number_that_got_an_account_meanwhile_keeps_it(portal: Cloud) -> None:
    one = invited(portal)
    account = staff_account(NIP, Role.HELPDESK, "9901")
    assert one.accept().code == "account-exists"
    assert account_store.load(account.id) == account


def test_nobody_confirms_himself_and_no_operator_does(portal: Cloud) -> None:
    one = invited(portal, desk(portal, Role.BKN), role="admin")
    assert one.accept().status == 201
    account = account_store.load(account_store.staff_id(NIP))
    assert account is not None
    himself = desk(portal, Role.ADMIN)
    as_himself = Desk(portal, himself.actor.model_copy(update={"id": account.id}), "9901")
    assert one.handle("confirmation", as_himself).code in {"own-account", "unauthenticated"}
    assert one.handle("confirmation", desk(portal, Role.OPERATOR)).code == "forbidden"
    assert one.handle("confirmation", himself).code == "forbidden", "an admin gives no admins"
    assert one.handle("confirmation").status == 200


def test_taken_back_after_it_was_accepted_the_account_is_disabled(portal: Cloud) -> None:
    one = invited(portal)
    one.accept()
    assert one.handle("").json["state"] == "DITARIK"
    account = account_store.load(account_store.staff_id(NIP))
    assert account is not None
    assert account.state is AccountState.NONAKTIF
    assert enter_password(portal, NIP).code == "wrong-credentials"


def test_the_account_knows_who_invited_and_who_agreed(portal: Cloud) -> None:
    admin, bkn = desk(portal, Role.ADMIN), desk(portal, Role.BKN)
    one = invited(portal, admin, role="ppk", position="Plt. Kepala Dinas (contoh)", until="2022-12-31")
    decided = one.handle("decision", bkn, approved=True, delivery="CETAK")
    assert (decided.status, decided.json["state"]) == (200, "TERKIRIM")
    one.shown = decided.json
    one.accept()
    account = account_store.load(account_store.staff_id(NIP))
    assert account is not None
    assert account.sponsors == (admin.actor.id, bkn.actor.id)
    private = account_store.staff_private(account)
    assert (private.position, str(private.until)) == ("Plt. Kepala Dinas (contoh)", "2022-12-31")
