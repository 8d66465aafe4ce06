"""What backs an account: a code to the contact, an activation sheet, or the counter; without one there is none."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.documents import DocumentType
from services.kernel.notices import outbox
from services.kernel.notices.catalogue import Recipient, RecipientKind
from services.kernel.notices.outbox import Key, NoticeState
from services.kernel.notices.send import Channels
from services.kernel.security.sessions import ENROLMENT_COOKIE, Actor, Audience, read
from services.kernel.states import Assurance
from services.registration.accounts import contact_codes
from services.registration.adapters import account_store, contact_counter, person_store, sheet_store
from services.registration.app import app
from services.registration.enrolments import counter_code
from services.registration.enrolments.contact_code import WantedCode, send_contact_code
from services.registration.model.contact import EMAIL
from services.registration.model.person import Person
from services.registration.model.sheet import Sheet
from tests.registration.listed import (
    CLAIM,
    IN_TIME,
    ROW,
    TOO_LATE,
    accept,
    back,
    check_identity,
    enrol,
    make_account,
    register,
)
from tests.registration.notices.mails import Mail, codes_of, mails_of
from tests.support.asking import request_of
from tests.support.aws import Answer, Cloud

CODES = "/registration/enrolment/contact-codes"
SHEET = "/registration/enrolment/sheet"
COUNTER = "/registration/enrolment/counter-code"
OTHER = {**ROW, "nik": "9901014101900002", "nama": "Ani Contoh"}


@pytest.fixture
def person(portal: Cloud) -> Person:
    """Somebody listed, whose KTP and photo are there."""
    return _ready(register())


def _ready(person: Person) -> Person:
    for kind in (DocumentType.KTP, DocumentType.FOTO):
        accept(person.pid, kind)
    return person


def enrol_as(cloud: Cloud, **changed: str) -> dict[str, str]:
    return {ENROLMENT_COOKIE: check_identity(cloud, **changed).cookies[ENROLMENT_COOKIE]}


def name_of(browser: dict[str, str]) -> str:
    return str(read(browser[ENROLMENT_COOKIE], Audience.ENROLMENT).enrolment)


def ask(cloud: Cloud, browser: dict[str, str], channel: str = EMAIL, **call: Any) -> Answer:
    return cloud.call(app, "POST", CODES, {"channel": channel}, cookies=browser, **call)


def type_in(cloud: Cloud, browser: dict[str, str], code: str, channel: str = EMAIL) -> Answer:
    return cloud.call(app, "POST", f"{CODES}/confirmation", {"channel": channel, "code": code}, cookies=browser)


def code_in(mail: Mail) -> str:
    return str(re.findall(r"\b[0-9]{6}\b", mail.body)[0])


def hand_over(cloud: Cloud, browser: dict[str, str]) -> None:
    """The mail service takes what waits for this enrolment, at the clock's instant."""
    recipient = Recipient(RecipientKind.ENROLMENT, name_of(browser))
    for item in cloud.items("RegTable"):
        if item["pk"].startswith("NOTICE#") and item["sk"] == str(recipient):
            outbox.settle(Key(item["pk"].removeprefix("NOTICE#"), recipient), NoticeState.SENT)


def print_sheet(person: Person, *, until: int | None = None, before: Sheet | None = None) -> str:
    code = sheet_store.new_code()
    v = before.v + 1 if before else 1
    at = clock.millis(clock.now())
    sheet = Sheet(person.pid, v, sheet_store.hash_code(person.pid, code), "1.operator", at, until=until)
    dynamodb.transact([sheet_store.put(sheet, before)])
    return code


def use(cloud: Cloud, browser: dict[str, str], code: str) -> Answer:
    return cloud.call(app, "POST", SHEET, {"code": code}, cookies=browser)


@pytest.mark.usefixtures("person")
def test_without_anything_there_is_no_account_and_the_three_ways_are_named(portal: Cloud) -> None:
    browser = enrol(portal)
    before = portal.items("RegTable")
    answer = make_account(portal, browser, backed=False)
    assert (answer.status, answer.code) == (422, "not-backed")
    for way in ("email atau nomor HP", "lembar kode aktivasi", "petugas instansi"):
        assert way in answer.json["detail"]
    assert portal.items("RegTable") == before


