"""Verdicts alone are given again: whoever had submitted and was left undecided is told once, and so are the admins."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.events.facts import VerificationReopened
from services.kernel.states import Matter, PersonState, Phase
from services.kernel.writes.calendar import DEFAULT_2022, Span, Window
from services.registration.adapters import person_items, person_store
from services.registration.app import on_fact
from services.registration.model.account import AccountState
from services.registration.model.person import Person
from services.registration.model.private import Progress
from services.registration.settings import settings
from tests.registration.listed import INSTITUTION, put_in, register
from tests.registration.reminders.days import Days
from tests.support.aws import envelope, queued
from tests.support.gates import open_gate

NOW = datetime(2022, 11, 3, 10, tzinfo=clock.WIB)
UNTIL = NOW + timedelta(days=10)
PERSON = ("verification-reopened", "person")
STAFF = ("verification-reopened-staff", "staff")
FACT = VerificationReopened(institution=INSTITUTION, v=2, until=UNTIL)


@pytest.fixture
def reopened(days: Days) -> Days:
    """The gate is open for verdicts alone, under the second epoch; nothing has been told yet."""
    check = Span(DEFAULT_2022[Window.VERIFICATION].opens, UNTIL)
    open_gate(INSTITUTION, epoch=2, phase=Phase.PRAFINAL, windows={**DEFAULT_2022, Window.VERIFICATION: check})
    days.cloud.at(NOW)
    return days


def tell(days: Days, fact: VerificationReopened = FACT) -> set[tuple[str, str]]:
    """Take the fact in and do every step it asks for; kind of notice and recipient of whatever was put by."""
    body = {**envelope(fact), "time": clock.now().isoformat()}
    assert on_fact(queued([body]), None) == {"batchItemFailures": []}
    list(days.steps())
    return told(days)


def told(days: Days) -> set[tuple[str, str]]:
    items = [one for one in days.cloud.items("RegTable") if one["pk"].startswith("NOTICE#reopened.")]
    return {(one["notice"], one["sk"].partition("#")[0]) for one in items}


def stand(person: Person, state: PersonState, *ways: PersonState) -> Person:
    """Bring him into a state, by these ways."""
    progress = tuple(Progress(way, clock.millis(NOW)) for way in (*ways, state))
    moved = replace(person, state=state, private=replace(person.private, progress=progress))
    dynamodb.transact([dynamodb.put(settings().table, person_items.to_item(moved))])
    return put_in(moved, state, g1sk=f"{state.value}#siti contoh lestari#{person.pid}")


@pytest.mark.parametrize(
    ("state", "ways", "is_told"),
    [
        (PersonState.DIAJUKAN, [], True),
        (PersonState.DIKEMBALIKAN, [PersonState.DIAJUKAN], True),
        (PersonState.DIKEMBALIKAN, [PersonState.MEMENUHI_SYARAT], False),
        (PersonState.AKUN_DIBUAT, [PersonState.DIAJUKAN], False),
        (PersonState.MEMENUHI_SYARAT, [PersonState.DIAJUKAN], False),
        (PersonState.TIDAK_MEMENUHI_SYARAT, [PersonState.DIAJUKAN], False),
    ],
)
def test_whoever_had_submitted_and_has_no_verdict_is_told(
    reopened: Days, state: PersonState, ways: list[PersonState], is_told: bool
) -> None:
    stand(reopened.person, state, *ways)
    assert tell(reopened) == ({PERSON} if is_told else set())


def test_that_it_was_returned_to_him_is_told_to_who_counts(reopened: Days) -> None:
    """Finalization knows by it that he stands on bkn's list (domain.md, section 4)."""

    def matters() -> dict[str, int]:
        item = dynamodb.get(settings().table, person_items.person_key(reopened.person.pid)) or {}
        found: dict[str, int] = item.get("matters", {})
        return found

    stand(reopened.person, PersonState.DIKEMBALIKAN, PersonState.DIAJUKAN)
    assert matters().get(Matter.RETURNED) == 1
    stand(reopened.person, PersonState.DIKEMBALIKAN, PersonState.MEMENUHI_SYARAT)
    assert Matter.RETURNED not in matters()
    stand(reopened.person, PersonState.DIAJUKAN, PersonState.DIKEMBALIKAN)
    assert Matter.RETURNED not in matters()


def test_its_admins_are_told_too_and_nobody_is_told_twice(reopened: Days) -> None:
    reopened.staff()
    reopened.staff("199001012020121003", state=AccountState.NONAKTIF)
    stand(reopened.person, PersonState.DIAJUKAN)
    assert tell(reopened) == {PERSON, STAFF}
    before = [one for one in reopened.cloud.items("RegTable") if one["pk"].startswith("NOTICE#")]
    tell(reopened)
    assert [one for one in reopened.cloud.items("RegTable") if one["pk"].startswith("NOTICE#")] == before
    assert len(before) == 2


def test_people_are_told_page_by_page(reopened: Days) -> None:
    """At one a second a page has twenty people; who has no account is passed over."""
    reopened.cloud.use("registration", reminders_per_second="1")
    for n in range(25):
        listed = register(nik=f"99010141019001{n:02}", nama=f"Peserta Contoh {n:02}")
        put_in(listed, PersonState.DIAJUKAN, g1sk=f"DIAJUKAN#peserta contoh {n:02}#{listed.pid}")
    stand(reopened.person, PersonState.DIAJUKAN)
    assert tell(reopened) == {PERSON}


@pytest.mark.parametrize("late", ["over", "another epoch"])
def test_what_is_over_is_told_to_nobody(reopened: Days, late: str) -> None:
    stand(reopened.person, PersonState.DIAJUKAN)
    if late == "over":
        reopened.cloud.at(UNTIL)
        assert tell(reopened) == set()
        assert tell(reopened, FACT.model_copy(update={"until": UNTIL + timedelta(days=1)})) == set()
    else:
        assert tell(reopened, FACT.model_copy(update={"v": 1})) == set()


def test_his_record_says_that_he_waits_for_a_verdict(reopened: Days) -> None:
    person = stand(reopened.person, PersonState.DIKEMBALIKAN, PersonState.DIAJUKAN)
    assert person_store.load(person.pid).was_returned
