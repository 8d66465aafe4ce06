"""Somebody else made an account of his NIK: its owner takes it back with a sheet, and what hinders him."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.kernel import clock
from services.kernel.aws import clients, dynamodb
from services.kernel.documents import DocumentType
from services.kernel.events.facts import StaffRevoked
from services.kernel.states import Assurance, PersonState, Phase
from services.kernel.writes.calendar import DEFAULT_2022, Round
from services.registration.adapters import (
    account_store,
    card_store,
    contact_counter,
    person_items,
    person_store,
    request_store,
    sheet_store,
)
from services.registration.app import app
from services.registration.model.card import CardKind
from services.registration.model.person import Person
from services.registration.model.reclaim import WAYS, Time, Way, time_of, way_of
from services.registration.model.sheet import Sheet
from services.registration.settings import settings
from tests.registration.enrolments.test_backing import print_sheet
from tests.registration.facts.test_relay import told
from tests.registration.listed import (
    CLAIM,
    IN_TIME,
    INSTITUTION,
    LAST_MOMENT,
    PASSWORD,
    TOO_LATE,
    accept,
    enrol,
    make_account,
    portal,
    put_in,
    register,
    solved,
    stand_complete,
    stand_with_account,
)
from tests.registration.notices.mails import mails_of
from tests.registration.own_account.test_own_account_of_a_person import Browser, sign_in, stored
from tests.registration.staff import desk
from tests.support.aws import Answer, Cloud
from tests.support.gates import open_gate

__all__ = ["portal"]

NEW = "becak hijau di simpang lima"
MINE = {"hp": "", "email": "pemilik@contoh.id"}


@pytest.fixture
def person(portal: Cloud) -> Person:
    """Somebody of whose NIK a stranger made an account, with a verified address of his own."""
    return stand_with_account(portal)


def reclaim(cloud: Cloud, code: str, call: dict[str, Any] | None = None, /, **changed: str) -> Answer:
    body = {**CLAIM, **MINE, "password": NEW, "sheet": code, "captcha": solved(), **changed}
    return cloud.call(app, "POST", "/registration/reclaims", body, **(call or {}))


def force(person: Person, **changed: Any) -> Person:
    dynamodb.transact([dynamodb.put(settings().table, person_items.to_item(replace(person, **changed)))])
    return person_store.load(person.pid)


def waiting_statements() -> list[request_store.Waiting]:
    return request_store.statements(INSTITUTION, 10)[0]


def field_code(answer: Answer) -> tuple[str, str]:
    (field,) = answer.json["fields"]
    return field["field"], field["code"]


@pytest.mark.parametrize(("assured", "login_only", "time"), sorted(WAYS))
def test_each_way_by_assurance_sheet_and_time(assured: bool, login_only: bool, time: Time) -> None:
    person: Any = type("P", (), {"assurance": Assurance.PETUGAS if assured else Assurance.BELUM_DIPASTIKAN})
    sheet = Sheet("p", 1, "h", "1.operator", 0, until=1 if login_only else None)
    phase = Phase.FINAL if time is Time.LOCKED else Phase.PENGINPUTAN
    at = IN_TIME if time is Time.DOSSIER else TOO_LATE
    expected = (
        Way.LOGIN_ONLY
        if login_only
        else Way.NONE
        if time is Time.LOCKED
        else Way.OWNER
        if assured
        else Way.AT_ONCE
        if time is Time.DOSSIER
        else Way.LOGIN_ONLY
    )
    round_ = Round(INSTITUTION, 1, phase, 2, 0, DEFAULT_2022)
    assert time_of(round_, at) is time
    assert way_of(person, sheet, round_, at) is expected


def test_every_combination_stands_in_the_table() -> None:
    assert set(WAYS) == {(a, s, t) for a in (False, True) for s in (False, True) for t in Time}


class TestAtOnce:
    def test_the_account_is_his_and_the_other_is_out(self, portal: Cloud, person: Person) -> None:
        other, before = Browser(portal), stored(person)
        answer = reclaim(portal, print_sheet(person))
        assert (answer.status, answer.json) == (200, {"way": "AT_ONCE", "until": None})
        refused = other.call("GET", "")
        assert (refused.status, refused.code) == (401, "unauthenticated")
        assert not other.goes_on
        assert (sign_in(portal).status, sign_in(portal, NEW).status) == (401, 200)
        after = person_store.load(person.pid)
        assert (after.state, after.assurance, after.v) == (PersonState.AKUN_DIBUAT, Assurance.LEMBAR, person.v + 1)
        account = stored(after)
        contact = account_store.contact(account, after)
        assert (contact.shown(), contact.verified) == ({"hp": None, "email": MINE["email"]}, frozenset())
        assert account.token_version == before.token_version + 1
        assert Browser(portal, NEW).call("GET", "").json["assurance"] == "LEMBAR"

    def test_the_one_who_had_it_is_told_at_his_address_and_nobody_else(self, portal: Cloud, person: Person) -> None:
        reclaim(portal, print_sheet(person))
        mails = mails_of(portal, stored(person))
        assert [mail.to for mail in mails] == [CLAIM["email"]]
        assert mails[0].subject == "Akun Pendataan Non-ASN diambil kembali dengan lembar kode aktivasi"
        assert contact_counter.accounts_with(account_store.contact(stored(person), person)) == 0

    def test_what_the_other_submitted_is_taken_back_and_his_word_does_not_count(self, portal: Cloud) -> None:
        person = stand_complete(portal)
        Browser(portal).call("POST", "/submission", {"v": person.v, "statement": True})
        assert person_store.load(person.pid).state is PersonState.DIAJUKAN
        assert reclaim(portal, print_sheet(person)).status == 200
        after = person_store.load(person.pid)
        assert (after.state, after.active) == (PersonState.AKUN_DIBUAT, None)
        assert after.private.education == person_store.load(person.pid).private.education is not None
        refused = Browser(portal, NEW).call("POST", "/submission", {"v": after.v, "statement": True})
        assert (refused.code, [one["code"] for one in refused.json["missing"]]) == ("incomplete", ["active"])

    def test_cards_that_the_other_printed_stand_for_nothing(self, portal: Cloud, person: Person) -> None:
        before = card_store.load(person.pid, CardKind.AKUN)
        reclaim(portal, print_sheet(person))
        after = card_store.load(person.pid, CardKind.AKUN)
        assert before is not None
        assert after is not None
        assert [self.check(portal, card.code) for card in (before, after)] == [False, True]

    def check(self, cloud: Cloud, code: str) -> bool:
        return bool(cloud.call(app, "GET", f"/registration/cards/{code}").json["valid"])

    def test_the_enrolment_that_made_it_is_over_and_what_it_sent_is_not_of_the_record(self, portal: Cloud) -> None:
        person = register()
        for jenis in (DocumentType.KTP, DocumentType.FOTO):
            accept(person.pid, jenis)
        browser = enrol(portal)
        assert make_account(portal, browser).status == 201
        code = print_sheet(person)
        assert reclaim(portal, code).status == 200
        assert portal.call(app, "GET", "/registration/enrolment/card", cookies=browser).code == "unauthenticated"
        assert person_store.load(person.pid).enrolment is None

    @pytest.mark.parametrize("verdict", [PersonState.MEMENUHI_SYARAT, PersonState.TIDAK_MEMENUHI_SYARAT])
    def test_a_verdict_stands_and_staff_are_told(self, portal: Cloud, person: Person, verdict: PersonState) -> None:
        put_in(person, verdict, before=PersonState.DIAJUKAN.value)
        decided = person_store.load(person.pid)
        assert reclaim(portal, print_sheet(person)).json == {"way": "AT_ONCE", "until": None}
        after = person_store.load(person.pid)
        assert (after.state, after.active, after.marks) == (verdict, decided.active, decided.marks)
        shown = desk(portal, "verifikator").call("GET", f"/people/{person.pid}").json["warnings"]
        (note,) = [one for one in shown if one["code"] == "reclaimed"]
        assert "diambil kembali pemiliknya" in note["message"]

    @pytest.mark.parametrize("verdict", [None, PersonState.MEMENUHI_SYARAT, PersonState.TIDAK_MEMENUHI_SYARAT])
    def test_what_the_other_said_of_working_there_no_more_is_unsaid(
        self, portal: Cloud, verdict: PersonState | None
    ) -> None:
        """Else staff could take the owner's row off on it, now that the account has an assurance."""
        person = stand_complete(portal)
        if verdict:
            put_in(person, verdict, before=PersonState.DIAJUKAN.value)
        Browser(portal).call("POST", "/active-confirmation", {"v": person.v, "active": False})
        said = person_store.load(person.pid)
        assert (said.states_inactive, "active" in said.marks) == (True, verdict is not None)
        assert len(waiting_statements()) == 1
        reclaim(portal, print_sheet(person))
        after = person_store.load(person.pid)
        assert (after.state, after.active, after.active_at) == (said.state, None, None)
        assert not waiting_statements()
        body = {"v": after.v, "reason": "Menurut pernyataannya."}
        refused = desk(portal, "admin").call("POST", f"/people/{person.pid}/statement/confirmation", body)
        assert (refused.code, person_store.load(person.pid)) == ("conflict", after)

    def test_a_verdict_given_on_the_other_s_word_is_marked(self, portal: Cloud) -> None:
        person = force(stand_complete(portal), active=False)
        put_in(person, PersonState.TIDAK_MEMENUHI_SYARAT, before=PersonState.DIAJUKAN.value)
        reclaim(portal, print_sheet(person))
        after = person_store.load(person.pid)
        assert (after.state, after.marks["active"].before) == (PersonState.TIDAK_MEMENUHI_SYARAT, False)

    def test_the_other_services_hear_that_the_tokens_are_over(self, portal: Cloud, person: Person) -> None:
        told(portal)
        reclaim(portal, print_sheet(person))
        (fact,) = [one for one in told(portal) if one["name"] == StaffRevoked.name]
        assert (fact["user"], fact["tv"]) == (person.pid, 2)

    def test_a_retry_is_answered_as_the_first_one(self, portal: Cloud, person: Person) -> None:
        code, key = print_sheet(person), {"headers": {"Idempotency-Key": "one-reclaim"}}
        claim = {"captcha": solved()}
        answers = [reclaim(portal, code, key, **claim) for _ in range(2)]
        assert [answer.json for answer in answers] == [{"way": "AT_ONCE", "until": None}] * 2
        assert person_store.load(person.pid).v == person.v + 1


