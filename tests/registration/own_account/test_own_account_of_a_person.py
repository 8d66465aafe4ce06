"""What a listed person changes of his own account, and how he comes back into it when he forgot his password."""

import re
from datetime import timedelta
from typing import Any

import pytest

from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.notices import outbox, stopped
from services.kernel.notices.catalogue import Recipient, RecipientKind
from services.kernel.notices.outbox import Key, NoticeState
from services.registration.adapters import account_store, contact_counter, person_store, sheet_store
from services.registration.app import app
from services.registration.model.account import Account
from services.registration.model.person import Person
from services.registration.model.sheet import Sheet
from services.registration.notices.find_contact import find_contact
from services.registration.settings import lookup_key
from tests.registration.listed import IN_TIME, PASSWORD, ROW, portal, register, solved, stand_with_account
from tests.registration.notices.mails import Mail, mails_of
from tests.support.aws import Answer, Cloud

__all__ = ["portal"]

NEW = "becak hijau di simpang lima"
NEW_EMAIL = "baru@contoh.id"
RESETS = "/registration/password-resets"


class Browser:
    """The person, signed in."""

    def __init__(self, cloud: Cloud, password: str = PASSWORD) -> None:
        self.cloud = cloud
        answer = sign_in(cloud, password)
        assert answer.status == 200, answer.text
        self.cookies: dict[str, str] = dict(answer.cookies)

    def call(self, method: str, path: str, body: object = None, **more: Any) -> Answer:
        answer = self.cloud.call(app, method, f"/registration/me{path}", body, cookies=self.cookies, **more)
        self.cookies = {**self.cookies, **answer.cookies}
        return answer

    @property
    def goes_on(self) -> bool:
        """Whether its sign-in can go on; a session token is over after a quarter of an hour by itself."""
        answer = self.cloud.call(app, "POST", "/registration/sessions/refresh", cookies=self.cookies)
        self.cookies = {**self.cookies, **answer.cookies}
        return answer.status == 200


def sign_in(cloud: Cloud, password: str = PASSWORD) -> Answer:
    headers = {"User-Agent": "Chrome/120 Android"}
    body = {"login": ROW["nik"], "password": password}
    return cloud.call(app, "POST", "/registration/sessions", body, headers=headers)


@pytest.fixture
def person(portal: Cloud) -> Person:
    """Somebody with an account and a verified e-mail address."""
    return stand_with_account(portal)


@pytest.fixture
def account(person: Person) -> Account:
    """His account."""
    return stored(person)


def stored(person: Person) -> Account:
    found = account_store.load(account_store.account_id(person.row["nik"]))
    assert found is not None
    return found


def contact_of(person: Person) -> dict[str, str | None]:
    return account_store.contact(stored(person), person).shown()


def code_in(mail: Mail) -> str:
    return str(re.findall(r"\b[0-9]{6}\b", mail.body)[0])


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


class TestPassword:
    def test_a_new_one_ends_all_other_sign_ins_and_he_is_told(self, portal: Cloud, account: Account) -> None:
        here, there = Browser(portal), Browser(portal)
        answer = here.call("POST", "/password", {"current": PASSWORD, "password": NEW})
        assert (answer.status, here.goes_on, there.goes_on) == (200, True, False)
        assert (sign_in(portal).code, sign_in(portal, NEW).status) == ("wrong-credentials", 200)
        assert mails_of(portal, account)[-1].subject == "Kata sandi akun Pendataan Non-ASN diganti"

    @pytest.mark.usefixtures("account")
    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"current": NEW}, "current"),
            ({"password": "pendek"}, "password"),
            ({"password": "Siti Contoh Lestari 1"}, "password"),
        ],
    )
    def test_a_stranger_at_his_phone_and_a_bad_one_change_nothing(
        self, portal: Cloud, wrong: dict[str, str], field: str
    ) -> None:
        here = Browser(portal)
        answer = here.call("POST", "/password", {"current": PASSWORD, "password": NEW, **wrong})
        assert [each["field"] for each in answer.json["fields"]] == [field]
        assert sign_in(portal).status == 200


