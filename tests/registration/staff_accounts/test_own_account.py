"""What somebody of staff changes of his own account."""

from datetime import timedelta
from typing import Any

import pyotp
import pytest

from services.kernel import clock
from services.kernel.notices import stopped
from services.kernel.security import privacy
from services.kernel.security.sessions import SESSION_COOKIE, Audience, Role, verify
from services.registration.adapters import account_store
from services.registration.app import app
from services.registration.model.account import Account
from services.registration.sessions.cookies import DEVICE_COOKIE
from services.registration.settings import lookup_key
from services.registration.staff.forgotten_password import OF_ACCOUNT
from tests.registration.listed import IN_TIME, portal, solved
from tests.registration.notices.mails import mails_of
from tests.registration.staff import SECRET, STAFF_PASSWORD, desk, enter_code, enter_password, row, staff_account
from tests.support.aws import Answer, Cloud

__all__ = ["portal"]

NIP, NEW = "190001011920021001", "kuda makan rumput di alun-alun"
CODES = ["ABCDE-FGHJK", "00000-11111", "22222-33333", "44444-55555"]


class Browser:
    """Somebody signed in, with his cookies."""

    def __init__(self, cloud: Cloud, code: str = CODES[3], agent: str = "Chrome/120 Android") -> None:
        self.cloud, self.agent = cloud, agent
        first = enter_password(cloud, NIP, headers={"User-Agent": agent})
        self.cookies = enter_code(cloud, first, code, headers={"User-Agent": agent}).cookies

    def call(self, method: str, path: str, body: object = None, **more: Any) -> Answer:
        answer = self.cloud.call(app, method, f"/registration/me{path}", body, cookies=self.cookies, **more)
        self.cookies = {**self.cookies, **answer.cookies}
        return answer

    @property
    def is_in(self) -> bool:
        """Whether it is signed in still."""
        return self.call("GET", "").status == 200


@pytest.fixture
def account(portal: Cloud) -> Account:
    """Somebody's account, an operator's."""
    return staff_account(NIP, Role.OPERATOR, "9901", recovery=CODES)


def present(secret: str = SECRET) -> str:
    return pyotp.TOTP(secret).now()


def stored(account: Account) -> Account:
    found = account_store.load(account.id)
    assert found is not None
    return found


@pytest.mark.usefixtures("account")
def test_the_profile_shows_what_is_his(portal: Cloud) -> None:
    shown = Browser(portal).call("GET", "/profile").json
    assert (shown["name"], shown["login_masked"], shown["role"]) == ("Petugas Contoh", "1900************01", "operator")
    assert (shown["recovery_codes_left"], shown["signs_in_with_nik"], shown["own_nik_declared"]) == (3, False, None)


@pytest.mark.usefixtures("account")
def test_whoever_mail_does_not_reach_is_told_so(portal: Cloud) -> None:
    here = Browser(portal)
    assert here.call("GET", "/profile").json["email_bounced"] is False
    stopped.stop("petugas@contoh.id", "bounce", lookup_key())
    assert here.call("GET", "/profile").json["email_bounced"] is True


def test_a_new_password_ends_all_other_sign_ins(portal: Cloud, account: Account) -> None:
    here, there = Browser(portal), Browser(portal, CODES[0])
    answer = here.call("POST", "/password", {"current": STAFF_PASSWORD, "password": NEW})
    assert (answer.status, here.is_in, there.is_in) == (200, True, False)
    assert enter_password(portal, NIP).code == "wrong-credentials"
    assert enter_password(portal, NIP, NEW).status == 202
    assert mails_of(portal, account)[-1].subject == "Kata sandi akun petugas diganti"


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"current": "becak hijau di simpang lima"}, "current"),
        ({"password": "pendek"}, "password"),
        ({"password": NIP}, "password"),
        ({"password": "Petugas Contoh 123"}, "password"),
    ],
)
def test_a_password_is_not_changed_for_a_bad_one_or_by_a_stranger(
    portal: Cloud, wrong: dict[str, str], field: str
) -> None:
    here = Browser(portal)
    answer = here.call("POST", "/password", {"current": STAFF_PASSWORD, "password": NEW, **wrong})
    assert [each["field"] for each in answer.json["fields"]] == [field]
    assert here.is_in
    assert enter_password(portal, NIP).status == 202


def test_another_phone_makes_the_codes_from_its_first_one_on(portal: Cloud, account: Account) -> None:
    here, there = Browser(portal), Browser(portal, CODES[0])
    offered = here.call("POST", "/second-factor", {"current": STAFF_PASSWORD, "code": CODES[1]}).json
    assert account_store.staff_private(stored(account)).totp == SECRET
    wrong = here.call("POST", "/second-factor/confirmation", {"code": "000000"})
    assert [each["field"] for each in wrong.json["fields"]] == ["code"]
    assert there.is_in
    right = here.call("POST", "/second-factor/confirmation", {"code": present(offered["key"])})
    assert (right.status, here.is_in, there.is_in) == (200, True, False)
    assert account_store.staff_private(stored(account)).totp == offered["key"]
    assert enter_code(portal, enter_password(portal, NIP), present()).code == "wrong-code"


