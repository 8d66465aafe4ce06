import re
from datetime import timedelta
from typing import Any

import pytest

from services.kernel.aws import clients, dynamodb
from services.kernel.security.sessions import SESSION_COOKIE, Audience, Role, verify
from services.registration.accounts.create_first_bkn import create_first_bkn
from services.registration.accounts.create_staff_account import NewStaffAccount, create_staff_account
from services.registration.app import app
from services.registration.sessions.cookies import DEVICE_COOKIE, REFRESH_COOKIE
from services.registration.settings import settings
from tests.registration.listed import IN_TIME, INSTITUTION, PASSWORD, ROW, with_account
from tests.registration.staff import desk
from tests.support.aws import Answer, Cloud

BKN, OPERATOR, NOBODY = "190001011920011001", "190001011920021002", "190001011920021009"
STAFF_PASSWORD = "becak biru di simpang lima"
WRONG = "becak hijau di simpang lima"


def sign_in(cloud: Cloud, login: str = BKN, password: str = STAFF_PASSWORD) -> Answer:
    return cloud.call(app, "POST", "/registration/sessions", {"login": login, "password": password})


def without_id(answer: Answer) -> dict[str, Any]:
    return {name: value for name, value in answer.json.items() if name != "request_id"}


@pytest.fixture
def bkn(portal: Cloud) -> str:
    """The id of a bkn account."""
    return create_first_bkn(BKN, "Petugas BKN Contoh", STAFF_PASSWORD).id


def test_a_person_signs_in_with_his_nik(portal: Cloud) -> None:
    person = with_account(portal)
    answer = sign_in(portal, ROW["nik"], PASSWORD)
    assert answer.status == 200
    assert {name: answer.json[name] for name in ("role", "name", "institution")} == {
        "role": "honorer",
        "name": person.nama,
        "institution": {"code": INSTITUTION, "name": INSTITUTION},
    }
    claims = verify(answer.cookies[SESSION_COOKIE], Audience.SESSION)
    assert (claims.sub, claims.role, claims.institution) == (person.pid, Role.HONORER, INSTITUTION)
    assert claims.expires_at - IN_TIME < timedelta(minutes=16)


def test_a_pasted_number_signs_in_and_a_password_is_never_changed(portal: Cloud, bkn: str) -> None:
    for pasted in (
        f"\u202a{BKN}\u202c",
        "190001\u00a0011920\u202f011001",
        BKN.translate({0x30 + n: 0xFF10 + n for n in range(10)}),
    ):
        assert sign_in(portal, pasted).status == 200
    assert sign_in(portal, BKN, f"{STAFF_PASSWORD}\u200b").status == 401


def test_staff_sign_in_with_institution_and_units(portal: Cloud) -> None:
    new = NewStaffAccount(
        login=OPERATOR, name="Operator Contoh", role=Role.OPERATOR, units=["SDN 1"], password=STAFF_PASSWORD
    )
    made = create_staff_account(new, institution=INSTITUTION, by=desk(portal, Role.BKN).actor)
    answer = sign_in(portal, "19000101 192002 1 002")
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
    answer = sign_in(portal)
    assert (answer.json["role"], answer.json["institution"]) == ("bkn", None)
    assert list(answer.cookies) == [SESSION_COOKIE, REFRESH_COOKIE, DEVICE_COOKIE]
    session, refresh, device = (line.partition("; ")[2] for line in answer.set_cookies)
    guarded = "HttpOnly; Secure; SameSite=Strict"
    assert session == f"Path=/; Max-Age=900; {guarded}"
    assert re.fullmatch(f"Path=/api/registration/sessions; Max-Age=43[0-9]{{3}}; {guarded}", refresh)
    assert device == f"Path=/; Max-Age={180 * 86_400}; {guarded}"
    me = portal.call(app, "GET", "/registration/me", token=answer.cookies[SESSION_COOKIE])
    assert (me.json["name"], me.json["institution"]) == ("Petugas BKN Contoh", None)


def test_the_answer_does_not_tell_who_has_an_account(portal: Cloud, bkn: str) -> None:
    key = {"pk": f"U#{bkn}", "sk": "@"}
    wrong = [sign_in(portal, BKN, WRONG), sign_in(portal, NOBODY, WRONG), sign_in(portal, "x", WRONG)]
    dynamodb.transact([dynamodb.update(settings().table, key, values={"off": True})])
    wrong.append(sign_in(portal))
    assert {(answer.status, answer.code) for answer in wrong} == {(401, "wrong-credentials")}
    assert all(without_id(answer) == without_id(wrong[0]) and not answer.cookies for answer in wrong)


@pytest.mark.usefixtures("bkn")
def test_the_same_work_is_done_for_a_number_without_account(portal: Cloud) -> None:
    calls: list[str] = []
    clients.dynamodb().meta.events.register("before-call.dynamodb", lambda model, **_: calls.append(model.name))
    made = []
    for login in (BKN, NOBODY):
        calls.clear()
        sign_in(portal, login, WRONG)
        made.append(list(calls))
    assert made[0] == made[1]


@pytest.mark.usefixtures("bkn")
@pytest.mark.parametrize(
    "body", [{}, {"login": BKN}, {"login": BKN, "password": "x" * 129}, {"login": 1, "password": "x"}]
)
def test_a_form_that_cannot_be_right_is_refused(portal: Cloud, body: dict[str, Any]) -> None:
    answer = portal.call(app, "POST", "/registration/sessions", body)
    assert (answer.status, answer.code) == (422, "invalid-fields")


@pytest.mark.usefixtures("bkn")
def test_no_token_and_no_number_is_kept_in_clear(portal: Cloud) -> None:
    answer = sign_in(portal)
    stored = "".join(
        str(clients.dynamodb().scan(TableName=table)["Items"]) for table in (settings().table, settings().ttl_table)
    )
    name, _, secret = answer.cookies[REFRESH_COOKIE].partition(".")
    assert name in stored
    for hidden in (secret, BKN, STAFF_PASSWORD, "192.0.2.1"):
        assert hidden not in stored
