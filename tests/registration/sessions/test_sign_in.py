import re
from datetime import timedelta
from typing import Any

import pyotp
import pytest

from services.kernel import clock
from services.kernel.aws import clients, dynamodb
from services.kernel.security.sessions import SECOND_FACTOR_COOKIE, SESSION_COOKIE, Audience, Role, verify
from services.registration.adapters import account_store
from services.registration.app import app
from services.registration.model.account import Account, AccountState
from services.registration.sessions.cookies import DEVICE_COOKIE, REFRESH_COOKIE
from services.registration.sessions.lockout import FREE
from services.registration.settings import settings
from tests.registration.listed import IN_TIME, INSTITUTION, PASSWORD, ROW, solved, with_account
from tests.registration.staff import (
    SECRET,
    STAFF_PASSWORD,
    enter_code,
    enter_password,
    sign_in_staff,
    staff_account,
)
from tests.support.aws import Answer, Cloud

BKN, OPERATOR, NOBODY = "190001011920011001", "190001011920021002", "190001011920021009"
WRONG = "becak hijau di simpang lima"
PATHS = ("/registration/sessions", "/registration/staff-sessions")


def without_id(answer: Answer) -> dict[str, Any]:
    return {name: value for name, value in answer.json.items() if name != "request_id"}


@pytest.fixture
def bkn(portal: Cloud) -> Account:
    """An account of bkn."""
    return staff_account(BKN, name="Petugas BKN Contoh", recovery=["ABCDE-FGHJK", "00000-11111"])


def set_state(account: Account, state: AccountState) -> None:
    key = {"pk": f"U#{account.id}", "sk": "@"}
    dynamodb.transact([dynamodb.update(settings().table, key, values={"state": state.value})])


def test_a_person_signs_in_with_his_nik(portal: Cloud) -> None:
    person = with_account(portal)
    body = {"login": ROW["nik"], "password": PASSWORD}
    answer = portal.call(app, "POST", "/registration/sessions", body)
    assert answer.status == 200
    assert {name: answer.json[name] for name in ("role", "name", "institution")} == {
        "role": "honorer",
        "name": person.nama,
        "institution": {"code": INSTITUTION, "name": INSTITUTION},
    }
    claims = verify(answer.cookies[SESSION_COOKIE], Audience.SESSION)
    assert (claims.sub, claims.role, claims.institution) == (person.pid, Role.HONORER, INSTITUTION)
    assert claims.expires_at - IN_TIME < timedelta(minutes=16)


@pytest.mark.usefixtures("bkn")
def test_each_door_lets_its_own_in_and_tells_nothing_of_the_other(portal: Cloud) -> None:
    with_account(portal)
    mine, theirs = {"login": ROW["nik"], "password": PASSWORD}, {"login": BKN, "password": STAFF_PASSWORD}
    for path, body in ((PATHS[0], theirs), (PATHS[1], mine)):
        answer = portal.call(app, "POST", path, body)
        assert (answer.code, answer.cookies) == ("wrong-credentials", {})


@pytest.mark.usefixtures("bkn")
def test_a_pasted_number_signs_in_and_a_password_is_never_changed(portal: Cloud) -> None:
    for pasted in (
        f"\u202a{BKN}\u202c",
        "190001\u00a0011920\u202f011001",
        BKN.translate({0x30 + n: 0xFF10 + n for n in range(10)}),
    ):
        assert enter_password(portal, pasted).status == 202
    assert enter_password(portal, BKN, f"{STAFF_PASSWORD}\u200b").status == 401


def test_staff_sign_in_with_institution_and_units(portal: Cloud) -> None:
    made = staff_account(OPERATOR, Role.OPERATOR, INSTITUTION, name="Operator Contoh", units=["SDN 1"])
    answer = sign_in_staff(portal, "19000101 192002 1 002")
    claims = verify(answer.cookies[SESSION_COOKIE], Audience.SESSION)
    assert (claims.sub, claims.role, claims.institution) == (made.id, Role.OPERATOR, INSTITUTION)
    assert (claims.units, claims.token_version) == (("SDN 1",), 1)
    me = portal.call(app, "GET", "/registration/me", token=answer.cookies[SESSION_COOKIE])
    assert me.json == {
        "role": "operator",
        "id": made.id,
        "name": "Operator Contoh",
        "institution": {"code": INSTITUTION, "name": INSTITUTION},
        "units": ["SDN 1"],
    }