@pytest.mark.usefixtures("account")
def test_a_new_phone_has_a_quarter_of_an_hour(portal: Cloud) -> None:
    here = Browser(portal)
    assert here.call("POST", "/second-factor/confirmation", {"code": "000000"}).code == "not-found"
    offered = here.call("POST", "/second-factor", {"current": STAFF_PASSWORD, "code": CODES[1]}).json
    portal.at(IN_TIME + timedelta(minutes=16))
    later = Browser(portal, CODES[2])
    assert later.call("POST", "/second-factor/confirmation", {"code": present(offered["key"])}).code == "not-found"


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize("body", [{"current": "salah sama sekali ini", "code": CODES[1]}, {"code": "000000"}])
def test_a_stranger_at_the_desk_changes_no_phone(portal: Cloud, body: dict[str, str]) -> None:
    here = Browser(portal)
    answer = here.call("POST", "/second-factor", {"current": STAFF_PASSWORD, **body})
    assert answer.code == "invalid-fields"


def test_new_recovery_codes_end_those_before(portal: Cloud, account: Account) -> None:
    here = Browser(portal)
    fresh = here.call("POST", "/recovery-codes", {"code": present()}).json["recovery_codes"]
    assert len(set(fresh)) == 10
    assert enter_code(portal, enter_password(portal, NIP), CODES[0]).code == "wrong-code"
    assert enter_code(portal, enter_password(portal, NIP), fresh[4]).status == 200
    assert here.is_in


@pytest.mark.usefixtures("account")
def test_where_he_is_signed_in_is_shown_and_can_be_ended(portal: Cloud) -> None:
    here, there = Browser(portal), Browser(portal, CODES[0], "Mozilla/5.0 (Windows NT 10.0) Firefox/121.0")
    items = here.call("GET", "/sign-ins").json["items"]
    assert sorted((one["browser"], one["this"]) for one in items) == [
        ("Chrome · Android", True),
        ("Firefox · Windows", False),
    ]
    other = next(one["name"] for one in items if not one["this"])
    assert here.call("DELETE", f"/sign-ins/{other}").status == 204
    assert (here.is_in, there.is_in) == (True, False)
    refreshed = portal.call(app, "POST", "/registration/sessions/refresh", cookies=there.cookies)
    assert refreshed.code == "unauthenticated"
    assert [one["name"] for one in here.call("GET", "/sign-ins").json["items"]] != [other]
    assert here.call("DELETE", f"/sign-ins/{other}").code == "not-found"


@pytest.mark.usefixtures("account")
def test_nobody_ends_the_sign_in_of_another(portal: Cloud) -> None:
    here = Browser(portal)
    mine = here.call("GET", "/sign-ins").json["items"][0]["name"]
    other = desk(portal, Role.ADMIN)
    token = portal.token(Role.ADMIN, "9901", sub=other.actor.id, token_version=1)
    answer = portal.call(app, "DELETE", f"/registration/me/sign-ins/{mine}", token=token)
    assert answer.code == "not-found"
    assert here.is_in


def test_another_email_is_shown_to_be_his_first_and_the_old_one_is_told(portal: Cloud, account: Account) -> None:
    here = Browser(portal)
    assert here.call("POST", "/email", {"email": "baru@contoh.id", "code": present()}).status == 202
    (sent,) = [mail for mail in mails_of(portal, account) if mail.to == "baru@contoh.id"]
    assert account_store.staff_private(stored(account)).email == "petugas@contoh.id"
    assert here.call("POST", "/email/confirmation", {"code": "000000"}).code == "invalid-fields"
    code = next(word.strip(".") for word in sent.body.split() if word.strip(".").isdecimal() and len(word) >= 6)
    assert here.call("POST", "/email/confirmation", {"code": code}).status == 204
    assert account_store.staff_private(stored(account)).email == "baru@contoh.id"
    told = {mail.to for mail in mails_of(portal, account) if "diganti" in mail.subject}
    assert told == {"baru@contoh.id", "petugas@contoh.id"}
    assert here.is_in
    assert here.call("POST", "/email/confirmation", {"code": code}).code == "not-found"


