"""Writers on lanes: every write is counted, nothing late commits, a lane has one holder; and the closed forms."""

import random
from collections import defaultdict
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.kernel.writes import gate, patience
from tools.simulate_deadline.lanes import Institution, Span, busy_share, lost_share
from tools.simulate_deadline.load import received, steady
from tools.simulate_deadline.outcome import Outcome, total
from tools.simulate_deadline.parameters import Parameters

SHORT = replace(Parameters(), minutes=0.2, late_seconds=5.0)


def simulated(
    lanes: int, rate: float, parameters: Parameters = SHORT, seed: int = 1, tries: int = gate.MAX_TRIES
) -> tuple[Outcome, list[Span]]:
    rng = random.Random(seed)  # noqa: S311 - a simulation guards nothing
    spans: list[Span] = []
    place = Institution(lanes, parameters, rng, tries=tries, spans=spans)
    return place.run(received(steady(rate, parameters), rng)), spans


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 70), st.floats(1, 150), st.integers(1, 10), st.integers(0, 1_000))
def test_every_write_received_is_committed_refused_or_given_up(lanes: int, rate: float, tries: int, seed: int) -> None:
    outcome, spans = simulated(lanes, rate, seed=seed, tries=tries)
    assert outcome.received == outcome.committed + outcome.refused + outcome.given_up
    assert outcome.tries == outcome.conflicts + outcome.committed
    assert outcome.given_up <= outcome.retried <= outcome.conflicts
    assert outcome.conflicts >= outcome.given_up * tries
    assert len(spans) == len(outcome.answers) == len(outcome.added) == outcome.committed
    for by_second, count in (
        (outcome.received_by_second, outcome.received),
        (outcome.tries_by_second, outcome.tries),
        (outcome.committed_by_second, outcome.committed),
    ):
        assert sum(by_second.values()) == count


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 8), st.floats(1, 150), st.integers(0, 1_000))
def test_a_lane_has_one_holder_at_a_time(lanes: int, rate: float, seed: int) -> None:
    _, spans = simulated(lanes, rate, seed=seed)
    by_lane = defaultdict(list)
    for span in spans:
        by_lane[span.lane].append(span)
    assert set(by_lane) <= set(range(lanes))
    for held in by_lane.values():
        assert all(one.ends <= after.begins for one, after in pairwise(held))


def test_what_is_received_at_the_deadline_or_later_touches_no_lane() -> None:
    place = Institution(8, SHORT, random.Random(1), spans=[])  # noqa: S311
    outcome = place.run([-0.001, 0.0, 0.001])
    assert (outcome.committed, outcome.refused, outcome.tries) == (1, 2, 1)
    assert outcome.last_commit > 0, "who came in time is carried through after the deadline"


def test_a_write_tries_as_often_and_waits_as_long_as_the_kernel_lets_it() -> None:
    forever = replace(SHORT, hold_ms=1e9, hold_cv=0.0, slow_share=0.0, cold_share=0.0, minutes=1.0)
    place = Institution(1, forever, random.Random(3))  # noqa: S311
    outcome = place.run([-50.0, -49.0])
    assert (outcome.committed, outcome.given_up, outcome.tries) == (1, 1, 1 + gate.MAX_TRIES)
    longest = sum(patience.ceiling(attempt) + forever.conflict_ms / 1e3 for attempt in range(gate.MAX_TRIES - 1))
    assert max(outcome.given_up_by_second) <= -49.0 + 1 + longest


def test_a_conflict_is_followed_by_another_lane() -> None:
    place = Institution(5, SHORT, random.Random(1))  # noqa: S311
    assert {place._another_lane(2) for _ in range(200)} == {0, 1, 3, 4}
    assert {place._another_lane(-1) for _ in range(200)} == {0, 1, 2, 3, 4}
    assert Institution(1, SHORT, random.Random(1))._another_lane(0) == 0  # noqa: S311


def test_the_same_seed_gives_the_same_and_another_another() -> None:
    assert simulated(8, 70.0) == simulated(8, 70.0)
    assert simulated(8, 70.0)[0].answers != simulated(8, 70.0, seed=2)[0].answers


LONG = replace(Parameters(), minutes=4.0, late_seconds=0.0)


@pytest.mark.parametrize("lanes", [1, 4, 16, 32])
@pytest.mark.parametrize("cv", [0.0, 0.5])
def test_writes_that_try_once_conflict_as_erlang_says(lanes: int, cv: float) -> None:
    """Whatever the shape of the hold: the loss formula does not depend on it."""
    parameters = replace(LONG, hold_cv=cv)
    outcome, _ = simulated(lanes, 70.0, parameters, tries=1)
    assert outcome.conflict_share == pytest.approx(lost_share(70.0, lanes, parameters), abs=0.012)


@pytest.mark.parametrize("lanes", [8, 16, 32, 64])
def test_writes_that_try_again_conflict_as_often_as_lanes_are_held(lanes: int) -> None:
    """Which is how the hold is to be read off AWS (docs/deadline-simulation.md): hold = share * lanes / rate."""
    outcome, spans = simulated(lanes, 70.0, LONG)
    assert outcome.conflict_share == pytest.approx(busy_share(70.0, lanes, LONG), abs=0.012)
    held = sum(span.ends - span.begins for span in spans) / (60 * LONG.minutes * lanes)
    assert held == pytest.approx(busy_share(70.0, lanes, LONG), rel=0.06)


def test_one_lane_loses_more_than_half_as_an_independent_program_found() -> None:
    """The figures of docs/adr/0001, from a program that has nothing in common with this one."""
    outcome, _ = simulated(1, 70.0, LONG)
    assert outcome.conflict_share == pytest.approx(0.93, abs=0.015)
    assert outcome.given_up / outcome.received == pytest.approx(0.55, abs=0.03)


def test_institutions_add_up() -> None:
    one, other = simulated(8, 30.0)[0], simulated(8, 30.0, seed=2)[0]
    both = total([one, other])
    assert both.received == one.received + other.received
    assert both.received_by_second == one.received_by_second + other.received_by_second
    assert both.last_commit == max(one.last_commit, other.last_commit)
    assert sorted(both.answers) == sorted([*one.answers, *other.answers])
