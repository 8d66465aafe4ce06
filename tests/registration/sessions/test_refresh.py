from datetime import timedelta

import pytest

from services.kernel.aws import dynamodb
from services.kernel.security.sessions import SESSION_COOKIE, Audience, verify
from services.registration.app import app
from services.registration.sessions.cookies import DEVICE_COOKIE, REFRESH_COOKIE
from services.registration.settings import settings
from tests.registration.listed import IN_TIME
from tests.registration.staff import sign_in_staff, staff_account
from tests.support.aws import Answer, Cloud, signed

LOGIN = "190001011920011001"


@pytest.fixture
def account(portal: Cloud) -> str:
    """The id of an account."""
    return staff_account(LOGIN).id


BROWSER = "0" * 32


def device(name: str = BROWSER) -> str:
    """The cookie of a browser that is called so."""
    claims = {"aud": "device", "sub": name, "accounts": {}, "exp": int((IN_TIME + timedelta(days=9)).timestamp())}
    return signed(claims)


@pytest.fixture
def refresh(portal: Cloud, account: str) -> str:
    """The first refresh token of a sign-in in that browser."""
    return sign_in_staff(portal, LOGIN, cookies={DEVICE_COOKIE: device()}).cookies[REFRESH_COOKIE]


def use(cloud: Cloud, token: str | None, *, browser: str | None = BROWSER) -> Answer:
    cookies = {REFRESH_COOKIE: token or "", DEVICE_COOKIE: device(browser or "")}
    for name in [REFRESH_COOKIE] * (token is None) + [DEVICE_COOKIE] * (browser is None):
        del cookies[name]
    return cloud.call(app, "POST", "/registration/sessions/refresh", cookies=cookies)


def test_a_token_is_taken_and_the_next_given(portal: Cloud, refresh: str) -> None:
    portal.at(IN_TIME + timedelta(minutes=14))
    first = use(portal, refresh)
    assert (first.status, first.json["role"]) == (200, "bkn")
    assert verify(first.cookies[SESSION_COOKIE], Audience.SESSION).expires_at - IN_TIME > timedelta(minutes=28)
    assert first.cookies[REFRESH_COOKIE] != refresh
    portal.at(IN_TIME + timedelta(minutes=28))
    assert use(portal, first.cookies[REFRESH_COOKIE]).status == 200


def test_a_token_used_again_later_ends_the_whole_sign_in(portal: Cloud, refresh: str) -> None:
    following = use(portal, refresh).cookies[REFRESH_COOKIE]
    portal.at(IN_TIME + timedelta(minutes=5))
    assert use(portal, refresh).code == "unauthenticated"
    assert use(portal, following).code == "unauthenticated"


@pytest.mark.parametrize("browser", [None, "1" * 32])
def test_in_another_browser_a_token_is_nothing(portal: Cloud, refresh: str, browser: str | None) -> None:
    """A neighbour under the same domain can plant this cookie, so that a visitor would go on as somebody else."""
    planted = use(portal, refresh, browser=browser)
    assert (planted.code, planted.cookies) == ("unauthenticated", {})
    assert use(portal, refresh).status == 200


def test_of_two_tokens_neither_counts(portal: Cloud, refresh: str) -> None:
    for second in (refresh, "x"):
        sent = f"{REFRESH_COOKIE}={refresh}; {DEVICE_COOKIE}={device()}; {REFRESH_COOKIE}={second}"
        headers = {"Cookie": sent}
        assert portal.call(app, "POST", "/registration/sessions/refresh", headers=headers).code == "unauthenticated"
    assert use(portal, refresh).status == 200


def test_an_older_token_ends_the_sign_in_at_once(portal: Cloud, refresh: str) -> None:
    second = use(portal, refresh).cookies[REFRESH_COOKIE]
    third = use(portal, second).cookies[REFRESH_COOKIE]
    assert use(portal, refresh).code == "unauthenticated"
    assert use(portal, third).code == "unauthenticated"


def test_two_tabs_at_the_same_moment_are_no_theft(portal: Cloud, refresh: str) -> None:
    first = use(portal, refresh)
    second = use(portal, refresh)
    assert second.status == 200
    assert list(second.cookies) == [SESSION_COOKIE]
    assert use(portal, first.cookies[REFRESH_COOKIE]).status == 200


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize("token", [None, "x", "a.b", "0" * 32 + ".x", "0" * 32 + "." + "x" * 43, "x" * 5000])
def test_what_is_no_token_is_refused_and_signs_nobody_out(portal: Cloud, token: str | None) -> None:
    assert use(portal, token).code == "unauthenticated"
    cookies = {REFRESH_COOKIE: token} if token else None
    assert portal.call(app, "DELETE", "/registration/sessions", cookies=cookies).status == 204


def test_a_sign_in_ends_after_half_a_day_however_often_refreshed(portal: Cloud, refresh: str) -> None:
    token = refresh
    for hours in (4, 8, 11):
        portal.at(IN_TIME + timedelta(hours=hours))
        token = use(portal, token).cookies[REFRESH_COOKIE]
    portal.at(IN_TIME + timedelta(hours=12, minutes=5))
    assert use(portal, token).code == "unauthenticated"


@pytest.mark.parametrize("change", [{"state": "NONAKTIF"}, {"tv": 2}])
def test_a_disabled_or_changed_account_cannot_go_on(
    portal: Cloud, account: str, refresh: str, change: dict[str, object]
) -> None:
    key = {"pk": f"U#{account}", "sk": "@"}
    dynamodb.transact([dynamodb.update(settings().table, key, values=change)])
    assert use(portal, refresh).code == "unauthenticated"
    dynamodb.transact([dynamodb.update(settings().table, key, values={"state": "AKTIF", "tv": 1})])
    assert use(portal, refresh).code == "unauthenticated"


def test_signing_out_ends_the_refresh_token_and_the_cookies(portal: Cloud, refresh: str) -> None:
    out = portal.call(app, "DELETE", "/registration/sessions", cookies={REFRESH_COOKIE: refresh})
    assert (out.status, out.text, out.cookies) == (204, "", {SESSION_COOKIE: "", REFRESH_COOKIE: ""})
    assert use(portal, refresh).code == "unauthenticated"
    assert portal.call(app, "DELETE", "/registration/sessions").status == 204


def test_another_sites_page_cannot_refresh_or_sign_out(portal: Cloud, refresh: str) -> None:
    elsewhere = {"Origin": "https://elsewhere.example"}
    for method, path in (("POST", "/registration/sessions/refresh"), ("DELETE", "/registration/sessions")):
        answer = portal.call(app, method, path, cookies={REFRESH_COOKIE: refresh}, headers=elsewhere)
        assert answer.code == "forbidden"
    assert use(portal, refresh).status == 200