@pytest.mark.usefixtures("bkn")
def test_national_staff_have_no_institution_and_each_cookie_goes_where_it_belongs(portal: Cloud) -> None:
    first = enter_password(portal, BKN)
    guarded = "HttpOnly; Secure; SameSite=Strict"
    assert (first.status, list(first.cookies), first.text) == (202, [SECOND_FACTOR_COOKIE], "")
    assert first.set_cookies[0].partition("; ")[2] == f"Path=/; Max-Age=300; {guarded}"
    answer = enter_code(portal, first)
    assert (answer.json["role"], answer.json["institution"]) == ("bkn", None)
    assert list(answer.cookies) == [SESSION_COOKIE, REFRESH_COOKIE, DEVICE_COOKIE, SECOND_FACTOR_COOKIE]
    session, refresh, device, over = (line.partition("; ")[2] for line in answer.set_cookies)
    assert session == f"Path=/; Max-Age=900; {guarded}"
    assert re.fullmatch(f"Path=/api/registration/sessions; Max-Age=43[0-9]{{3}}; {guarded}", refresh)
    assert device == f"Path=/; Max-Age={180 * 86_400}; {guarded}"
    assert over == f"Path=/; Max-Age=0; {guarded}"
    me = portal.call(app, "GET", "/registration/me", token=answer.cookies[SESSION_COOKIE])
    assert (me.json["name"], me.json["institution"]) == ("Petugas BKN Contoh", None)


@pytest.mark.usefixtures("bkn")
def test_the_password_alone_opens_nothing(portal: Cloud) -> None:
    first = enter_password(portal, BKN)
    stolen = {SESSION_COOKIE: first.cookies[SECOND_FACTOR_COOKIE]}
    assert portal.call(app, "GET", "/registration/me", cookies=stolen).code == "unauthenticated"
    assert portal.call(app, "GET", "/registration/me", cookies=first.cookies).code == "unauthenticated"
    for cookie in ("", "x", sign_in_staff(portal, BKN).cookies[SESSION_COOKIE]):
        body = {"code": pyotp.TOTP(SECRET).now()}
        cookies = {SECOND_FACTOR_COOKIE: cookie}
        answer = portal.call(app, "POST", "/registration/staff-sessions/second-factor", body, cookies=cookies)
        assert (answer.code, answer.cookies) == ("unauthenticated", {})


@pytest.mark.usefixtures("bkn")
def test_the_code_may_come_within_five_minutes(portal: Cloud) -> None:
    first = enter_password(portal, BKN)
    portal.at(IN_TIME + timedelta(minutes=5))
    assert enter_code(portal, first).code == "unauthenticated"
    portal.at(IN_TIME + timedelta(minutes=4, seconds=59))
    assert enter_code(portal, first).status == 200


@pytest.mark.parametrize("code", ["000000", "12345", "x", "0" * 40, "ABCDE-FGHJX"])
def test_a_wrong_code_is_refused_and_the_right_one_still_let_in(portal: Cloud, bkn: Account, code: str) -> None:
    first = enter_password(portal, BKN)
    answer = enter_code(portal, first, code)
    assert (answer.status, answer.code, answer.cookies) == (401, "wrong-code", {})
    assert account_store.load(bkn.id) == bkn
    assert enter_code(portal, first).status == 200


