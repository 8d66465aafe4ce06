"""Guessing costs work; nobody keeps another's right password out, and nobody learns who has an account."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from services.kernel.aws import clients, dynamodb
from services.kernel.problems import Code, Problem
from services.registration.adapters import account_store
from services.registration.app import app
from services.registration.sessions import lockout
from services.registration.sessions.cookies import DEVICE_COOKIE
from services.registration.sessions.lockout import DEARER, FREE, SPREAD
from services.registration.sessions.throttle import SIGN_INS_OF_NETWORK
from services.registration.settings import settings
from tests.registration.listed import IN_TIME, solved
from tests.registration.staff import sign_in_staff, staff_account
from tests.support.aws import Answer, Cloud

BKN, NOBODY = "190001011920011001", "190001011920021009"
PASSWORD, WRONG = "becak biru di simpang lima", "becak hijau di simpang lima"
HERE = "192.0.2.1"

pytestmark = pytest.mark.usefixtures("owner")


@pytest.fixture
def owner(portal: Cloud) -> str:
    """The id of an account."""
    return staff_account(BKN).id


def sign_in(
    cloud: Cloud,
    password: str = PASSWORD,
    *,
    login: str = BKN,
    captcha: str = "",
    network: str = HERE,
    cookies: Mapping[str, str] | None = None,
) -> Answer:
    body = {"login": login, "password": password, "captcha": captcha}
    headers = {"X-Viewer-Address": network}
    return cloud.call(app, "POST", "/registration/staff-sessions", body, headers=headers, cookies=cookies)


def guess(times: int, *, login: str = BKN, network: str | None = None) -> None:
    """Wrong passwords, from one network or each from another one, without the time that hashing them takes."""
    for n in range(times):
        place = lockout.unknown(account_store.staff_id(login), network or f"198.51.100.{n}")
        lockout.admit(place, "", crowded=False)


def guessed(times: int, login: str = BKN) -> None:
    """So many have been counted for the account this day, from everywhere."""
    key = lockout.unknown(account_store.staff_id(login), HERE).all
    item = {"pk": key, "n": times, "until": 4_000_000_000_000}
    dynamodb.ttl_put(settings().ttl_table, item)


def required(answer: Answer, effort: int = 1) -> bool:
    """Whether a captcha of this effort is asked for, and nothing told."""
    assert not answer.cookies
    return (answer.status, answer.code, answer.json.get("effort")) == (403, "captcha-required", effort)


@pytest.mark.parametrize("login", [BKN, NOBODY])
def test_after_some_wrong_passwords_from_one_network_each_attempt_costs_a_captcha(portal: Cloud, login: str) -> None:
    for _ in range(FREE):
        assert sign_in(portal, WRONG, login=login).code == "wrong-credentials"
    for password in (WRONG, PASSWORD):
        assert required(sign_in(portal, password, login=login))
    assert sign_in(portal, WRONG, login=login, captcha=solved()).code == "wrong-credentials"
    assert required(sign_in(portal, WRONG, login=login))


def test_whoever_solves_it_and_is_right_is_let_in_and_begins_anew(portal: Cloud) -> None:
    guess(FREE, network=HERE)
    assert sign_in(portal, captcha=solved()).status == 202
    assert sign_in(portal, WRONG).code == "wrong-credentials"


def test_a_captcha_is_good_once_and_must_be_one(portal: Cloud) -> None:
    guess(FREE, network=HERE)
    token = solved()
    assert sign_in(portal, WRONG, captcha=token).code == "wrong-credentials"
    for bad in (token, "x"):
        assert sign_in(portal, captcha=bad).code == "captcha-failed"


def test_a_captcha_that_nobody_asked_for_is_not_spent(portal: Cloud) -> None:
    token = solved()
    for _ in range(2):
        assert sign_in(portal, captcha=token).status == 202


def test_a_few_networks_of_a_stranger_ask_nothing_of_the_owner(portal: Cloud) -> None:
    guess(FREE, network="198.51.100.1")
    guess(FREE, network="198.51.100.2")
    assert sign_in(portal).status == 202


@pytest.mark.parametrize("login", [BKN, NOBODY])
def test_an_account_guessed_at_from_everywhere_costs_its_owner_a_captcha_elsewhere(portal: Cloud, login: str) -> None:
    guess(SPREAD, login=login)
    assert required(sign_in(portal, login=login))
    answer = sign_in(portal, login=login, captcha=solved())
    assert answer.status == (202 if login == BKN else 401)


@pytest.mark.parametrize(
    ("times", "effort"),
    [
        (SPREAD, 1),
        (DEARER - 1, 1),
        (DEARER, 2),
        (2 * DEARER - 1, 2),
        (2 * DEARER, 4),
        (4 * DEARER, 8),
        (8 * DEARER, 16),
        (10**9, 16),
    ],
)
def test_the_more_it_is_guessed_at_the_dearer_and_never_refused(portal: Cloud, times: int, effort: int) -> None:
    guessed(times)
    assert required(sign_in(portal), effort)
    if effort > 1:
        assert required(sign_in(portal, captcha=solved(effort // 2)), effort)
    assert sign_in(portal, captcha=solved(effort)).status == 202


def test_the_challenge_of_an_effort_is_handed_out(portal: Cloud) -> None:
    costs = {}
    for effort in (1, 2, 16):
        answer = portal.call(app, "GET", f"/registration/captcha?effort={effort}")
        costs[effort] = answer.json["parameters"]["cost"]
    assert costs == {1: 5000, 2: 10_000, 16: 80_000}
    for odd in ("0", "17", "x", "1e9"):
        assert portal.call(app, "GET", f"/registration/captcha?effort={odd}").code == "invalid-fields"


def test_a_known_browser_is_not_concerned_by_what_others_do(portal: Cloud) -> None:
    browser = {DEVICE_COOKIE: sign_in_staff(portal, BKN).cookies[DEVICE_COOKIE]}
    guess(FREE, network=HERE)
    guessed(10**6)
    assert required(sign_in(portal), 16)
    assert sign_in(portal, cookies=browser).status == 202
    crowd(HERE)
    assert sign_in(portal, network="203.0.113.9", cookies=browser).status == 202


def test_a_known_browser_guesses_no_more_cheaply_than_others(portal: Cloud) -> None:
    browser = {DEVICE_COOKIE: sign_in_staff(portal, BKN).cookies[DEVICE_COOKIE]}
    for _ in range(FREE):
        assert sign_in(portal, WRONG, cookies=browser).code == "wrong-credentials"
    assert required(sign_in(portal, cookies=browser))
    assert sign_in(portal).status == 202  # what it guessed is not counted against others
    assert sign_in(portal, captcha=solved(), cookies=browser).status == 202


def test_right_passwords_from_unknown_browsers_do_not_add_up(portal: Cloud) -> None:
    guess(SPREAD - 1)
    for _ in range(3):
        assert sign_in(portal).status == 202


def test_the_right_password_does_not_take_back_what_others_guessed(portal: Cloud) -> None:
    guess(SPREAD)
    assert sign_in(portal, captcha=solved()).status == 202
    assert required(sign_in(portal))


def test_what_is_asked_without_a_captcha_makes_it_no_dearer(portal: Cloud) -> None:
    guessed(DEARER - 1)
    for _ in range(3):
        assert required(sign_in(portal, WRONG))
        assert sign_in(portal, WRONG, captcha="x").code == "captcha-failed"


def test_the_next_day_begins_anew(portal: Cloud) -> None:
    guess(SPREAD)
    portal.at(IN_TIME + timedelta(days=1))
    assert sign_in(portal).status == 202


def crowd(network: str) -> None:
    """As many unknown browsers as may have tried to sign in from there."""
    number = int(IN_TIME.timestamp()) // 600
    name = f"throttle#sign-in-address#{SIGN_INS_OF_NETWORK._blind(network)}#{number}"
    dynamodb.ttl_put(settings().ttl_table, {"pk": name, "n": SIGN_INS_OF_NETWORK.most})


def test_in_a_crowded_network_it_costs_a_captcha_and_nobody_is_refused(portal: Cloud) -> None:
    crowd(HERE)
    assert required(sign_in(portal))
    assert sign_in(portal, captcha=solved()).status == 202
    assert sign_in(portal, network="198.51.100.1").status == 202
    portal.at(IN_TIME + timedelta(minutes=10))
    assert sign_in(portal).status == 202


def test_the_addresses_of_one_line_are_one_network(portal: Cloud) -> None:
    for n in range(FREE):
        assert sign_in(portal, WRONG, network=f"2001:db8:0:1::{n}").code == "wrong-credentials"
    assert required(sign_in(portal, network="2001:db8:0:1:ffff::9"))
    assert sign_in(portal, network="2001:db8:0:2::1").status == 202


def test_many_guesses_at_once_are_no_way_round(portal: Cloud) -> None:
    """Twelve look before any was counted: each, about to be counted, lets the next one look first."""
    answers: list[str] = []
    place = lockout.unknown("1.somebody", HERE)

    def attempt(waiting: int) -> None:
        def let_others_look(**_: object) -> None:
            events.unregister("before-call.dynamodb.UpdateItem", let_others_look)
            if waiting:
                attempt(waiting - 1)

        events.register("before-call.dynamodb.UpdateItem", let_others_look)
        try:
            lockout.admit(place, "", crowded=False)
        except Problem as problem:
            answers.append(problem.code)
        else:
            answers.append("let through")

    events = clients.dynamodb().meta.events
    attempt(11)
    assert sorted(answers) == [Code.CAPTCHA_REQUIRED] * (12 - FREE) + ["let through"] * FREE