class TestCodes:
    def test_a_code_makes_the_contact_his_and_gives_no_assurance_by_itself(self, portal: Cloud, person: Person) -> None:
        browser = enrol(portal)
        assert ask(portal, browser).json == {"again_after": 60}
        (mail,) = codes_of(portal)
        assert mail.to == CLAIM["email"]
        shown = type_in(portal, browser, code_in(mail))
        assert shown.json == {"verified": ["email"], "sheet": False, "staff": False, "enough": True}
        assert make_account(portal, browser, backed=False).status == 201
        account = account_store.load(account_store.account_id(ROW["nik"]))
        assert account is not None
        made = person_store.load(person.pid)
        assert (made.assurance, made.helped_by) == (Assurance.BELUM_DIPASTIKAN, ())
        assert account_store.contact(account, made).verified == {"email"}
        assert [(each.to, each.subject) for each in mails_of(portal, account)] == [
            (CLAIM["email"], "Akun Pendataan Non-ASN Anda sudah dibuat")
        ]

    @pytest.mark.usefixtures("person")
    def test_he_is_written_to_in_the_language_of_his_page(self, portal: Cloud) -> None:
        english = {"Accept-Language": "en"}
        body = {**CLAIM, "captcha": ""}
        assert portal.call(app, "POST", "/registration/identity-checks", body, headers=english).status == 403
        browser = dict(check_identity(portal, {"headers": english}).cookies)
        ask(portal, browser)
        assert codes_of(portal)[0].subject == "Your code for the Pendataan Non-ASN portal"

    @pytest.mark.usefixtures("person")
    def test_a_wrong_code_five_times_ends_it(self, portal: Cloud) -> None:
        browser = enrol(portal)
        ask(portal, browser)
        right = code_in(codes_of(portal)[0])
        wrong = f"{(int(right) + 1) % 10**6:06d}"
        answers = [type_in(portal, browser, wrong) for _ in range(contact_codes.TRIES)]
        assert {answer.json["fields"][0]["code"] for answer in answers} == {"wrong-code"}
        assert type_in(portal, browser, right).json["fields"][0]["code"] == "code-over"
        assert make_account(portal, browser, backed=False).code == "not-backed"

    @pytest.mark.usefixtures("person")
    def test_it_is_good_for_ten_minutes_from_its_hand_over_and_not_from_the_asking(self, portal: Cloud) -> None:
        browser = enrol(portal)
        ask(portal, browser)
        code = code_in(codes_of(portal)[0])
        portal.at(IN_TIME + timedelta(minutes=20))
        hand_over(portal, browser)
        portal.at(IN_TIME + timedelta(minutes=30, seconds=5))
        assert type_in(portal, browser, code).json["fields"][0]["code"] == "wrong-code"
        portal.at(IN_TIME + timedelta(minutes=29, seconds=55))
        assert type_in(portal, browser, code).status == 200

    @pytest.mark.usefixtures("person")
    def test_while_mail_is_down_no_second_one_is_put_beside_the_first(self, portal: Cloud) -> None:
        browser = enrol(portal)
        for minute in range(3):
            portal.at(IN_TIME + timedelta(minutes=minute * 2))
            assert ask(portal, browser).status == 202
        (mail,) = codes_of(portal)
        assert type_in(portal, browser, code_in(mail)).status == 200

    @pytest.mark.usefixtures("person")
    def test_another_is_sent_after_a_minute_and_the_one_before_is_over(self, portal: Cloud) -> None:
        browser = enrol(portal)
        ask(portal, browser)
        first = code_in(codes_of(portal)[0])
        hand_over(portal, browser)
        refused = ask(portal, browser)
        assert (refused.status, refused.code) == (429, "throttled")
        assert 0 < int(refused.headers["retry-after"]) <= 61
        portal.at(IN_TIME + timedelta(seconds=65))
        assert ask(portal, browser).status == 202
        second = code_in(codes_of(portal)[-1])
        if first != second:
            assert type_in(portal, browser, first).status == 422
        assert type_in(portal, browser, second).status == 200

    @pytest.mark.usefixtures("person")
    def test_a_retry_of_the_asking_sends_no_second_mail(self, portal: Cloud) -> None:
        browser, key = enrol(portal), {"Idempotency-Key": "one-asking-of-it"}
        assert ask(portal, browser, headers=key).json == ask(portal, browser, headers=key).json
        assert len(codes_of(portal)) == 1

    @pytest.mark.usefixtures("person")
    def test_a_code_is_good_for_its_enrolment_and_its_address_only(self, portal: Cloud) -> None:
        his, other = enrol(portal), enrol(portal)
        ask(portal, his)
        code = code_in(codes_of(portal, name_of(his))[0])
        ask(portal, other)
        if code != code_in(codes_of(portal, name_of(other))[0]):
            assert type_in(portal, other, code).status == 422
        changed = {"hp": "", "email": "lain@contoh.id", "password": "kuda terbang di atas sawah"}
        assert portal.call(app, "PATCH", "/registration/enrolment", changed, cookies=his).status == 200
        assert type_in(portal, his, code).status == 422

    @pytest.mark.usefixtures("person")
    def test_another_address_is_not_verified_by_the_one_before(self, portal: Cloud) -> None:
        browser = enrol(portal)
        back(portal, browser)
        for email, left in ((CLAIM["email"], ["email"]), ("lain@contoh.id", [])):
            body = {"hp": "", "email": email, "password": "kuda terbang di atas sawah"}
            portal.call(app, "PATCH", "/registration/enrolment", body, cookies=browser)
            page = portal.call(app, "GET", "/registration/enrolment", cookies=browser).json
            assert page["backing"]["verified"] == left

    @pytest.mark.usefixtures("person")
    def test_who_repeats_the_check_in_this_browser_keeps_what_he_has_shown(self, portal: Cloud) -> None:
        browser = enrol(portal)
        back(portal, browser)
        again = {ENROLMENT_COOKIE: check_identity(portal, {"cookies": browser}).cookies[ENROLMENT_COOKIE]}
        assert make_account(portal, again, backed=False).status == 201

    @pytest.mark.usefixtures("person")
    def test_sms_is_off_until_there_is_a_provider(self, portal: Cloud) -> None:
        browser = enrol(portal)
        assert ask(portal, browser, "hp").json["fields"][0]["code"] == "sms-off"
        by = Actor.of(read(browser[ENROLMENT_COOKIE], Audience.ENROLMENT))
        asked = replace(request_of(by), session=None, enrolment=by)
        send_contact_code(WantedCode(channel="hp"), asked, Channels(None, sms=_Phones()))
        (sent,) = codes_of(portal)
        assert sent.to == "+6281234567890"
        assert type_in(portal, browser, code_in(sent), "hp").json["verified"] == ["hp"]

    @pytest.mark.usefixtures("person")
    def test_a_stranger_s_address_is_not_flooded(self, portal: Cloud) -> None:
        """Of one person six an hour; of all together ten, and each of them has passed the identity check."""
        _ready(register(**OTHER))
        answers = []
        for minute in range(7):
            for row in (ROW, OTHER):
                portal.at(IN_TIME + timedelta(minutes=2 * minute))
                browser = enrol_as(portal, nik=row["nik"], nama=row["nama"])
                answers.append(ask(portal, browser).status)
                hand_over(portal, browser)
        assert answers.count(202) == contact_codes.OF_ADDRESS.most
        portal.at(IN_TIME + timedelta(hours=1))
        assert ask(portal, enrol(portal)).status == 202

    @pytest.mark.usefixtures("person")
    def test_nothing_is_asked_for_what_was_not_typed_nor_after_the_close(self, portal: Cloud) -> None:
        browser = enrol_as(portal, email="", hp="")
        assert ask(portal, browser).json["fields"] == [
            {"field": "email", "code": "required", "message": "Isi email atau nomor HP dahulu, lalu minta kode."}
        ]
        assert ask(portal, enrol(portal), received=TOO_LATE).code == "window-closed"
        assert codes_of(portal) == []

    @pytest.mark.usefixtures("person")
    def test_neither_code_nor_address_stands_in_a_key_or_a_log(
        self, portal: Cloud, capsys: pytest.CaptureFixture[str]
    ) -> None:
        browser = enrol(portal)
        ask(portal, browser)
        code = code_in(codes_of(portal)[0])
        type_in(portal, browser, "999999" if code != "999999" else "888888")
        type_in(portal, browser, code)
        logged = capsys.readouterr().out
        kept = str([portal.items(table) for table in ("RegTable", "RegTtlTable")])
        for secret in (f"'{code}'", f'"{code}"', CLAIM["email"], ROW["nik"], "+6281234567890"):
            assert secret not in logged
            assert secret not in kept


