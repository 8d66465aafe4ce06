"""A sheet for somebody who has an account: two members of staff, the owner told, and neither decides on him."""

from datetime import timedelta

import pytest

from services.kernel import clock
from services.kernel.cases import CaseKind
from services.kernel.security.sessions import Role
from services.kernel.states import Phase
from services.registration.adapters import person_store, sheet_request_store, sheet_store
from services.registration.model.person import Person
from services.registration.model.sheet_request import LASTS
from tests.registration.cases.handed import handed
from tests.registration.listed import (
    IN_TIME,
    INSTITUTION,
    TOO_LATE,
    portal,
    register,
    stand_with_account,
)
from tests.registration.notices.mails import mails_of
from tests.registration.own_account.test_own_account_of_a_person import stored
from tests.registration.reclaims.test_reclaiming import reclaim
from tests.registration.sheets.printing import codes, order, pages, pdf, work
from tests.registration.staff import Desk, desk
from tests.support.aws import Answer, Cloud
from tests.support.gates import open_gate

__all__ = ["portal"]


@pytest.fixture
def person(portal: Cloud) -> Person:
    """Somebody with an account."""
    return stand_with_account(portal)


@pytest.fixture
def asking(portal: Cloud, person: Person) -> Desk:
    """An operator."""
    return desk(portal, Role.OPERATOR)


@pytest.fixture
def second(portal: Cloud, person: Person) -> Desk:
    """Another one."""
    return desk(portal, Role.OPERATOR, number=2)


def ask(staff: Desk, person: Person) -> Answer:
    return staff.call("POST", f"/people/{person.pid}/sheet-requests")


def rule(staff: Desk, person: Person, *, agreed: bool = True) -> Answer:
    return staff.call("POST", f"/people/{person.pid}/sheet-requests/decision", {"agreed": agreed})


def code_of(asking: Desk, answer: Answer) -> str:
    work(asking.cloud)
    found = asking.call("GET", f"/sheets/{answer.json['printing']}").json
    assert (found["state"], found["sheets"]) == ("SIAP", 1), found
    (code,) = codes(pdf(found))
    return code


def test_two_print_it_the_owner_is_told_and_it_takes_the_account_back(
    portal: Cloud, person: Person, asking: Desk, second: Desk
) -> None:
    assert order(asking, person=person.pid).code == "account-exists"
    assert (ask(asking, person).status, ask(second, person).code) == (201, "conflict")
    shown = second.detail(person.pid)["sheet"]
    assert (shown["asked_by"]["kind"], shown["asked_at"] is not None) == ("staff", True)
    agreed = rule(second, person)
    assert agreed.status == 200, agreed.text
    assert second.detail(person.pid)["sheet"]["asked_by"] is None
    assert person_store.load(person.pid).helped_by == (asking.actor.id, second.actor.id)
    assert [mail.subject for mail in mails_of(portal, stored(person))] == [
        "Lembar kode aktivasi baru dicetak untuk Anda"
    ]
    assert second.call("GET", f"/sheets/{agreed.json['printing']}").code == "not-found"
    assert reclaim(portal, code_of(asking, agreed)).json == {"way": "AT_ONCE", "until": None}


def test_the_paper_leads_to_where_an_account_is_taken_back(person: Person, asking: Desk, second: Desk) -> None:
    ask(asking, person)
    printing = rule(second, person).json["printing"]
    work(asking.cloud)
    (page,) = pages(pdf({"id": printing}))
    assert "/akun/nik-digunakan/" in page
    assert "Sesudah" in page


def test_who_helped_may_not_decide_on_him(portal: Cloud, person: Person, asking: Desk) -> None:
    admin = desk(portal, Role.ADMIN)
    ask(asking, person)
    rule(admin, person)
    v = person_store.load(person.pid).v
    assert admin.decide(person.pid, v, "MEMENUHI_SYARAT").code == "entered-by-you"
    assert desk(portal, Role.VERIFIKATOR).detail(person.pid)["entered_by_me"] is False