def test_whose_nik_is_his_is_said_once(portal: Cloud, account: Account) -> None:
    here = Browser(portal)
    assert here.call("PUT", "/own-nik", {"nik": None}).status == 200
    assert here.call("GET", "/profile").json["own_nik_declared"] is False
    his = row(1)
    answer = here.call("PUT", "/own-nik", {"nik": his["nik"]})
    assert answer.status == 200
    own = privacy.person_id(lookup_key(), "9901", his["nik"])
    assert verify(here.cookies[SESSION_COOKIE], Audience.SESSION).own == own
    entered = portal.call(app, "POST", "/registration/institutions/9901/people", his, cookies=here.cookies)
    assert entered.code == "own-record"
    for other in (row(2)["nik"], None):
        assert here.call("PUT", "/own-nik", {"nik": other}).code == "conflict"
    admin = desk(portal, Role.ADMIN)
    v = stored(account).v
    forgotten = admin.call("DELETE", f"/users/{account.id}/own-nik", {"v": v, "reason": "salah ketik NIK"})
    assert (forgotten.status, stored(account).own) == (200, None)
    assert not here.is_in


@pytest.mark.usefixtures("account")
@pytest.mark.parametrize("nik", ["123", "9901014101900000", "190001011920021001"])
def test_what_is_no_nik_is_refused(portal: Cloud, nik: str) -> None:
    assert Browser(portal).call("PUT", "/own-nik", {"nik": nik}).code == "invalid-fields"


class TestForgottenPassword:
    PATH = "/registration/staff-password-resets"

    def ask(self, cloud: Cloud, login: str = NIP) -> Answer:
        return cloud.call(app, "POST", self.PATH, {"login": login, "captcha": solved()})

    def address(self, cloud: Cloud, account: Account) -> str:
        """What the latest mail's address carries."""
        return next(
            mail.body.partition("/instansi/sandi-baru/#")[2].split()[0]
            for mail in reversed(mails_of(cloud, account))
            if "/instansi/sandi-baru/#" in mail.body
        )

    def complete(self, cloud: Cloud, token: str, **changed: str) -> Answer:
        body = {"token": token, "password": NEW, "code": CODES[0], **changed}
        return cloud.call(app, "POST", f"{self.PATH}/completions", body)

    def test_the_answer_is_the_same_whoever_has_an_account(self, portal: Cloud, account: Account) -> None:
        answers = [self.ask(portal, login) for login in (NIP, "190001011920021009", "x")]
        assert {(answer.status, answer.text) for answer in answers} == {(202, "")}
        assert len(mails_of(portal, account)) == 1

    def test_a_captcha_is_asked_for(self, portal: Cloud, account: Account) -> None:
        answer = portal.call(app, "POST", self.PATH, {"login": NIP, "captcha": ""})
        assert answer.code == "captcha-failed"
        assert mails_of(portal, account) == []

    def test_with_the_phone_too_a_new_password_is_set_once(self, portal: Cloud, account: Account) -> None:
        before = Browser(portal)
        self.ask(portal)
        token = self.address(portal, account)
        assert self.complete(portal, token, code="000000").code == "invalid-fields"
        assert self.complete(portal, token, password="pendek").code == "invalid-fields"
        assert before.is_in
        assert self.complete(portal, token).status == 204
        assert not before.is_in
        assert enter_password(portal, NIP, NEW).status == 202
        assert self.complete(portal, token).code == "invitation-over"

    def test_an_address_is_good_for_an_hour_and_the_latest_one_only(self, portal: Cloud, account: Account) -> None:
        self.ask(portal)
        first = self.address(portal, account)
        self.ask(portal)
        assert self.complete(portal, first).code == "invitation-over"
        second = self.address(portal, account)
        portal.at(clock.now() + timedelta(hours=1, minutes=1))
        assert self.complete(portal, second).code == "invitation-over"
        for made_up in ("", "x", f"{account.id}.x", "1.nobody." + "A" * 43):
            assert self.complete(portal, made_up).code == "invitation-over"

    def test_a_stranger_who_asks_often_keeps_nobody_out(self, portal: Cloud, account: Account) -> None:
        for _ in range(OF_ACCOUNT.most + 2):
            assert self.ask(portal).status == 202
        assert len(mails_of(portal, account)) == OF_ACCOUNT.most
        assert self.complete(portal, self.address(portal, account)).status == 204


def test_a_new_browser_is_told_and_a_known_one_is_not(portal: Cloud, account: Account) -> None:
    here = Browser(portal)
    device = {DEVICE_COOKIE: here.cookies[DEVICE_COOKIE]}
    told = {mail.subject for mail in mails_of(portal, account)}
    assert told == {"Kode pemulihan akun petugas dipakai", "Akun petugas dipakai masuk di perangkat baru"}
    first = enter_password(portal, NIP, cookies=device)
    assert enter_code(portal, first, present(), cookies=device).status == 200
    assert len(mails_of(portal, account)) == len(told)