class TestTooLate:
    def test_after_the_window_the_login_changes_and_the_record_does_not(self, portal: Cloud, person: Person) -> None:
        code = print_sheet(person)
        other = Browser(portal)
        assert reclaim(portal, code, {"received": TOO_LATE}).json == {"way": "LOGIN_ONLY", "until": None}
        assert person_store.load(person.pid) == person
        assert not other.goes_on
        assert sign_in(portal, NEW).status == 200

    def test_at_the_last_moment_it_is_whole(self, portal: Cloud, person: Person) -> None:
        assert reclaim(portal, print_sheet(person), {"received": LAST_MOMENT}).json == {"way": "AT_ONCE", "until": None}

    def test_at_the_lock_a_sheet_printed_before_is_over(self, portal: Cloud, person: Person) -> None:
        code = print_sheet(person)
        open_gate(INSTITUTION, epoch=2, phase=Phase.FINAL)
        assert field_code(reclaim(portal, code, {"received": TOO_LATE})) == ("sheet", "wrong-sheet")
        assert sign_in(portal).status == 200

    def test_one_printed_after_it_opens_the_login(self, portal: Cloud, person: Person) -> None:
        open_gate(INSTITUTION, epoch=2, phase=Phase.FINAL)
        portal.at(TOO_LATE + timedelta(days=30))
        code = print_sheet(person, until=clock.millis(clock.now() + timedelta(days=14)))
        assert reclaim(portal, code).json == {"way": "LOGIN_ONLY", "until": None}
        assert person_store.load(person.pid) == person