def test_whom_they_invited_and_bkn_decide_on_him(portal: Cloud, person: Person, asking: Desk) -> None:
    """The law counts for an inviter what he entered or uploaded; with one admin nobody would be left else."""
    admin = desk(portal, Role.ADMIN)
    ask(asking, person)
    rule(admin, person)
    found = person_store.load_dossier(person.pid)
    assert [found.is_work_of(each.actor.id) for each in (asking, admin)] == [True, True]
    assert [found.binds_guests_of(each.actor.id) for each in (asking, admin)] == [False, False]
    guest = desk(portal, Role.VERIFIKATOR, number=7, sponsors=[admin.actor.id, asking.actor.id])
    for by, number in ((guest, "L23456781"), (desk(portal, Role.BKN), "L23456782")):
        token = handed(by, kind=CaseKind.TANGGAPAN, pid=person.pid, accepted=False, case=number)
        answer = by.call("POST", f"/people/{person.pid}/case-decisions", {"handover": token})
        assert answer.status == 200, answer.text
    token = handed(admin, kind=CaseKind.TANGGAPAN, pid=person.pid, case="L98765432")
    assert admin.call("POST", f"/people/{person.pid}/case-decisions", {"handover": token}).code == "entered-by-you"
    assert guest.decide(person.pid, person_store.load(person.pid).v, "MEMENUHI_SYARAT").status == 200


def test_one_alone_does_not_print_it(person: Person, asking: Desk) -> None:
    ask(asking, person)
    assert rule(asking, person).code == "second-person-needed"
    assert person_store.load(person.pid).helped_by == ()
    assert sheet_store.load(person.pid) is None


def test_either_ends_the_request(person: Person, asking: Desk, second: Desk) -> None:
    for staff in (asking, second):
        assert ask(asking, person).status == 201
        assert rule(staff, person, agreed=False).json == {"printing": None}
        assert rule(second, person).code == "not-found"
    assert work(asking.cloud) == []


def test_it_waits_seven_days(portal: Cloud, person: Person, asking: Desk, second: Desk) -> None:
    ask(asking, person)
    portal.at(IN_TIME + LASTS - timedelta(minutes=1))
    assert sheet_request_store.find_open(person.pid, clock.now()) is not None
    portal.at(IN_TIME + LASTS + timedelta(minutes=1))
    assert rule(second, person).code == "not-found"
    assert ask(second, person).status == 201


def test_after_the_lock_it_opens_the_login_for_14_days(
    portal: Cloud, person: Person, asking: Desk, second: Desk
) -> None:
    open_gate(INSTITUTION, epoch=2, phase=Phase.FINAL)
    portal.at(TOO_LATE + timedelta(days=365))
    ask(asking, person)
    code = code_of(asking, rule(second, person))
    sheet = sheet_store.load(person.pid)
    assert sheet is not None
    assert sheet.until == sheet.printed_at + 14 * 24 * 3600 * 1000
    assert person_store.load(person.pid) == person
    assert reclaim(portal, code).json == {"way": "LOGIN_ONLY", "until": None}


def test_between_the_close_and_the_lock_it_is_printed_while_somebody_may_decide(
    portal: Cloud, person: Person, asking: Desk, second: Desk
) -> None:
    portal.at(TOO_LATE)
    ask(asking, person)
    assert rule(second, person).status == 200
    assert person_store.load(person.pid).helped_by == (asking.actor.id, second.actor.id)


def test_who_has_no_account_and_who_is_not_of_his_unit(portal: Cloud, asking: Desk) -> None:
    without = register(nik="9901014101900009")
    assert ask(asking, without).code == "conflict"
    assert ask(desk(portal, Role.OPERATOR, number=4, units=["SD Negeri 9 Contoh"]), without).code == "not-found"
    assert ask(desk(portal, Role.OPERATOR, number=5, own=without.pid), without).code == "own-record"


def test_the_help_desk_asks_another_agrees_and_the_help_desk_fetches_it(
    portal: Cloud, person: Person, second: Desk
) -> None:
    help_desk = desk(portal, Role.HELPDESK)
    assert ask(help_desk, person).status == 201
    assert rule(help_desk, person).code == "forbidden"
    agreed = rule(second, person)
    assert agreed.status == 200, agreed.text
    assert code_of(help_desk, agreed)
