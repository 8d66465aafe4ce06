"""What takes two: accounts of bkn and auditors, PPKs, and the way back for whoever lost his phone."""

import pytest

from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.security.sessions import Role
from services.registration.adapters import account_store, invitation_store
from services.registration.app import app
from services.registration.invitations.invite_first import invite_first
from services.registration.invitations.new_invitation import send
from services.registration.model.account import AccountState
from tests.registration.invitations.inviting import NIP, Invited, invited
from tests.registration.listed import portal
from tests.registration.staff import Desk, desk, enter_password, staff_account
from tests.support.aws import Cloud

__all__ = ["portal"]

OTHER = "190001011920021009"


def of_bkn(cloud: Cloud, number: int = 1) -> Desk:
    return Desk(cloud, desk(cloud, Role.BKN, number=number).actor, "nasional")


@pytest.mark.parametrize("role", ["bkn", "auditor"])
def test_a_national_account_takes_two_of_bkn(portal: Cloud, role: str) -> None:
    first, second = of_bkn(portal), of_bkn(portal, 2)
    one = invited(portal, first, role=role)
    assert (one.now["may_decide"], one.now["state"]) == (False, "MENUNGGU_PERSETUJUAN")
    assert one.handle("decision", approved=True).code == "second-person-needed"
    assert one.handle("sending").code == "illegal-transition"
    admin = Desk(portal, desk(portal, Role.ADMIN).actor, "nasional")
    assert one.handle("decision", admin, approved=True).code == "not-found"
    sent = one.handle("decision", second, approved=True, delivery="CETAK").json
    assert (sent["state"], sent["approved_by"]) == ("TERKIRIM", "Petugas bkn 2")
    assert Invited(portal, first, sent, NIP).accept().status == 201
    assert one.handle("confirmation").status == 200
    account = account_store.load(account_store.staff_id(NIP))
    assert account is not None
    assert (account.role.value, account.institution, account.state) == (role, None, AccountState.AKTIF)


def test_a_ppk_is_agreed_to_by_bkn(portal: Cloud) -> None:
    one = invited(portal, role="ppk", position="Kepala Dinas (contoh)")
    assert one.handle("decision", desk(portal, Role.ADMIN, number=2), approved=True).code == "forbidden"
    bkn = desk(portal, Role.BKN)
    token = portal.token(Role.BKN, sub=bkn.actor.id, token_version=1)
    waiting = portal.call(app, "GET", "/registration/invitations", token=token).json["items"]
    assert [(shown["id"], shown["may_decide"]) for shown in waiting] == [(one.shown["id"], True)]
    refused = one.handle("decision", bkn, approved=False)
    assert [field["field"] for field in refused.json["fields"]] == ["reason"]
    assert one.handle("decision", bkn, approved=False, reason="bukan pejabatnya").json["state"] == "DITOLAK"
    assert one.now["reason"] == "bukan pejabatnya"
    assert one.handle("decision", bkn, approved=True).code == "illegal-transition"


def recovery(cloud: Cloud, by: Desk, login: str = OTHER) -> Invited:
    """A recovery somebody asks for."""
    user = account_store.staff_id(login)
    answer = by.call("POST", f"/users/{user}/recoveries", {"v": 1, "reason": "ponsel hilang"})
    assert answer.status == 201, answer.text
    return Invited(cloud, by, answer.json, login)


@pytest.mark.parametrize("starter", [Role.HELPDESK, Role.ADMIN, Role.BKN])
def test_a_lost_phone_takes_two_members_of_staff(portal: Cloud, starter: Role) -> None:
    account = staff_account(OTHER, Role.OPERATOR, "9901", recovery=["ABCDE-FGHJK"])
    one = recovery(portal, desk(portal, starter))
    assert (one.shown["kind"], one.shown["reason"]) == ("PEMULIHAN", "ponsel hilang")
    assert one.handle("decision", approved=True).code in {"second-person-needed", "forbidden"}
    assert enter_password(portal, OTHER).status == 202, "nothing has changed for him yet"
    second = desk(portal, Role.ADMIN, number=2)
    assert one.handle("decision", second, approved=True, delivery="CETAK").code == "invalid-fields"
    sent = one.handle("decision", second, approved=True)
    assert (sent.status, sent.json["address"]) == (200, None), "it goes to his own address only"
    assert account_store.load(account.id) == account


