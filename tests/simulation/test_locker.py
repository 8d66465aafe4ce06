"""The locker: how long a lock takes to the millisecond when nothing is left to chance, and all institutions at once."""

import random
import re
from dataclasses import replace
from pathlib import Path

import pytest

from services.finalization.institution.open_round import IMPORT_LANES
from services.kernel.writes import gate, patience
from tools.simulate_deadline.lanes import Span
from tools.simulate_deadline.locker import AGAIN, FILED, Held, Locker, lock_all
from tools.simulate_deadline.nation import lock_nation
from tools.simulate_deadline.parameters import Parameters

EXACT = replace(Parameters(), hold_cv=0.0, slow_share=0.0, lanes_at_once=8, close_ms=25.0, item_ms=0.5, read_ms=10.0)
FILING = 0.025 + FILED * 0.0005
BATCH = 0.025 + 8 * 0.0005


def locker(parameters: Parameters = EXACT) -> Locker:
    return Locker(parameters, random.Random(1))  # noqa: S311 - a simulation guards nothing


@pytest.mark.parametrize(("lanes", "workers", "rounds"), [(8, 1, 2), (64, 1, 9), (64, 3, 3), (64, 20, 1)])
def test_free_lanes_are_closed_batch_after_batch(lanes: int, workers: int, rounds: int) -> None:
    lock = locker(replace(EXACT, lock_workers=workers)).lock(lanes, 5.0, Held())
    assert lock.seconds == pytest.approx(0.010 + rounds * BATCH + FILING)
    assert (lock.begins, lock.messages) == (5.0, 1)


def test_the_last_batch_may_be_smaller() -> None:
    lock = locker(replace(EXACT, lanes_at_once=10)).lock(8, 0.0, Held())
    assert IMPORT_LANES == 8
    assert lock.seconds == pytest.approx(0.010 + (0.025 + 10 * 0.0005) + (0.025 + 6 * 0.0005) + FILING)


def test_a_held_lane_is_waited_for() -> None:
    free = locker().lock(8, 0.0, Held()).seconds
    lock = locker().lock(8, 0.0, Held([Span(3, -1.0, 0.05)]))
    assert lock.messages == 1
    assert 0.05 < lock.ends <= 0.05 + EXACT.conflict_ms / 1e3 + patience.LAST_CEILING + free


def test_a_lane_that_stays_held_is_left_to_the_next_message() -> None:
    lock = locker().lock(8, 0.0, Held([Span(3, -1.0, 30.0)]))
    assert lock.messages == 2
    patient = sum(patience.ceiling(attempt) + EXACT.conflict_ms / 1e3 for attempt in range(gate.MAX_TRIES))
    assert AGAIN < lock.ends < AGAIN + patient + 1


def test_held_is_from_begin_to_end() -> None:
    held = Held([Span(0, 1.0, 2.0), Span(0, 3.0, 4.0)])
    assert [held.at(0, at) for at in (0.9, 1.0, 1.9, 2.0, 3.5, 4.0)] == [False, True, True, False, True, False]
    assert not held.at(1, 1.5)


def test_lockers_share_the_work_and_start_cold() -> None:
    calm = replace(EXACT, lockers=2, cold_ms=800.0, send_ms=20.0, deliver_ms=30.0)
    one = 0.010 + 2 * BATCH + FILING
    locks = lock_all([8, 8, 8], calm, random.Random(1))  # noqa: S311
    assert [lock.ends for lock in locks] == pytest.approx([0.8 + one, 0.8 + one, 0.8 + 2 * one])


def test_messages_leave_in_batches() -> None:
    swift = replace(EXACT, lockers=100, cold_ms=0.0, send_ms=20.0, deliver_ms=30.0)
    locks = lock_all([8] * 21, swift, random.Random(1))  # noqa: S311
    assert [locks[position].begins for position in (0, 9, 10, 20)] == pytest.approx([0.05, 0.05, 0.07, 0.09])


def test_all_institutions_are_locked_within_three_minutes() -> None:
    locked = lock_nation(Parameters(), trials=3)
    assert all(len(trial) == 590 for trial in locked.trials)
    assert max(locked.last) < 180
    assert lock_nation(Parameters(), trials=3) == locked, "same seed, same output"


def test_numbers_that_stand_in_the_template_are_those() -> None:
    template = Path("infra/finalization/merge.yaml").read_text()
    (trigger,) = re.findall(r"LockInstitutionSqsEventSource:\n(?: {10}.*\n)+", template)
    assert f"MaximumConcurrency: {Parameters().lockers}}}" in trigger
    (queue,) = re.findall(r"  LocksQueue:\n(?:    .*\n)+", template)
    assert f"VisibilityTimeout: {AGAIN:.0f}\n" in queue