class _Phones:
    """A provider of SMS; what it sends goes nowhere."""

    def send(self, sms: object) -> None:
        """Take it."""


class TestSheets:
    def test_a_sheet_alone_makes_an_account_that_is_assured(self, portal: Cloud, person: Person) -> None:
        code, browser = print_sheet(person), enrol_as(portal, email="", hp="")
        assert use(portal, browser, f"{code[:5]}-{code[5:]}".lower()).json["sheet"] is True
        assert make_account(portal, browser, backed=False).status == 201
        made = person_store.load(person.pid)
        assert made.assurance is Assurance.LEMBAR
        used = sheet_store.load(person.pid)
        assert used is not None
        assert used.used_at is not None
        account = account_store.load(account_store.account_id(ROW["nik"]))
        assert account is not None
        assert account_store.contact(account, made).shown() == {"hp": None, "email": None}

    def test_whatever_is_wrong_with_a_sheet_is_answered_alike(self, portal: Cloud, person: Person) -> None:
        others = print_sheet(_ready(register(**OTHER)))
        voided = print_sheet(person)
        first = sheet_store.load(person.pid)
        good = print_sheet(person, before=first)
        browser = enrol(portal)
        answers = [use(portal, browser, code) for code in (others, voided, "AAAAA-AAAAA", "", "x")]
        assert len({str({**answer.json, "request_id": ""}) for answer in answers}) == 1
        assert answers[0].json["fields"][0]["code"] == "wrong-sheet"
        sheet = sheet_store.load(person.pid)
        assert sheet is not None
        assert use(portal, browser, good).status == 200
        dynamodb.transact([sheet_store.use(sheet, clock.now())])
        assert {**use(portal, browser, good).json, "request_id": ""} == {**answers[0].json, "request_id": ""}
        assert make_account(portal, browser, backed=False).code == "not-backed"

    def test_one_printed_after_the_lock_that_is_over_opens_nothing(self, portal: Cloud, person: Person) -> None:
        code = print_sheet(person, until=clock.millis(IN_TIME + timedelta(days=14)))
        browser = enrol(portal)
        assert use(portal, browser, code).status == 200
        portal.at(IN_TIME + timedelta(days=14))
        assert use(portal, enrol(portal), code).status == 422

    def test_guessing_is_stopped(self, portal: Cloud, person: Person) -> None:
        print_sheet(person)
        browser = enrol(portal)
        answers = [use(portal, browser, f"AAAAA-AAAA{n}").code for n in range(10)]
        assert set(answers) == {"invalid-fields"}
        assert use(portal, browser, "AAAAA-AAAAX").code == "throttled"


