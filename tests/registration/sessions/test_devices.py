"""Which browsers are known to an account: signed by us, not over, and since its password was last changed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.kernel.problems import Problem
from services.kernel.security.sessions import Audience, Role, verify
from services.registration.model.account import Account, AccountState
from services.registration.sessions.devices import MAX_DEVICES, TTL, Device
from tests.registration.listed import IN_TIME
from tests.support.aws import Cloud, signed


def account(name: str = "1.a", token_version: int = 1) -> Account:
    """An account of which only these two matter."""
    return Account(name, Role.BKN, None, (), None, "", token_version, AccountState.AKTIF, 1, None, b"")


def test_a_browser_knows_who_signed_in_there(portal: Cloud) -> None:
    new = Device.of(None)
    assert not new.knows(account())
    again = Device.of(new.token_after(account()))
    assert (again.name, again.knows(account())) == (new.name, True)
    assert not again.knows(account("1.b"))
    assert not again.knows(None)
    both = Device.of(again.token_after(account("1.b")))
    assert [both.knows(account(name)) for name in ("1.a", "1.b")] == [True, True]


def test_a_changed_password_makes_it_unknown_until_the_next_sign_in(portal: Cloud) -> None:
    device = Device.of(Device.of(None).token_after(account()))
    changed = replace(account(), token_version=2)
    assert not device.knows(changed)
    assert Device.of(device.token_after(changed)).knows(changed)


def test_only_the_latest_accounts_are_remembered(portal: Cloud) -> None:
    device = Device.of(None)
    for n in (*range(MAX_DEVICES + 1), 1):
        device = Device.of(device.token_after(account(f"1.{n}")))
    assert list(device.accounts) == ["1.2", "1.3", "1.4", "1.5", "1.1"]


def test_it_is_forgotten_half_a_year_after_the_last_sign_in(portal: Cloud) -> None:
    token = Device.of(None).token_after(account())
    portal.at(IN_TIME + TTL - timedelta(minutes=1))
    assert Device.of(token).knows(account())
    portal.at(IN_TIME + TTL + timedelta(minutes=5))
    assert not Device.of(token).knows(account())


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "\ud800"])
def test_what_is_no_cookie_of_ours_is_a_new_browser(portal: Cloud, token: str) -> None:
    first, second = Device.of(token), Device.of(token)
    assert (first.accounts, second.accounts) == ({}, {})
    assert first.name != second.name


@pytest.mark.parametrize("changed", [{"aud": "session"}, {"accounts": None}, {"accounts": {"1.a": "x"}}, {"sub": 7}])
def test_another_token_of_ours_is_none(portal: Cloud, changed: dict[str, object]) -> None:
    claims = {"aud": "device", "sub": "d", "accounts": {"1.a": 1}, "exp": 4_000_000_000}
    assert Device.of(signed(claims)).name == "d"
    assert Device.of(signed({**claims, **changed})).name != "d"
    assert Device.of(portal.token(Role.BKN)).accounts == {}


def test_it_opens_nothing(portal: Cloud) -> None:
    token = Device.of(None).token_after(account())
    for audience in Audience:
        with pytest.raises(Problem):
            verify(token, audience)
