"""Whoever a pre-final list shows or leaves out is told so: once a list, by day, at a contact that is his."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.events.facts import RosterListed
from services.kernel.states import PersonState, Phase
from services.registration.adapters import person_items, seal_store
from services.registration.app import on_fact
from services.registration.model.edition import Edition, Purpose
from services.registration.model.person import Person
from services.registration.model.private import Progress
from services.registration.model.seal import Seal
from services.registration.settings import settings
from tests.registration.listed import INSTITUTION, put_in, register
from tests.registration.reminders.days import Days
from tests.support.aws import envelope, queued
from tests.support.gates import open_gate

NOW = datetime(2022, 10, 3, 10, tzinfo=clock.WIB)
NIGHT = datetime(2022, 10, 1, 0, 2, tzinfo=clock.WIB)
ON, OFF = "on-prefinal-list", "not-on-prefinal-list"


@pytest.fixture
def listing(days: Days) -> Days:
    """Uji publik has begun; no list has been made yet."""
    open_gate(INSTITUTION, phase=Phase.PRAFINAL)
    days.cloud.at(NOW)
    return days


def make(number: int = 1) -> RosterListed:
    """Make a numbered list now."""
    edition = Edition(INSTITUTION, Purpose.PREFINAL, number)
    assert seal_store.store(Seal(edition, f"lists/{number}", "ab" * 32, "cd" * 32, 1, 0, 1, {}, [], []))
    return RosterListed(institution=INSTITUTION, v=number, root="ab" * 32, total=1)


def tell(days: Days, fact: RosterListed) -> list[str]:
    """Take the fact in and do every step it asks for; what was told so far."""
    body = {**envelope(fact), "time": clock.now().isoformat()}
    assert on_fact(queued([body]), None) == {"batchItemFailures": []}
    list(days.steps())
    return told(days)


def told(days: Days) -> list[str]:
    """The kinds of notice that were put by, by event."""
    items = [one for one in days.cloud.items("RegTable") if one["pk"].startswith("NOTICE#prefinal.")]
    return [one["notice"] for one in sorted(items, key=lambda one: one["pk"])]


def stand(person: Person, state: PersonState, at: datetime = NOW - timedelta(days=1)) -> None:
    """Bring him into a state at an instant; before it he was registered."""
    steps = (Progress(PersonState.TERDAFTAR, clock.millis(NIGHT) - 1), Progress(state, clock.millis(at)))
    moved = replace(person, state=state, private=replace(person.private, progress=steps))
    dynamodb.transact([dynamodb.put(settings().table, person_items.to_item(moved))])
    put_in(moved, state, g1sk=f"{state.value}#siti contoh lestari#{person.pid}")


@pytest.mark.parametrize(
    ("state", "kinds"),
    [
        (PersonState.AKUN_DIBUAT, [ON]),
        (PersonState.DIAJUKAN, [ON]),
        (PersonState.MEMENUHI_SYARAT, [ON]),
        (PersonState.TIDAK_MEMENUHI_SYARAT, [OFF]),
        (PersonState.KONFLIK, [OFF]),
        (PersonState.DIHAPUS, [OFF]),
    ],
)
def test_each_is_told_where_he_stands(listing: Days, state: PersonState, kinds: list[str]) -> None:
    stand(listing.person, state)
    assert tell(listing, make()) == kinds


def test_what_counts_is_when_the_list_was_made(listing: Days) -> None:
    """He was decided on a minute later; the list shows him."""
    fact = make()
    stand(listing.person, PersonState.TIDAK_MEMENUHI_SYARAT, NOW + timedelta(minutes=1))
    listing.cloud.at(NOW + timedelta(minutes=2))
    assert tell(listing, fact) == [ON]


def test_once_a_list_and_again_of_the_next_one(listing: Days) -> None:
    stand(listing.person, PersonState.DIAJUKAN)
    first = make()
    assert tell(listing, first) == tell(listing, first) == [ON]
    stand(listing.person, PersonState.TIDAK_MEMENUHI_SYARAT)
    assert tell(listing, first) == [ON], "of this list he was told"
    listing.cloud.at(NOW + timedelta(hours=1))
    second = make(2)
    assert tell(listing, second) == [ON, OFF]
    assert tell(listing, first) == [ON, OFF], "an earlier list is of no use any more"


def test_of_a_list_made_at_night_they_hear_in_the_morning(listing: Days) -> None:
    stand(listing.person, PersonState.DIAJUKAN, NIGHT - timedelta(days=1))
    listing.cloud.at(NIGHT)
    body = {**envelope(make()), "time": clock.now().isoformat()}
    assert on_fact(queued([body]), None) == {"batchItemFailures": []}
    assert list(listing.steps()) == [], "the morning's step would be the same message"
    listing.run(NIGHT.replace(hour=8))
    assert told(listing) == [ON]


def test_who_has_no_verified_contact_or_no_account_is_passed_over(listing: Days) -> None:
    listing.cloud.use("registration", reminders_per_second="1")
    for n in range(25):
        listed = register(nik=f"99010141019001{n:02}", nama=f"Peserta Contoh {n:02}")
        put_in(listed, PersonState.TERDAFTAR, g1sk=f"TERDAFTAR#peserta contoh {n:02}#{listed.pid}")
    stand(listing.person, PersonState.DIAJUKAN)
    assert tell(listing, make()) == [ON], "page by page, none but him"


def test_once_uji_publik_is_over_nobody_is_told(listing: Days) -> None:
    stand(listing.person, PersonState.DIAJUKAN)
    fact = make()
    open_gate(INSTITUTION, phase=Phase.FINAL)
    assert tell(listing, fact) == []
