"""Until when somebody is returned, and from when a returned record is decided on: to the millisecond."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.problems import Problem
from services.kernel.settings import settings
from services.kernel.states import PersonState, Phase
from services.kernel.writes.calendar import DEFAULT_2022, Round, Span, Window
from services.registration.adapters import person_store
from services.registration.model.person_states import Action
from services.registration.verification.returns import decidable_from, limit_of, return_until
from tests.registration.listed import INSTITUTION, put_in, with_decision
from tests.registration.model.test_person_states import person
from tests.registration.staff import Desk, at, row
from tests.support.gates import open_gate

TICK = timedelta(milliseconds=1)
CLOSES = DEFAULT_2022[Window.DOSSIER].closes
UNTIL = at("2022-10-19T17:00:00+07:00")
"""Three days before DOSSIER closes: the last instant of a return."""
VERIFIED = DEFAULT_2022[Window.VERIFICATION].closes
REASON = "SK tidak terbaca"


@pytest.fixture
def submitted(operator: Desk) -> str:
    """Somebody who has submitted, by his id."""
    pid: str = operator.enter(row(1)).json["id"]
    put_in(person_store.load(pid), PersonState.DIAJUKAN)
    return pid


def dossier_closes(closes: datetime, epoch: int = 2) -> None:
    """Bkn moves the end of DOSSIER for this institution."""
    span = Span(DEFAULT_2022[Window.DOSSIER].opens, closes)
    open_gate(INSTITUTION, epoch=epoch, windows={**DEFAULT_2022, Window.DOSSIER: span})


@pytest.mark.parametrize("state", ["DIAJUKAN", "MEMENUHI_SYARAT", "TIDAK_MEMENUHI_SYARAT"])
def test_nobody_is_returned_who_could_hardly_answer(verifier: Desk, submitted: str, state: str) -> None:
    put_in(person_store.load(submitted), PersonState(state), before="DIAJUKAN")
    late = verifier.decide(submitted, 1, "DIKEMBALIKAN", REASON, received=UNTIL + TICK)
    assert (late.status, late.code, late.json["zone"]) == (410, "return-too-late", "WIB")
    assert datetime.fromisoformat(late.json["until"]) == UNTIL
    for said in ("sampai 19 Oktober 2022 pukul 17.00 WIB", "Putuskan menurut data", "BKN memperpanjang"):
        assert said in late.json["detail"]
    assert person_store.load(submitted).v == 1
    assert verifier.decide(submitted, 1, "DIKEMBALIKAN", REASON, received=UNTIL).status == 200


def test_the_limit_follows_the_present_close(verifier: Desk, submitted: str) -> None:
    dossier_closes(CLOSES + timedelta(days=2))
    later = UNTIL + timedelta(days=2)
    assert verifier.decide(submitted, 1, "DIKEMBALIKAN", REASON, received=later + TICK).code == "return-too-late"
    assert verifier.decide(submitted, 1, "DIKEMBALIKAN", REASON, received=later).status == 200


def test_a_close_brought_forward_while_the_return_is_on_its_way_refuses_it(verifier: Desk, submitted: str) -> None:
    """Meta is still the old one when it is read; the lanes have the new epoch."""
    meta = dynamodb.get(settings().gate_table, {"pk": f"G#{INSTITUTION}"})
    assert meta is not None
    dossier_closes(CLOSES - timedelta(days=2))
    dynamodb.transact([dynamodb.put(settings().gate_table, meta)])
    answer = verifier.decide(submitted, 1, "DIKEMBALIKAN", REASON, received=UNTIL)
    assert answer.code == "return-too-late"
    assert datetime.fromisoformat(answer.json["until"]) == UNTIL - timedelta(days=2)
    assert person_store.load(submitted).v == 1


def test_a_return_is_a_decision_and_ends_with_verification(verifier: Desk, submitted: str) -> None:
    dossier_closes(VERIFIED + timedelta(days=9))
    late = verifier.decide(submitted, 1, "DIKEMBALIKAN", REASON, received=VERIFIED)
    assert (late.code, late.json["window"]) == ("window-closed", "VERIFICATION")
    assert verifier.decide(submitted, 1, "DIKEMBALIKAN", REASON, received=VERIFIED - TICK).status == 200


def test_the_retry_of_a_return_in_time_is_answered_alike(verifier: Desk, submitted: str) -> None:
    key = {"Idempotency-Key": "pengembalian-satu"}
    first = verifier.decide(submitted, 1, "DIKEMBALIKAN", REASON, received=UNTIL, headers=key)
    retry = verifier.decide(submitted, 1, "DIKEMBALIKAN", REASON, received=UNTIL + TICK, headers=key)
    assert first.json == retry.json == {"v": 2, "state": "DIKEMBALIKAN"}


@pytest.mark.parametrize("decision", ["MEMENUHI_SYARAT", "TIDAK_MEMENUHI_SYARAT"])
@pytest.mark.parametrize(
    ("back", "since"),
    [
        (UNTIL - timedelta(days=9), UNTIL - timedelta(days=4)),
        (UNTIL - timedelta(days=2), CLOSES),
        (UNTIL - timedelta(days=2) - TICK, CLOSES - TICK),
        (UNTIL, CLOSES),
    ],
    ids=["five days", "just not before the close", "just before the close", "the last minute"],
)
def test_who_does_not_answer_a_return_is_decided_on(
    verifier: Desk, submitted: str, decision: str, back: datetime, since: datetime
) -> None:
    v = verifier.decide(submitted, 1, "DIKEMBALIKAN", REASON, received=back).json["v"]
    early = verifier.decide(submitted, v, decision, received=since - TICK)
    assert (early.status, early.code, early.json["zone"]) == (409, "verdict-too-early", "WIB")
    assert datetime.fromisoformat(early.json["since"]) == since
    assert clock.wib_from(since) in early.json["detail"]
    answer = verifier.decide(submitted, v, decision, received=since)
    assert (answer.status, answer.json) == (200, {"v": v + 1, "state": decision})


def test_an_extension_gives_the_returned_their_five_days(verifier: Desk, submitted: str) -> None:
    v = verifier.decide(submitted, 1, "DIKEMBALIKAN", REASON, received=UNTIL).json["v"]
    dossier_closes(CLOSES + timedelta(days=7))
    assert verifier.decide(submitted, v, "MEMENUHI_SYARAT", received=CLOSES).code == "verdict-too-early"
    assert verifier.decide(submitted, v, "MEMENUHI_SYARAT", received=UNTIL + timedelta(days=5)).status == 200


def test_an_extension_that_a_decision_meets_on_its_way_gives_the_returned_their_days(
    verifier: Desk, submitted: str
) -> None:
    """By meta, which is still the old one, DOSSIER is over; the lanes have the new epoch."""
    v = verifier.decide(submitted, 1, "DIKEMBALIKAN", REASON, received=UNTIL).json["v"]
    meta = dynamodb.get(settings().gate_table, {"pk": f"G#{INSTITUTION}"})
    assert meta is not None
    dossier_closes(CLOSES + timedelta(days=7))
    dynamodb.transact([dynamodb.put(settings().gate_table, meta)])
    early = verifier.decide(submitted, v, "MEMENUHI_SYARAT", received=CLOSES)
    assert early.code == "verdict-too-early"
    assert datetime.fromisoformat(early.json["since"]) == UNTIL + timedelta(days=5)
    assert person_store.load(submitted).v == v


def test_a_return_is_not_returned_again(verifier: Desk, submitted: str) -> None:
    v = verifier.decide(submitted, 1, "DIKEMBALIKAN", REASON, received=UNTIL).json["v"]
    assert verifier.decide(submitted, v, "DIKEMBALIKAN", REASON, received=UNTIL).code == "illegal-transition"


def test_a_void_verdict_goes_back_to_the_return_and_waits_no_second_time(verifier: Desk, submitted: str) -> None:
    verifier.decide(submitted, 1, "DIKEMBALIKAN", REASON, received=UNTIL - timedelta(days=9))
    verifier.decide(submitted, 2, "TIDAK_MEMENUHI_SYARAT", received=UNTIL - timedelta(days=4))
    decided = person_store.load(submitted)
    void = decided.moved(Action.VOID_VERDICT, UNTIL)
    assert void.state is PersonState.DIKEMBALIKAN
    put_in(decided, void.state, before=None)
    assert verifier.decide(submitted, 3, "MEMENUHI_SYARAT", received=UNTIL).status == 200


@pytest.mark.parametrize(("received", "returnable"), [(UNTIL, True), (UNTIL + TICK, False)])
def test_the_page_is_told_until_when(verifier: Desk, submitted: str, received: Any, returnable: bool) -> None:
    told = verifier.call("GET", f"/people/{submitted}", received=received).json["deciding"]
    assert (told["returnable"], told["return_until"]) == (returnable, "2022-10-19T17:00:00+07:00")
    assert told["decidable_from"] is None


def test_the_page_is_told_from_when(verifier: Desk, submitted: str) -> None:
    verifier.decide(submitted, 1, "DIKEMBALIKAN", REASON, received=UNTIL - timedelta(days=9))
    since = UNTIL - timedelta(days=4)
    for received, told in ((since - TICK, "2022-10-15T17:00:00+07:00"), (since, None)):
        seen = verifier.call("GET", f"/people/{submitted}", received=received).json
        assert seen["deciding"]["decidable_from"] == told


MONTH = int(timedelta(days=31) / TICK)
INSTANTS = st.integers(0, MONTH).map(lambda ticks: at("2022-10-01T00:00:00+07:00") + ticks * TICK)


@given(closes=INSTANTS, back=INSTANTS, received=INSTANTS)
def test_both_limits_by_plain_arithmetic(closes: datetime, back: datetime, received: datetime) -> None:
    windows = {**DEFAULT_2022, Window.DOSSIER: Span(DEFAULT_2022[Window.DOSSIER].opens, closes)}
    round_ = Round(INSTITUTION, 1, Phase.PRAFINAL, 1, 1, windows)
    waiting = with_decision(person(PersonState.DIKEMBALIKAN), PersonState.DIKEMBALIKAN, back)
    assert allowed(Action.RETURN, PersonState.DIAJUKAN, round_, received) == (closes - received >= timedelta(days=3))
    since = decidable_from(waiting, round_)
    assert since is not None
    answered = received >= closes or received - back >= timedelta(days=5)
    for verdict in (Action.QUALIFY, Action.DISQUALIFY):
        assert allowed(verdict, PersonState.DIKEMBALIKAN, round_, received, back) == answered == (received >= since)
        assert allowed(verdict, PersonState.DIAJUKAN, round_, received, back)
    assert return_until(round_) < closes


def allowed(action: Action, state: PersonState, round_: Round, received: datetime, *returns: datetime) -> bool:
    """Whether the limits let a decision through."""
    somebody = person(state)
    for returned_at in returns:
        somebody = with_decision(somebody, PersonState.DIKEMBALIKAN, returned_at)
    try:
        limit_of(somebody, action)(round_, received)
    except Problem:
        return False
    return True
