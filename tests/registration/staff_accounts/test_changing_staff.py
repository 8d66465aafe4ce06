"""What an admin or bkn changes of somebody's account: role and units, or that it is none any more."""

import pytest

from services.kernel.aws import clients
from services.kernel.security.sessions import Role
from services.registration.adapters import account_store
from services.registration.app import app
from services.registration.model.account import Account
from tests.registration.listed import portal
from tests.registration.staff import Desk, desk, sign_in_staff, staff_account
from tests.support.aws import Answer, Cloud
from tests.support.gates import open_gate

__all__ = ["portal"]

NIP = "190001011920021001"
REASON = "pindah tugas"
OFFICE = {Role.OPERATOR, Role.VERIFIKATOR, Role.HELPDESK}
REACH = {Role.ADMIN: OFFICE, Role.BKN: OFFICE | {Role.ADMIN, Role.PPK}}


def disable(who: Desk, account: Account, v: int = 1) -> Answer:
    return who.call("POST", f"/users/{account.id}/disablement", {"v": v, "reason": REASON})


def change(who: Desk, account: Account, role: str, v: int = 1, **more: object) -> Answer:
    return who.call("POST", f"/users/{account.id}/role", {"v": v, "role": role, "reason": REASON, **more})


def stored(account: Account) -> Account:
    found = account_store.load(account.id)
    assert found is not None
    return found


@pytest.mark.parametrize("by", [Role.ADMIN, Role.BKN])
@pytest.mark.parametrize("role", sorted(OFFICE | {Role.ADMIN, Role.PPK}))
def test_whose_role_is_ones_to_give_may_be_disabled(portal: Cloud, by: Role, role: Role) -> None:
    account = staff_account(NIP, role, "9901")
    answer = disable(desk(portal, by), account)
    if role not in REACH[by]:
        assert answer.code == "forbidden"
        assert stored(account) == account
        return
    assert (answer.status, answer.json["state"]) == (200, "NONAKTIF")
    assert (stored(account).token_version, stored(account).v) == (2, 2)
    assert disable(desk(portal, by), account, 2).code == "illegal-transition"


@pytest.mark.parametrize("by", [Role.ADMIN, Role.BKN])
@pytest.mark.parametrize("before", sorted(OFFICE | {Role.ADMIN, Role.PPK}))
def test_a_role_is_exchanged_where_both_are_ones_to_give(portal: Cloud, by: Role, before: Role) -> None:
    for number, after in enumerate(sorted(Role)):
        account = staff_account(f"19000101192002200{number}", before, "9901", sponsors=("1.first",))
        who = desk(portal, by)
        units = ["SD Negeri 1 Contoh"] if after in {Role.OPERATOR, Role.VERIFIKATOR} else []
        answer = change(who, account, after.value, units=units)
        if {before, after} <= REACH[by]:
            assert (answer.status, answer.json["role"]) == (200, after.value)
            assert stored(account).units == tuple(units)
            assert stored(account).sponsors == ("1.first", who.actor.id), "whoever gave the role stands for it too"
        else:
            assert answer.code == "forbidden"


def test_what_was_signed_in_before_is_over_and_a_new_sign_in_has_the_new_role(portal: Cloud) -> None:
    account = staff_account(NIP, Role.OPERATOR, "9901", recovery=["ABCDE-FGHJK"])
    before = sign_in_staff(portal, NIP)
    assert change(desk(portal, Role.ADMIN), account, "verifikator", 2).status == 200
    assert portal.call(app, "GET", "/registration/me", cookies=before.cookies).code == "unauthenticated"
    refreshed = portal.call(app, "POST", "/registration/sessions/refresh", cookies=before.cookies)
    assert refreshed.code == "unauthenticated"


def test_nobody_does_it_to_himself(portal: Cloud) -> None:
    for role in (Role.ADMIN, Role.BKN):
        who = desk(portal, role)
        account = stored_of(who)
        at = Desk(portal, who.actor, "nasional" if role is Role.BKN else "9901")
        assert disable(at, account).code == "own-account"
        assert change(at, account, "operator").code == "own-account"


def stored_of(who: Desk) -> Account:
    account = account_store.load(who.actor.id)
    assert account is not None
    return account


def test_two_admins_do_not_disable_each_other(portal: Cloud) -> None:
    one, other = desk(portal, Role.ADMIN), desk(portal, Role.ADMIN, number=2)
    assert disable(one, stored_of(other)).code == "forbidden"
    assert disable(other, stored_of(one)).code == "forbidden"


def test_of_two_of_bkn_who_disable_each_other_at_once_one_is_left(portal: Cloud) -> None:
    """The second one has decided already when the first one's deed is written."""
    first, second = (Desk(portal, desk(portal, Role.BKN, number=n).actor, "nasional") for n in (1, 2))
    between: list[Answer] = []

    def come_between(**_: object) -> None:
        clients.dynamodb().meta.events.unregister("before-call.dynamodb.TransactWriteItems", come_between)
        between.append(disable(second, stored_of(first)))

    clients.dynamodb().meta.events.register("before-call.dynamodb.TransactWriteItems", come_between)
    answer = disable(first, stored_of(second))
    assert [one.status for one in between] == [200]
    assert (answer.status, answer.code) == (409, "version-moved")
    assert [stored_of(one).may_sign_in for one in (first, second)] == [False, True]
    assert disable(first, stored_of(second)).code == "unauthenticated"


def test_an_account_of_another_institution_is_not_found(portal: Cloud) -> None:
    open_gate("9902")
    account = staff_account(NIP, Role.OPERATOR, "9902")
    for code in ("9901", "9902"):
        who = Desk(portal, desk(portal, Role.ADMIN).actor, code)
        assert disable(who, account).code == "not-found"
        assert change(who, account, "helpdesk").code == "not-found"
    assert disable(Desk(portal, desk(portal, Role.BKN).actor, "9901"), account).code == "not-found"
    assert stored(account) == account


def test_what_was_changed_elsewhere_meanwhile_is_looked_at_again(portal: Cloud) -> None:
    account = staff_account(NIP, Role.OPERATOR, "9901")
    assert disable(desk(portal, Role.ADMIN), account, 9).code == "version-moved"
    assert change(desk(portal, Role.ADMIN), account, "helpdesk", 9).code == "version-moved"


def test_a_retry_is_answered_the_same(portal: Cloud) -> None:
    account, admin = staff_account(NIP, Role.OPERATOR, "9901"), desk(portal, Role.ADMIN)
    body, headers = {"v": 1, "reason": REASON}, {"Idempotency-Key": "one-press-only"}
    first, again = (admin.call("POST", f"/users/{account.id}/disablement", body, headers=headers) for _ in range(2))
    assert (first.status, first.json) == (again.status, again.json)


def test_who_works_here_is_listed_with_masked_numbers(portal: Cloud) -> None:
    staff_account(NIP, Role.OPERATOR, "9901", units=["SD Negeri 1 Contoh"])
    staff_account("9901014101900001", Role.VERIFIKATOR, "9901")
    items = desk(portal, Role.ADMIN).call("GET", "/users").json["items"]
    shown = {(one["role"], one["login_masked"]) for one in items}
    assert {("verifikator", "9901**********01"), ("operator", "1900************01")} <= shown
    national = Desk(portal, desk(portal, Role.BKN).actor, "nasional").call("GET", "/users").json["items"]
    assert {one["role"] for one in national} == {"bkn"}
    assert Desk(portal, desk(portal, Role.ADMIN).actor, "nasional").call("GET", "/users").code == "not-found"
