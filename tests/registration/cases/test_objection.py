"""Until when a person may object to his verdict, and what he sees of the cases about him."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.cases import CaseKind, CaseState
from services.kernel.cases.objection import read_objection
from services.kernel.states import Assurance, PersonState
from services.registration.adapters import account_store, case_store, person_items
from services.registration.app import app
from services.registration.facts.project_case import project_case
from services.registration.model.contact import PersonContact
from services.registration.model.person import Person
from services.registration.settings import files_key, settings
from tests.registration.cases.handed import CASE
from tests.registration.cases.test_project_case import heard, moved
from tests.registration.listed import IN_TIME, INSTITUTION, put_in, stand_with_account, token_of, with_decision
from tests.registration.staff import at
from tests.support.aws import Cloud

DECIDED = at("2022-09-02T10:00:00+07:00")
UNTIL = at("2022-10-04T00:00:00+07:00")
"""Twenty-one working days after Friday, 2 September 2022, which has none of them off."""
TIDAK = PersonState.TIDAK_MEMENUHI_SYARAT


@pytest.fixture
def person(portal: Cloud) -> Person:
    """Somebody with an account whose verdict turns him down."""
    made = stand_with_account(portal)
    stored = with_decision(put_in(made, TIDAK, before="AKUN_DIBUAT"), TIDAK, DECIDED)
    dynamodb.transact([dynamodb.put(settings().table, person_items.to_item(stored))])
    return stored


def ask(cloud: Cloud, person: Person, now: datetime = DECIDED + timedelta(days=1)) -> dict[str, Any]:
    cloud.at(now)
    answer = cloud.call(app, "GET", "/registration/me/objection", token=token_of(cloud, person), received=now)
    assert answer.status == 200, answer.text
    found: dict[str, Any] = answer.json
    return found


def test_the_days_run_from_the_notice_to_the_millisecond(portal: Cloud, person: Person) -> None:
    found = ask(portal, person)
    assert at(found["until"]) == UNTIL
    objection = read_objection(files_key(), found["token"], pid=person.pid, now=UNTIL - timedelta(milliseconds=1))
    assert objection is not None
    assert (objection.institution, objection.decided) == (INSTITUTION, clock.millis(DECIDED))
    assert read_objection(files_key(), found["token"], pid=person.pid, now=UNTIL) is None
    assert read_objection(files_key(), found["token"], pid="another", now=DECIDED) is None
    assert ask(portal, person, UNTIL - timedelta(milliseconds=1))["token"] is not None
    over = ask(portal, person, UNTIL)
    assert (over["token"], at(over["until"])) == (None, UNTIL)


def test_who_cannot_be_written_to_has_them_from_when_he_first_looks(portal: Cloud, person: Person) -> None:
    account = account_store.load(account_store.account_id(person.row["nik"]))
    assert account is not None
    unverified = account_store.encrypt_contact(account.id, PersonContact("", "siti@contoh.id", frozenset()), person)
    key = {"pk": f"U#{account.id}", "sk": "@"}
    dynamodb.transact([dynamodb.update(settings().table, key, values={"private": unverified})])
    first = ask(portal, person, at("2022-09-30T09:00:00+07:00"))
    assert at(first["until"]) > UNTIL
    assert ask(portal, person, at("2022-10-10T09:00:00+07:00"))["until"] == first["until"]


@pytest.mark.parametrize("state", [PersonState.AKUN_DIBUAT, PersonState.MEMENUHI_SYARAT, PersonState.DIKEMBALIKAN])
def test_without_a_verdict_that_turns_him_down_there_is_nothing_to_object_to(
    portal: Cloud, person: Person, state: PersonState
) -> None:
    put_in(person, state)
    assert ask(portal, person) == {"token": None, "until": None, "cases": [], "annotations": []}


@pytest.mark.parametrize(
    ("state", "is_offered"), [(CaseState.BARU, False), (CaseState.DITOLAK, False), (CaseState.DICABUT, True)]
)
def test_one_objection_a_verdict_unless_it_was_taken_back(
    portal: Cloud, person: Person, state: CaseState, is_offered: bool
) -> None:
    portal.at(DECIDED + timedelta(hours=1))
    project_case(moved(person.pid, kind=CaseKind.KEBERATAN, state=state))
    found = ask(portal, person)
    assert (found["token"] is not None) is is_offered
    assert [(each["number"], each["kind"], each["state"]) for each in found["cases"]] == [
        ("L-2345-6789", "KEBERATAN", state.value)
    ]


def test_to_see_a_tanggapan_is_to_have_heard_of_it_where_it_is_sure_who_looks(portal: Cloud, person: Person) -> None:
    project_case(moved(person.pid))
    assert ask(portal, person)["cases"] == []
    assert case_store.find_heard(CASE) is None
    put_in(person, TIDAK, assurance=Assurance.LEMBAR.value)
    assert [each["kind"] for each in ask(portal, person)["cases"]] == ["TANGGAPAN"]
    ask(portal, person)
    (fact,) = heard(portal)
    assert (fact["case"], fact["pid"]) == (CASE, person.pid)
    assert datetime.fromisoformat(fact["at"]) > IN_TIME