class TestSignIns:
    @pytest.mark.usefixtures("account")
    def test_he_sees_them_and_ends_another(self, portal: Cloud) -> None:
        here, there = Browser(portal), Browser(portal)
        seen = here.call("GET", "/sign-ins").json["items"]
        assert [(each["browser"], each["this"]) for each in seen] == [
            ("Chrome · Android", False),
            ("Chrome · Android", True),
        ]
        assert here.call("DELETE", f"/sign-ins/{seen[0]['name']}").status == 204
        assert (here.goes_on, there.goes_on) == (True, False)
        assert here.call("DELETE", f"/sign-ins/{'0' * 32}").code == "not-found"


class TestContact:
    def begin(self, here: Browser, **changed: str) -> Answer:
        return here.call("POST", "/contact", {"email": NEW_EMAIL, "current": PASSWORD, **changed})

    def test_the_new_one_is_verified_first_and_both_are_told(
        self, portal: Cloud, person: Person, account: Account
    ) -> None:
        here = Browser(portal)
        assert here.call("GET", "/contact").json == {
            "hp": "+6281234567890",
            "email": "siti@contoh.id",
            "verified": ["email"],
            "email_bounced": False,
            "sms": False,
            "claim": None,
        }
        assert self.begin(here).status == 202
        (mail,) = mails_of(portal, account)
        assert mail.to == NEW_EMAIL
        assert contact_of(person)["email"] == "siti@contoh.id"
        wrong = here.call("POST", "/contact/confirmation", {"email": NEW_EMAIL, "code": other_than(code_in(mail))})
        assert wrong.json["fields"][0]["code"] == "wrong-code"
        shown = {"email": NEW_EMAIL, "code": code_in(mail)}
        assert here.call("POST", "/contact/confirmation", shown).status == 200
        assert contact_of(person) == {"hp": "+6281234567890", "email": NEW_EMAIL}
        told = {each.to for each in mails_of(portal, account) if "diganti" in each.subject}
        assert told == {"siti@contoh.id", NEW_EMAIL}
        assert here.goes_on
        assert contact_counter.accounts_with(account_store.contact(stored(person), person)) == 1

    @pytest.mark.usefixtures("account")
    def test_an_address_cannot_be_confirmed_by_the_code_of_another(self, portal: Cloud, person: Person) -> None:
        here = Browser(portal)
        self.begin(here)
        code = code_in(mails_of(portal, stored(person))[0])
        answer = here.call("POST", "/contact/confirmation", {"email": "lain@contoh.id", "code": code})
        assert answer.json["fields"][0]["code"] == "wrong-code"
        assert contact_of(person)["email"] == "siti@contoh.id"

    def test_a_retry_is_answered_as_the_first_one(self, portal: Cloud, account: Account) -> None:
        here, key = Browser(portal), {"Idempotency-Key": "one-confirmation"}
        self.begin(here)
        shown = {"email": NEW_EMAIL, "code": code_in(mails_of(portal, account)[0])}
        answers = [here.call("POST", "/contact/confirmation", shown, headers=key) for _ in range(2)]
        assert [answer.json for answer in answers] == [{"v": account.v + 1}] * 2
        assert here.call("POST", "/contact/confirmation", shown).json["fields"][0]["code"] == "wrong-code"

    def test_without_the_password_no_code_is_sent(self, portal: Cloud, account: Account) -> None:
        here = Browser(portal)
        assert self.begin(here, current=NEW).json["fields"][0]["field"] == "current"
        for wrong, field, code in (
            ({"email": "x"}, "email", "email"),
            ({"hp": "081300000001"}, "email", "one-contact"),
        ):
            refused = self.begin(here, **wrong).json["fields"][0]
            assert (refused["field"], refused["code"]) == (field, code)
        phone = here.call("POST", "/contact", {"hp": "081300000001", "current": PASSWORD})
        assert phone.json["fields"][0]["code"] == "sms-off"
        assert mails_of(portal, account) == []

    @pytest.mark.usefixtures("account")
    def test_whoever_mail_does_not_reach_is_told_so(self, portal: Cloud) -> None:
        stopped.stop("siti@contoh.id", "bounce", lookup_key())
        assert Browser(portal).call("GET", "/contact").json["email_bounced"] is True

    def test_it_changes_at_any_time_and_touches_no_record(
        self, portal: Cloud, person: Person, account: Account
    ) -> None:
        portal.at(IN_TIME + timedelta(days=300))
        here = Browser(portal)
        self.begin(here)
        shown = {"email": NEW_EMAIL, "code": code_in(mails_of(portal, account)[0])}
        assert here.call("POST", "/contact/confirmation", shown).status == 200
        assert person_store.load(person.pid) == person