class TestCounter:
    def test_the_digits_are_of_one_enrolment_and_stay_the_same(self, portal: Cloud, person: Person) -> None:
        his, other = enrol(portal), enrol(portal)
        shown = [portal.call(app, "POST", COUNTER, cookies=each).json["digits"] for each in (his, his, other)]
        assert shown[0] == shown[1]
        assert re.fullmatch("[0-9]{6}", shown[0])
        assert counter_code.find_enrolment(person.pid, shown[0], staff="1.operator") == name_of(his)
        assert counter_code.find_enrolment("9901.other", shown[0], staff="1.operator") is None

    def test_who_is_vouched_for_has_an_account_whose_helper_may_not_decide(self, portal: Cloud, person: Person) -> None:
        browser = enrol_as(portal, email="", hp="")
        until = clock.now() + timedelta(hours=1)
        counter_code.vouch(name_of(browser), staff="1.operator", until=until)
        assert make_account(portal, browser, backed=False).status == 201
        made = person_store.load(person.pid)
        assert (made.assurance, made.helped_by) == (Assurance.PETUGAS, ("1.operator",))
        assert made.is_work_of("1.operator")

    def test_they_end_with_the_enrolment(self, portal: Cloud, person: Person) -> None:
        digits = portal.call(app, "POST", COUNTER, cookies=enrol(portal)).json["digits"]
        portal.at(IN_TIME + timedelta(hours=1))
        assert counter_code.find_enrolment(person.pid, digits, staff="1.operator") is None

    @pytest.mark.usefixtures("portal")
    def test_staff_do_not_guess_them(self, person: Person) -> None:
        for _ in range(counter_code.TRIED.most):
            counter_code.find_enrolment(person.pid, "000000", staff="1.operator")
        with pytest.raises(Exception, match="throttled"):
            counter_code.find_enrolment(person.pid, "000000", staff="1.operator")


def test_five_accounts_of_one_contact_are_flagged_and_not_refused(portal: Cloud) -> None:
    rows = [{"nik": f"99010141019000{n + 11}", "nama": f"Contoh Orang {'ABCDE'[n]}"} for n in range(5)]
    for number, row in enumerate(rows):
        portal.at(IN_TIME + timedelta(hours=number))
        person = _ready(register(**row))
        assert make_account(portal, enrol_as(portal, **row)).status == 201
        account = account_store.load(account_store.account_id(row["nik"]))
        assert account is not None
        contact = account_store.contact(account, person_store.load(person.pid))
        assert contact_counter.accounts_with(contact) == number + 1


@pytest.mark.parametrize(
    ("registered", "assurance"),
    [
        ({"email": "SITI@contoh.id"}, Assurance.KONTAK),
        ({"email": "lain@contoh.id"}, Assurance.BELUM_DIPASTIKAN),
        ({"hp": CLAIM["hp"]}, Assurance.BELUM_DIPASTIKAN),
    ],
)
def test_the_contact_that_was_registered_gives_assurance_once_it_is_verified(
    portal: Cloud, registered: dict[str, str], assurance: Assurance
) -> None:
    """He has shown the e-mail address to be his, and not the phone."""
    person = _ready(register(**registered))
    assert make_account(portal, enrol(portal)).status == 201
    assert person_store.load(person.pid).assurance is assurance
    token = portal.token("honorer", "9901", sub=person.pid, token_version=1)
    shown = portal.call(app, "GET", "/registration/me/biodata", token=token).json["registered"]
    assert ("email" in shown) == (assurance is Assurance.KONTAK)
    assert "hp" not in shown