class TestRefused:
    def test_a_code_that_is_wrong_used_or_of_a_sheet_printed_anew_is_answered_alike(
        self, portal: Cloud, person: Person
    ) -> None:
        first = print_sheet(person)
        before = sheet_of(person)
        second = print_sheet(person, before=before)
        answers = [reclaim(portal, "AAAAA-AAAAA"), reclaim(portal, first)]
        assert reclaim(portal, second).status == 200
        force(person_store.load(person.pid), assurance=Assurance.BELUM_DIPASTIKAN)
        answers.append(reclaim(portal, second))
        assert {field_code(answer) for answer in answers} == {("sheet", "wrong-sheet")}
        assert len({answer.json["fields"][0]["message"] for answer in answers}) == 1

    @pytest.mark.parametrize("wrong", [{"nama": "Orang Lain"}, {"tanggal_lahir": "1990-01-02"}])
    def test_whoever_is_not_he_by_what_he_knows_learns_nothing(
        self, portal: Cloud, person: Person, wrong: dict[str, str]
    ) -> None:
        code = print_sheet(person)
        answers = [reclaim(portal, code, **wrong), reclaim(portal, code, nik="9901014101900003")]
        assert {(answer.status, answer.code, answer.json["detail"]) for answer in answers} == {
            (answers[0].status, "not-registered", answers[0].json["detail"])
        }

    def test_without_an_account_the_sheet_makes_one(self, portal: Cloud) -> None:
        answer = reclaim(portal, print_sheet(register()))
        assert (answer.status, answer.code) == (409, "conflict")
        assert "Buat Akun" in answer.json["detail"]

    @pytest.mark.usefixtures("person")
    def test_a_captcha_a_good_password_and_tries_are_asked_for(self, portal: Cloud, person: Person) -> None:
        code = print_sheet(person)
        assert reclaim(portal, code, captcha="").code == "captcha-failed"
        assert field_code(reclaim(portal, code, password="pendek")) == ("password", "password-short")
        assert field_code(reclaim(portal, code, password="Siti Contoh Lestari 1")) == ("password", "password-name")
        answers = [reclaim(portal, "AAAAA-AAAAA") for _ in range(10)]
        assert answers[-1].code == "throttled"