class TestForgotten:
    def ask(self, cloud: Cloud, **changed: str) -> Answer:
        body = {"nik": ROW["nik"], "tanggal_lahir": ROW["tanggal_lahir"], "captcha": solved(), **changed}
        return cloud.call(app, "POST", RESETS, body)

    def complete(self, cloud: Cloud, **changed: str) -> Answer:
        body = {"nik": ROW["nik"], "tanggal_lahir": ROW["tanggal_lahir"], "password": NEW, "captcha": solved()}
        return cloud.call(app, "POST", f"{RESETS}/completions", {**body, **changed})

    def test_by_the_code_that_came_to_his_verified_contact(self, portal: Cloud, account: Account) -> None:
        before = Browser(portal)
        assert self.ask(portal).status == 202
        (mail,) = mails_of(portal, account)
        assert mail.to == "siti@contoh.id"
        assert self.complete(portal, code=other_than(code_in(mail))).json["fields"][0]["code"] == "wrong-code"
        assert before.goes_on
        assert self.complete(portal, code=code_in(mail)).status == 204
        assert (before.goes_on, sign_in(portal).status, sign_in(portal, NEW).status) == (False, 401, 200)
        assert mails_of(portal, account)[-1].subject == "Kata sandi akun Pendataan Non-ASN diganti"
        assert self.complete(portal, code=code_in(mail)).json["fields"][0]["code"] == "wrong-code"

    def test_two_years_after_the_lock(self, portal: Cloud, account: Account) -> None:
        portal.at(IN_TIME + timedelta(days=2 * 365))
        self.ask(portal)
        assert self.complete(portal, code=code_in(mails_of(portal, account)[0])).status == 204
        assert sign_in(portal, NEW).status == 200

    def test_answer_and_work_are_the_same_whoever_has_an_account(self, portal: Cloud, account: Account) -> None:
        register(nik="9901014101900002", nama="Ani Contoh")
        asked: list[dict[str, str]] = [{}, {"nik": "9901014101900002"}, {"nik": "9901014101900003"}]
        kept, answers = [], [self.ask(portal, nik="9901014101900004")]
        for one in asked:
            before = {table: len(portal.items(table)) for table in ("RegTable", "RegTtlTable")}
            answers.append(self.ask(portal, **one))
            kept.append({table: len(portal.items(table)) - n for table, n in before.items()})
        answers.append(self.ask(portal, tanggal_lahir="1990-01-02"))
        assert {(answer.status, answer.text) for answer in answers} == {(202, "")}
        assert kept == [kept[0]] * len(asked)
        assert len(mails_of(portal, account)) == 1
        code = code_in(mails_of(portal, account)[0])
        others = [{"tanggal_lahir": "1990-01-02"}, *asked[1:]]
        refused = [self.complete(portal, code=code, **one) for one in others]
        assert len({str({**answer.json, "request_id": ""}) for answer in refused}) == 1
        assert sign_in(portal).status == 200

    def test_nobody_s_mail_goes_nowhere(self, portal: Cloud, account: Account) -> None:
        self.ask(portal, nik="9901014101900003")
        waiting = [one for one in portal.items("RegTable") if one["pk"].startswith("NOTICE#")]
        (nobody,) = [one["sk"] for one in waiting if one["sk"] != f"person#{account.id}"]
        assert find_contact(Recipient.parse(nobody)) is None

    def test_asking_again_at_once_sends_nothing_and_says_nothing(self, portal: Cloud, account: Account) -> None:
        self.ask(portal)
        key = next(one for one in portal.items("RegTable") if one["pk"].startswith("NOTICE#"))["pk"]
        recipient = Recipient(RecipientKind.PERSON, account.id)
        outbox.settle(Key(key.removeprefix("NOTICE#"), recipient), NoticeState.SENT)
        assert self.ask(portal).status == 202
        assert mails_of(portal, account) == []

    @pytest.mark.usefixtures("account")
    def test_a_captcha_is_asked_for_and_a_good_password(self, portal: Cloud) -> None:
        assert self.ask(portal, captcha="").code == "captcha-failed"
        assert self.complete(portal, code="123456", captcha="").code == "captcha-failed"
        assert self.complete(portal, code="123456", password="pendek").json["fields"][0]["field"] == "password"

    def test_his_name_makes_a_bad_one_and_the_code_stays_good(self, portal: Cloud, account: Account) -> None:
        self.ask(portal)
        code = code_in(mails_of(portal, account)[0])
        answer = self.complete(portal, code=code, password="Siti Contoh Lestari 1")
        assert answer.json["fields"][0]["code"] == "password-name"
        assert self.complete(portal, code=code).status == 204

    def test_a_sheet_printed_after_the_lock_opens_the_login(self, portal: Cloud, person: Person) -> None:
        portal.at(IN_TIME + timedelta(days=2 * 365))
        code = self.print_sheet(person, clock.now() + timedelta(days=14))
        wrong = [self.complete(portal, sheet="AAAAA-AAAAA"), self.complete(portal, sheet=code, nik="9901014101900003")]
        assert len({str({**answer.json, "request_id": ""}) for answer in wrong}) == 1
        assert wrong[0].json["fields"][0] | {"message": ""} == {"field": "sheet", "code": "wrong-sheet", "message": ""}
        assert self.complete(portal, sheet=code).status == 204
        assert sign_in(portal, NEW).status == 200
        assert person_store.load(person.pid) == person
        assert self.complete(portal, sheet=code).json["fields"][0]["code"] == "wrong-sheet"

    def test_one_printed_before_it_does_not_and_neither_does_one_that_is_over(
        self, portal: Cloud, person: Person
    ) -> None:
        before = self.print_sheet(person, None)
        assert self.complete(portal, sheet=before).json["fields"][0]["code"] == "wrong-sheet"
        after = self.print_sheet(person, clock.now() + timedelta(days=14))
        portal.at(clock.now() + timedelta(days=14, seconds=1))
        assert self.complete(portal, sheet=after).json["fields"][0]["code"] == "wrong-sheet"
        assert sign_in(portal).status == 200

    @pytest.mark.usefixtures("account")
    def test_neither_nik_nor_date_nor_code_is_logged_or_a_key(
        self, portal: Cloud, person: Person, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.ask(portal)
        code = code_in(mails_of(portal, stored(person))[0])
        self.complete(portal, code=code)
        logged = capsys.readouterr().out
        kept = str([portal.items(table) for table in ("RegTable", "RegTtlTable")])
        for secret in (f"'{code}'", f'"{code}"', ROW["nik"], ROW["tanggal_lahir"], "siti@contoh.id"):
            assert secret not in logged
            assert secret not in kept

    def print_sheet(self, person: Person, until: Any) -> str:
        code, before = sheet_store.new_code(), sheet_store.load(person.pid)
        end = clock.millis(until) if until else None
        hashed, at = sheet_store.hash_code(person.pid, code), clock.millis(clock.now())
        sheet = Sheet(person.pid, before.v + 1 if before else 1, hashed, "1.operator", at, until=end)
        dynamodb.transact([sheet_store.put(sheet, before)])
        return code