def test_the_recovered_account_keeps_its_role_and_all_else_ends(portal: Cloud) -> None:
    account = staff_account(OTHER, Role.OPERATOR, "9901", units=["SDN 1"], sponsors=("1.admin",), own="ownpid")
    one = recovery(portal, desk(portal, Role.HELPDESK))
    approve(one, desk(portal, Role.ADMIN))
    accepted = one.accept()
    assert (accepted.status, accepted.json["confirmed"]) == (201, True)
    after = account_store.load(account.id)
    assert after is not None
    assert (after.role, after.units, after.sponsors, after.own) == (Role.OPERATOR, ("SDN 1",), ("1.admin",), "ownpid")
    assert (after.token_version, after.state) == (2, AccountState.AKTIF)
    assert account_store.staff_private(after).totp != account_store.staff_private(account).totp


def approve(one: Invited, second: Desk) -> None:
    """Agree, and read the mail: the address is printed here by the store's own hand."""
    assert one.handle("decision", second, approved=True).status == 200
    stored = invitation_store.load(one.shown["id"])
    assert stored is not None
    again, address = send(stored, clock.now())
    dynamodb.transact([invitation_store.put(again, stored)])
    one.shown = {**one.shown, "address": address}


def test_of_a_disabled_account_a_recovery_is_nothing(portal: Cloud) -> None:
    staff_account(OTHER, Role.OPERATOR, "9901")
    admin = desk(portal, Role.ADMIN)
    one = recovery(portal, desk(portal, Role.HELPDESK))
    approve(one, admin)
    user = account_store.staff_id(OTHER)
    assert admin.call("POST", f"/users/{user}/disablement", {"v": 1, "reason": "pindah"}).status == 200
    assert one.accept().code == "invitation-over"
    again = admin.call("POST", f"/users/{user}/recoveries", {"v": 2, "reason": "ponsel hilang"})
    assert again.code == "illegal-transition"


def test_nobody_recovers_himself_or_a_stranger(portal: Cloud) -> None:
    staff_account(OTHER, Role.OPERATOR, "9902")
    admin = desk(portal, Role.ADMIN)
    body = {"v": 1, "reason": "ponsel hilang"}
    assert admin.call("POST", f"/users/{admin.actor.id}/recoveries", body).code == "own-account"
    assert admin.call("POST", f"/users/{account_store.staff_id(OTHER)}/recoveries", body).code == "not-found"
    assert admin.call("POST", "/users/1.nobody/recoveries", body).code == "not-found"


def test_the_deployer_invites_bkn_and_nobody_has_to_confirm(portal: Cloud) -> None:
    address = invite_first(NIP, "Petugas BKN Contoh", "bkn@contoh.id")
    one = Invited(portal, of_bkn(portal), {"address": address, "id": ""}, NIP)
    assert one.accept().json["confirmed"] is True
    account = account_store.load(account_store.staff_id(NIP))
    assert account is not None
    assert (account.role, account.institution, account.state) == (Role.BKN, None, AccountState.AKTIF)
    assert enter_password(portal, NIP).status == 202


@pytest.mark.parametrize("login", ["9901014101900001", "123"])
def test_bkn_signs_in_with_a_nip_only(portal: Cloud, login: str) -> None:
    with pytest.raises(ValueError, match="nip-length"):
        invite_first(login, "Petugas BKN Contoh", "bkn@contoh.id")


def test_two_who_decide_at_once_decide_once(portal: Cloud) -> None:
    one = invited(portal, of_bkn(portal), role="auditor")
    v = one.v
    path = f"/invitations/{one.shown['id']}/decision"
    answers = [
        of_bkn(portal, number).call("POST", path, {"v": v, "approved": number == 2, "reason": "tidak perlu"})
        for number in (2, 3)
    ]
    assert [answer.status for answer in answers] == [200, 409]