class TestAtTheSameTime:
    """Something is done between the reading of a reclaim and its writing."""

    def meanwhile(self, deed: Callable[[], object]) -> None:
        events, name = clients.dynamodb().meta.events, "provide-client-params.dynamodb.TransactWriteItems"

        def once(**_: object) -> None:
            events.unregister(name, once)
            deed()

        events.register(name, once)

    def test_a_submission_is_taken_back_all_the_same(self, portal: Cloud) -> None:
        person = stand_complete(portal)
        code, other = print_sheet(person), Browser(portal)
        self.meanwhile(lambda: other.call("POST", "/submission", {"v": person.v, "statement": True}))
        assert reclaim(portal, code).status == 200
        after = person_store.load(person.pid)
        assert [step.state for step in after.private.progress][-2:] == [PersonState.DIAJUKAN, PersonState.AKUN_DIBUAT]
        assert (after.state, after.v) == (PersonState.AKUN_DIBUAT, person.v + 2)

    def test_a_verdict_stands(self, portal: Cloud, person: Person) -> None:
        code = print_sheet(person)
        decided = PersonState.TIDAK_MEMENUHI_SYARAT
        self.meanwhile(lambda: put_in(person, decided, before=PersonState.AKUN_DIBUAT.value, v=person.v + 1))
        assert reclaim(portal, code).status == 200
        after = person_store.load(person.pid)
        assert (after.state, after.assurance) == (decided, Assurance.LEMBAR)

    def test_another_password_of_the_other_does_not_keep_him_out(self, portal: Cloud, person: Person) -> None:
        code, other = print_sheet(person), Browser(portal)
        body = {"current": PASSWORD, "password": "sepeda biru di tepi kali"}
        self.meanwhile(lambda: other.call("POST", "/password", body))
        assert reclaim(portal, code).status == 200
        assert (other.goes_on, sign_in(portal, NEW).status) == (False, 200)

    def test_a_sheet_printed_anew_meanwhile_voids_the_one_he_has(self, portal: Cloud, person: Person) -> None:
        code, before = print_sheet(person), sheet_of(person)
        self.meanwhile(lambda: print_sheet(person, before=before))
        assert field_code(reclaim(portal, code)) == ("sheet", "wrong-sheet")
        assert person_store.load(person.pid) == person
        assert sign_in(portal).status == 200

    def test_the_tick_of_staff_meanwhile_closes_it(self, portal: Cloud, person: Person) -> None:
        code = print_sheet(person)
        self.meanwhile(lambda: force(person, assurance=Assurance.PETUGAS, v=person.v + 1))
        assert reclaim(portal, code).json["way"] == "OWNER"
        assert sign_in(portal).status == 200

    def test_the_lock_meanwhile_leaves_all_as_it_was(self, portal: Cloud, person: Person) -> None:
        code = print_sheet(person)
        self.meanwhile(lambda: open_gate(INSTITUTION, epoch=2, phase=Phase.FINAL))
        answer = reclaim(portal, code)
        assert answer.status in (200, 422), answer.text
        assert (sign_in(portal).status == 200) is (answer.status == 422)

    def test_of_two_one_has_it(self, portal: Cloud, person: Person) -> None:
        code = print_sheet(person)
        first: list[Answer] = []
        self.meanwhile(lambda: first.append(reclaim(portal, code, password="sepeda biru di tepi kali")))
        second = reclaim(portal, code)
        assert (first[0].status, field_code(second)) == (200, ("sheet", "wrong-sheet"))
        assert sign_in(portal, NEW).status == 401


def sheet_of(person: Person) -> Sheet:
    found = sheet_store.load(person.pid)
    assert found is not None
    return found