@pytest.mark.parametrize(("steps", "good"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
@pytest.mark.usefixtures("bkn")
def test_a_phones_clock_may_be_one_step_off(portal: Cloud, steps: int, good: bool) -> None:
    first, totp = enter_password(portal, BKN), pyotp.TOTP(SECRET)
    before = totp.timecode(clock.machine_now())
    code = totp.generate_otp(before + steps)
    answer = enter_code(portal, first, code)
    if totp.timecode(clock.machine_now()) != before:
        pytest.fail("the step changed amid the test; run it again")
    assert answer.status == (200 if good else 401)


@pytest.mark.usefixtures("bkn")
def test_a_code_works_once_and_none_before_it(portal: Cloud) -> None:
    totp = pyotp.TOTP(SECRET)
    step = totp.timecode(clock.machine_now())
    present, before = totp.generate_otp(step), totp.generate_otp(step - 1)
    assert enter_code(portal, enter_password(portal, BKN), present).status == 200
    for used in (present, before):
        again = enter_code(portal, enter_password(portal, BKN), used)
        assert (again.code, again.cookies) == ("wrong-code", {})
        assert "30 detik" in again.json["detail"]


def test_a_recovery_code_lets_in_once(portal: Cloud, bkn: Account) -> None:
    assert enter_code(portal, enter_password(portal, BKN), " abcde fghjk ").status == 200
    again = enter_code(portal, enter_password(portal, BKN), "ABCDE-FGHJK")
    assert again.code == "wrong-code"
    assert enter_code(portal, enter_password(portal, BKN), "OOOOO-IIlLL".upper()).status == 200, "O is 0, I and L are 1"
    second = account_store.load(bkn.id)
    assert second is not None
    assert second.second is not None
    assert second.second.recovery == ()


def test_whoever_is_not_confirmed_is_told_so_after_both_steps_only(portal: Cloud, bkn: Account) -> None:
    set_state(bkn, AccountState.MENUNGGU)
    first = enter_password(portal, BKN)
    assert enter_code(portal, first, "000000").code == "wrong-code"
    answer = enter_code(portal, first)
    assert (answer.status, answer.code, answer.cookies) == (403, "not-confirmed", {})


def test_an_account_that_changed_between_the_steps_begins_anew(portal: Cloud, bkn: Account) -> None:
    first = enter_password(portal, BKN)
    set_state(bkn, AccountState.NONAKTIF)
    assert enter_code(portal, first).code == "unauthenticated"
    key = {"pk": f"U#{bkn.id}", "sk": "@"}
    dynamodb.transact([dynamodb.update(settings().table, key, values={"state": "AKTIF", "tv": 2})])
    assert enter_code(portal, first).code == "unauthenticated"


@pytest.mark.usefixtures("bkn")
def test_many_wrong_codes_cost_captchas_and_the_right_one_is_still_let_in(portal: Cloud) -> None:
    first = enter_password(portal, BKN)
    for _ in range(FREE):
        assert enter_code(portal, first, "000000").code == "wrong-code"
    assert enter_code(portal, first).code == "captcha-required"
    assert enter_password(portal, BKN).status == 202, "codes are counted apart from passwords"
    body = {"code": pyotp.TOTP(SECRET).now(), "captcha": solved()}
    path = "/registration/staff-sessions/second-factor"
    assert portal.call(app, "POST", path, body, cookies=first.cookies).status == 200


def test_the_answer_does_not_tell_who_has_an_account(portal: Cloud, bkn: Account) -> None:
    wrong = [
        enter_password(portal, BKN, WRONG),
        enter_password(portal, NOBODY, WRONG),
        enter_password(portal, "x", WRONG),
    ]
    set_state(bkn, AccountState.NONAKTIF)
    wrong.append(enter_password(portal, BKN))
    assert {(answer.status, answer.code) for answer in wrong} == {(401, "wrong-credentials")}
    assert all(without_id(answer) == without_id(wrong[0]) and not answer.cookies for answer in wrong)


@pytest.mark.usefixtures("bkn")
def test_the_same_work_is_done_for_a_number_without_account(portal: Cloud) -> None:
    calls: list[str] = []
    clients.dynamodb().meta.events.register("before-call.dynamodb", lambda model, **_: calls.append(model.name))
    made = []
    for login in (BKN, NOBODY):
        calls.clear()
        enter_password(portal, login, WRONG)
        made.append(list(calls))
    assert made[0] == made[1]


@pytest.mark.usefixtures("bkn")
@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "body", [{}, {"login": BKN}, {"login": BKN, "password": "x" * 129}, {"login": 1, "password": "x"}]
)
def test_a_form_that_cannot_be_right_is_refused(portal: Cloud, path: str, body: dict[str, Any]) -> None:
    answer = portal.call(app, "POST", path, body)
    assert (answer.status, answer.code) == (422, "invalid-fields")


@pytest.mark.usefixtures("bkn")
def test_no_token_and_no_number_is_kept_in_clear(portal: Cloud) -> None:
    answer = sign_in_staff(portal, BKN)
    stored = "".join(
        str(clients.dynamodb().scan(TableName=table)["Items"]) for table in (settings().table, settings().ttl_table)
    )
    name, _, secret = answer.cookies[REFRESH_COOKIE].partition(".")
    assert name in stored
    for hidden in (secret, BKN, STAFF_PASSWORD, SECRET, "ABCDE-FGHJK", "192.0.2.1"):
        assert hidden not in stored
