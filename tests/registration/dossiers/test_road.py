"""The way to the final list: which date stands where, whose turn it is, and that nobody is asked when all is closed."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kernel import clock
from services.kernel.states import LOCKED, Category, PersonState, Phase
from services.kernel.writes.calendar import DEFAULT_2022, Round, Window
from services.registration.dossiers.milestones import Acts, Milestone, RoadStep, Standing
from services.registration.dossiers.outcome import outcome_of, stage_of
from services.registration.dossiers.road import Place, Walked, account_made_at, view_road
from services.registration.eligibility.advice import Advice
from services.registration.model.edition import Edition, Purpose
from services.registration.model.person import Person
from services.registration.model.private import NotedDecision, Private, Progress
from services.registration.shared.on_lists import MadeList, OnLists

EARLY = DEFAULT_2022[Window.DOSSIER].opens - timedelta(days=1)
OPEN = datetime(2022, 9, 1, 9, tzinfo=clock.WIB)
AFTER_ENTRY = DEFAULT_2022[Window.ENTRY].closes
CLOSED = DEFAULT_2022[Window.DOSSIER].closes
LAST = DEFAULT_2022[Window.VERIFICATION].closes
NO_LISTS = OnLists(None, None, sealed_before=False)
S = PersonState
DONE, NOW, LATER, ABSENT, PASSED = Standing
_BARE = Person("p", "9901", S.TERDAFTAR, None, 1, "", b"", "2022-99", "Siti", "", "", Category.NON_ASN, "", "by")


def a_person(*states: PersonState, before: PersonState | None = None) -> Person:
    """Somebody who came through these states, an hour apart; a decision is noted with a verdict."""
    steps = tuple(Progress(state, clock.millis(OPEN) + at * 3_600_000) for at, state in enumerate(states))
    noted = NotedDecision(steps[-1].at, "1.s", states[-1], None, Advice.LOLOS, "2022.1")
    return replace(_BARE, state=states[-1], before=before, private=Private(progress=steps, decisions=(noted,)))


def a_road(
    person: Person,
    now: datetime = OPEN,
    *,
    phase: Phase = Phase.PENGINPUTAN,
    completed: bool = False,
    submitted: bool = False,
    lists: OnLists = NO_LISTS,
) -> list[RoadStep]:
    round_ = Round("9901", 1, phase, 2, 1, DEFAULT_2022)
    stage = stage_of(round_, now)
    walked = Walked(completed=completed, submitted=submitted, account_at=account_made_at(person))
    return view_road(person, walked, Place(round_, now, stage, outcome_of(person.state, stage), lists))


def standings(road: list[RoadStep]) -> list[Standing]:
    return [step.standing for step in road]


def step_of(road: list[RoadStep], milestone: Milestone) -> RoadStep:
    return next(step for step in road if step.step is milestone)


def a_list(purpose: Purpose, *, holds: bool) -> MadeList:
    return MadeList(Edition("9901", purpose, 1), OPEN + timedelta(days=1), holds)


WITH_ACCOUNT = (S.TERDAFTAR, S.AKUN_DIBUAT)
SUBMITTED = (*WITH_ACCOUNT, S.DIAJUKAN)


def test_it_is_his_turn_first_and_then_that_of_his_institution() -> None:
    person = a_person(*WITH_ACCOUNT)
    assert standings(a_road(person)) == [DONE, DONE, NOW, LATER, LATER, LATER, LATER]
    assert standings(a_road(person, completed=True)) == [DONE, DONE, DONE, NOW, LATER, LATER, LATER]
    handed_in = a_road(a_person(*SUBMITTED), completed=True, submitted=True)
    assert standings(handed_in) == [DONE, DONE, DONE, DONE, NOW, LATER, LATER]
    mended = a_road(a_person(*SUBMITTED), submitted=True)  # a file on its way was refused since
    assert standings(mended)[2:5] == [PASSED, DONE, NOW]
    assert [(step.by, step.until) for step in a_road(person)[2:]] == [
        (Acts.YOU, CLOSED),
        (Acts.YOU, CLOSED),
        (Acts.INSTITUTION, LAST),
        (Acts.INSTITUTION, AFTER_ENTRY),
        (Acts.INSTITUTION, LAST),
    ]


def test_a_date_stands_where_it_is_known_and_nowhere_else() -> None:
    road = a_road(a_person(*SUBMITTED), submitted=True)
    hours = [None if step.at is None else (step.at - OPEN) // timedelta(hours=1) for step in road]
    assert hours == [0, 1, None, 2, None, None, None]
    decided = a_road(a_person(*SUBMITTED, S.MEMENUHI_SYARAT, before=S.DIAJUKAN), submitted=True)
    assert step_of(decided, Milestone.VERIFIED).at == OPEN + timedelta(hours=3)


@pytest.mark.parametrize(
    ("states", "hour"),
    [
        (WITH_ACCOUNT, 1),
        ((*SUBMITTED, S.AKUN_DIBUAT), 1),
        ((S.TERDAFTAR, S.MEMENUHI_SYARAT, S.AKUN_DIBUAT), None),
        ((S.TERDAFTAR, S.DIAJUKAN), None),
        ((S.DRAF, *WITH_ACCOUNT), 2),
    ],
)
def test_when_the_account_was_made(states: tuple[PersonState, ...], hour: int | None) -> None:
    """A void or a withdrawal leads back to AKUN_DIBUAT too, and makes no account."""
    assert account_made_at(a_person(*states)) == (None if hour is None else OPEN + timedelta(hours=hour))


def test_a_draft_becomes_listed_when_it_does() -> None:
    assert step_of(a_road(a_person(S.DRAF)), Milestone.LISTED).standing is NOW
    road = a_road(a_person(S.DRAF, S.TERDAFTAR))
    assert step_of(road, Milestone.LISTED).at == OPEN + timedelta(hours=1)


def test_who_was_returned_is_asked_again() -> None:
    road = a_road(a_person(*SUBMITTED, S.DIKEMBALIKAN), completed=True)
    assert step_of(road, Milestone.SUBMITTED) == RoadStep(
        step=Milestone.SUBMITTED, standing=NOW, by=Acts.YOU, until=CLOSED
    )


def test_before_it_opens_nothing_is_anybodys_turn() -> None:
    assert NOW not in standings(a_road(a_person(S.TERDAFTAR), EARLY))


def test_when_his_time_is_over_his_institution_decides_on_what_there_is() -> None:
    road = a_road(a_person(*WITH_ACCOUNT), CLOSED, phase=Phase.PRAFINAL)
    assert standings(road)[2:5] == [PASSED, PASSED, NOW]
    assert step_of(road, Milestone.VERIFIED).until == LAST


def test_who_was_decided_by_the_institutions_data_has_nothing_left_to_do() -> None:
    road = a_road(a_person(S.TERDAFTAR, S.MEMENUHI_SYARAT, before=S.TERDAFTAR))
    assert standings(road)[2:5] == [PASSED, PASSED, DONE]


@pytest.mark.parametrize("holds", [True, False])
def test_a_list_says_when_it_was_made_and_whether_he_stands_on_it(holds: bool) -> None:
    both = OnLists(a_list(Purpose.PREFINAL, holds=True), a_list(Purpose.SEAL, holds=holds), sealed_before=True)
    road = a_road(a_person(*SUBMITTED), LAST, phase=Phase.FINAL, submitted=True, lists=both)
    expected = [DONE, DONE if holds else ABSENT]
    assert [(step.standing, step.at) for step in road[5:]] == [(each, OPEN + timedelta(days=1)) for each in expected]


def test_a_list_that_is_being_made_has_no_date_and_waits_for_nobody() -> None:
    nobody = {"at": None, "by": None, "until": None}
    road = a_road(a_person(*WITH_ACCOUNT), AFTER_ENTRY)
    assert step_of(road, Milestone.PREFINAL) == RoadStep(step=Milestone.PREFINAL, standing=NOW, **nobody)
    sealing = a_road(a_person(*WITH_ACCOUNT), LAST, phase=Phase.FINAL)
    assert step_of(sealing, Milestone.FINAL) == RoadStep(step=Milestone.FINAL, standing=NOW, **nobody)


@given(
    state=st.sampled_from(PersonState),
    phase=st.sampled_from(Phase),
    now=st.sampled_from([EARLY, OPEN, AFTER_ENTRY, CLOSED, LAST]),
    completed=st.booleans(),
)
def test_every_step_is_told_once_and_nobody_is_asked_when_all_is_closed(
    state: PersonState, phase: Phase, now: datetime, completed: bool
) -> None:
    road = a_road(a_person(S.TERDAFTAR, state, before=S.TERDAFTAR), now, phase=phase, completed=completed)
    assert [step.step for step in road] == list(Milestone)
    over = phase in LOCKED or now == LAST
    for step in road:
        assert (step.by is None) is (step.until is None)
        assert step.by is None or (not over and step.until is not None and step.until > now)
    assert not over or Acts.YOU not in {step.by for step in road}
