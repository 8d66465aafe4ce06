"""Somebody with a sheet wants an account whose owner is known: the owner is asked, or two members of staff decide."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product
from typing import Any

import pytest

from services.kernel.aws import dynamodb
from services.kernel.problems import Problem
from services.kernel.security.sessions import Role
from services.kernel.states import Assurance, PersonState, Phase
from services.kernel.writes.calendar import DEFAULT_2022, Round, Window
from services.registration.adapters import account_store, person_store, reclaim_store
from services.registration.model.contact import PersonContact
from services.registration.model.person import Person
from services.registration.model.reclaim_claim import ANSWER, STEPS, Deed, Step, Vote, first_step, found
from tests.registration.enrolments.test_backing import print_sheet
from tests.registration.listed import (
    IN_TIME,
    INSTITUTION,
    PASSWORD,
    TOO_LATE,
    portal,
    stand_complete,
    stand_with_account,
)
from tests.registration.notices.mails import mails_of
from tests.registration.own_account.test_own_account_of_a_person import Browser, sign_in, stored
from tests.registration.reclaims.test_reclaiming import NEW, force, reclaim, sheet_of
from tests.registration.staff import Desk, desk, readings
from tests.support.aws import Answer, Cloud

__all__ = ["portal"]

CLOSES = DEFAULT_2022[Window.DOSSIER].closes


@pytest.fixture
def person(portal: Cloud) -> Person:
    """Somebody whose account is his for sure, with a verified address."""
    return force(stand_with_account(portal), assurance=Assurance.KONTAK)


def claimed(cloud: Cloud, person: Person) -> Answer:
    answer = reclaim(cloud, print_sheet(person))
    assert (answer.status, answer.json["way"]) == (200, "OWNER"), answer.text
    return answer


def by_staff(cloud: Cloud, person: Person) -> None:
    """A claim that its owner has refused."""
    claimed(cloud, person)
    assert Browser(cloud).call("POST", "/reclaim/refusal").status == 200


def vote(staff: Desk, person: Person, *, agreed: bool = True) -> Answer:
    return staff.call("POST", f"/people/{person.pid}/reclaim", {"agreed": agreed})


def test_its_steps_are_these_and_no_others() -> None:
    drawn = {
        (Step.OWNER, Deed.OWNER_REFUSES): Step.STAFF,
        (Step.OWNER, Deed.SILENCE): Step.DONE,
        (Step.STAFF, Deed.STAFF_AGREE): Step.DONE,
        (Step.STAFF, Deed.STAFF_REFUSE): Step.REFUSED,
    }
    for step, deed in product(Step, Deed):
        if (step, deed) in drawn:
            assert STEPS.after(step, deed) is drawn[step, deed]
        else:
            with pytest.raises(Problem):
                STEPS.after(step, deed)


@pytest.mark.parametrize(
    ("at", "reachable", "step"),
    [
        (CLOSES - ANSWER, True, Step.OWNER),
        (CLOSES - ANSWER + timedelta(milliseconds=1), True, Step.STAFF),
        (CLOSES - ANSWER, False, Step.STAFF),
        (CLOSES, True, Step.STAFF),
    ],
)
def test_who_answers_first(at: datetime, reachable: bool, step: Step) -> None:
    round_ = Round(INSTITUTION, 1, Phase.PENGINPUTAN, 2, 0, DEFAULT_2022)
    assert first_step(round_, at, reachable=reachable) is step


@pytest.mark.parametrize(
    ("voices", "result"),
    [([], None), ([True], None), ([True, True], True), ([True, False], None), ([True, False, False], False)],
)
def test_two_of_one_mind_decide(voices: list[bool], result: bool | None) -> None:
    assert found(Vote(str(number), agreed) for number, agreed in enumerate(voices)) is result


class TestTheOwner:
    def test_is_told_and_has_72_hours(self, portal: Cloud, person: Person) -> None:
        answer = claimed(portal, person)
        until = datetime.fromisoformat(answer.json["until"])
        assert timedelta(0) <= until - (IN_TIME + ANSWER) < timedelta(minutes=1)
        (mail,) = mails_of(portal, stored(person))
        assert mail.subject == "Ada yang meminta akun Pendataan Non-ASN Anda"
        assert "Akun saya" in mail.body
        here = Browser(portal)
        assert here.call("GET", "/contact").json["claim"] == {"step": "OWNER", "until": answer.json["until"]}
        assert person_store.load(person.pid) == person

    def test_refuses_and_staff_decide(self, portal: Cloud, person: Person) -> None:
        claimed(portal, person)
        here = Browser(portal)
        assert here.call("POST", "/reclaim/refusal").json == {"step": "STAFF", "until": None}
        assert here.call("POST", "/reclaim/refusal").code == "conflict"
        portal.at(IN_TIME + ANSWER + timedelta(hours=1))
        assert (sign_in(portal, NEW).status, sign_in(portal).status) == (401, 200)

    def test_silent_for_72_hours_he_is_out_when_either_signs_in(self, portal: Cloud, person: Person) -> None:
        claimed(portal, person)
        portal.at(IN_TIME + ANSWER - timedelta(minutes=1))
        assert sign_in(portal, NEW).status == 401
        portal.at(IN_TIME + ANSWER + timedelta(minutes=1))
        assert Browser(portal, NEW).call("GET", "").json["assurance"] == "LEMBAR"
        assert sign_in(portal).status == 401
        assert reclaim_store.find(person.pid) is None
        assert person_store.load(person.pid).private.reclaimed_at is not None

    def test_silent_and_the_window_closed_since_the_login_alone_changes(self, portal: Cloud, person: Person) -> None:
        claimed(portal, person)
        portal.at(TOO_LATE + timedelta(days=2))
        assert sign_in(portal, NEW).status == 200
        assert person_store.load(person.pid) == person

    def test_completes_and_submits_meanwhile_but_changes_neither_password_nor_contact(self, portal: Cloud) -> None:
        person = force(stand_complete(portal), assurance=Assurance.LEMBAR)
        claimed(portal, person)
        here = Browser(portal)
        refused = [
            here.call("POST", "/password", {"current": PASSWORD, "password": NEW}),
            here.call("POST", "/submission", {"v": person.v, "statement": True}),
        ]
        assert (refused[0].code, refused[1].status) == ("conflict", 200)
        assert "tidak dapat diganti" in refused[0].json["detail"]
        assert person_store.load(person.pid).state is PersonState.DIAJUKAN

    @pytest.mark.usefixtures("person")
    def test_where_nobody_wants_it_there_is_nothing_to_refuse(self, portal: Cloud) -> None:
        assert Browser(portal).call("GET", "/contact").json["claim"] is None
        assert Browser(portal).call("POST", "/reclaim/refusal").code == "conflict"


class TestStaff:
    def test_two_hand_it_over_and_may_not_decide_on_him(self, portal: Cloud, person: Person) -> None:
        by_staff(portal, person)
        first, second = desk(portal, Role.OPERATOR), desk(portal, Role.ADMIN)
        assert first.detail(person.pid)["reclaim"]["yours"] is True
        assert vote(first, person).json == {"step": "STAFF"}
        shown = first.detail(person.pid)["reclaim"]
        assert (shown["yours"], [voice["agreed"] for voice in shown["voices"]]) == (False, [True])
        assert vote(first, person).code == "second-person-needed"
        assert vote(second, person).json == {"step": "DONE"}
        after = person_store.load(person.pid)
        assert (after.assurance, after.helped_by) == (Assurance.PETUGAS, (first.actor.id, second.actor.id))
        assert (sign_in(portal).status, sign_in(portal, NEW).status) == (401, 200)
        assert second.detail(person.pid)["reclaim"] is None

    def test_two_refuse_and_it_stays(self, portal: Cloud, person: Person) -> None:
        by_staff(portal, person)
        assert vote(desk(portal, Role.OPERATOR), person).json == {"step": "STAFF"}
        assert vote(desk(portal, Role.ADMIN), person, agreed=False).json == {"step": "STAFF"}
        assert vote(desk(portal, Role.VERIFIKATOR), person, agreed=False).json == {"step": "REFUSED"}
        assert vote(desk(portal, Role.OPERATOR, number=2), person).code == "conflict"
        assert person_store.load(person.pid) == person
        assert sign_in(portal).status == 200
        here = Browser(portal)
        assert here.call("POST", "/password", {"current": PASSWORD, "password": NEW}).status == 200

    def test_who_printed_the_sheet_or_helped_him_does_not_decide(self, portal: Cloud, person: Person) -> None:
        by_staff(portal, person)
        claim = reclaim_store.find(person.pid)
        printer = desk(portal, Role.OPERATOR, number=7)
        assert claim is not None
        dynamodb.transact([reclaim_store.change(replace(claim, printed_by=printer.actor.id))])
        assert vote(printer, person).code == "second-person-needed"
        helper = desk(portal, Role.ADMIN, number=9)
        force(person, helped_by=(helper.actor.id,))
        assert vote(helper, person).code == "second-person-needed"

    def test_while_the_owner_may_answer_they_do_not(self, portal: Cloud, person: Person) -> None:
        claimed(portal, person)
        assert vote(desk(portal, Role.ADMIN), person).code == "conflict"
        assert desk(portal, Role.ADMIN).detail(person.pid)["reclaim"]["until"] is not None

    def test_nor_of_himself_or_another_unit(self, portal: Cloud, person: Person) -> None:
        by_staff(portal, person)
        assert vote(desk(portal, Role.ADMIN, own=person.pid), person).code == "own-record"
        assert vote(desk(portal, Role.OPERATOR, units=["SD Negeri 9 Contoh"], number=3), person).code == "not-found"

    def test_without_a_verified_contact_or_in_the_last_hours_they_decide_at_once(
        self, portal: Cloud, person: Person
    ) -> None:
        account = stored(person)
        unproved = account_store.encrypt_contact(account.id, PersonContact("", "siti@contoh.id"), person)
        dynamodb.transact([account_store.replace_encrypted(account, unproved)])
        assert claimed(portal, person).json["until"] is None
        assert Browser(portal).call("POST", "/reclaim/refusal").code == "conflict"
        assert [mail.to for mail in mails_of(portal, stored(person))] == [""]
        assert vote(desk(portal, Role.ADMIN), person).status == 200

    def test_in_the_last_hour_the_owner_is_told_who_decides(self, portal: Cloud, person: Person) -> None:
        portal.at(CLOSES - timedelta(hours=1))
        assert claimed(portal, person).json["until"] is None
        (mail,) = mails_of(portal, stored(person))
        assert "Dua petugas" in mail.body


def test_a_second_claim_waits_for_the_first(portal: Cloud, person: Person) -> None:
    code = print_sheet(person)
    assert reclaim(portal, code).status == 200
    before = person_store.load(person.pid)
    again = reclaim(portal, print_sheet(person, before=sheet_of(person)), password=NEW + " lain")
    assert (again.status, again.code) == (409, "conflict")
    assert person_store.load(person.pid) == before


def test_what_the_claimant_brought_is_encrypted(portal: Cloud, person: Person) -> None:
    claimed(portal, person)
    (item,) = [one for one in portal.items("RegTable") if one["sk"] == "KLAIM"]
    assert "pemilik@contoh.id" not in str(item)
    assert "argon2" not in str(item)


class TestTheListOfStaff:
    """Who is wanted, since when, and who has to answer."""

    def listed(self, staff: Desk) -> list[dict[str, Any]]:
        answer = staff.call("GET", "/reclaims")
        assert answer.status == 200, answer.text
        items: list[dict[str, Any]] = answer.json["items"]
        return items

    def test_the_owner_s_turn_then_staff_s_then_gone(self, portal: Cloud, person: Person) -> None:
        operator, admin = desk(portal, Role.OPERATOR), desk(portal, Role.ADMIN)
        assert self.listed(admin) == []
        claimed(portal, person)
        (waits,) = self.listed(admin)
        assert (waits["person"], waits["nama"], waits["step"]) == (person.pid, person.nama, "OWNER")
        assert (waits["until"] is not None, waits["yours"], waits["voices"], waits["needed"]) == (True, False, 0, 2)
        Browser(portal).call("POST", "/reclaim/refusal")
        assert [(one["step"], one["until"], one["yours"]) for one in self.listed(admin)] == [("STAFF", None, True)]
        vote(operator, person)
        shown = [self.listed(staff)[0] for staff in (operator, admin)]
        assert [(one["yours"], one["voices"]) for one in shown] == [(False, 1), (True, 1)]
        vote(admin, person)
        assert self.listed(admin) == []

    def test_of_his_units_alone_and_of_no_other_institution(self, portal: Cloud, person: Person) -> None:
        claimed(portal, person)
        assert self.listed(desk(portal, Role.OPERATOR, units=["SD Negeri 9 Contoh"], number=3)) == []
        assert len(self.listed(desk(portal, Role.OPERATOR, units=[person.unit_kerja], number=4))) == 1
        assert self.listed(desk(portal, Role.ADMIN, "9902")) == []

    def test_bkn_reads_it_and_that_is_written_down(self, portal: Cloud, person: Person) -> None:
        by_staff(portal, person)
        bkn = desk(portal, Role.BKN)
        assert [one["yours"] for one in self.listed(bkn)] == [False]
        assert [(by, action) for by, action, _ in readings()] == [(bkn.actor.id, "read-requests")]

    def test_page_by_page(self, portal: Cloud, person: Person) -> None:
        claimed(portal, person)
        first = desk(portal, Role.ADMIN).call("GET", "/reclaims?limit=1").json
        assert len(first["items"]) == 1
        rest = desk(portal, Role.ADMIN).call("GET", f"/reclaims?limit=1&cursor={first['cursor'] or '9'}").json
        assert rest == {"items": [], "cursor": None}
