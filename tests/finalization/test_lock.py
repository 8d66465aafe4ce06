"""The lock: not before the drain, only under the epoch it read, once, and each institution on its own."""

from datetime import datetime, timedelta

import pytest

from services.finalization import app
from services.finalization.adapters import gates, store
from services.finalization.adapters.institution_items import DUE
from services.finalization.lock.lock_due import LocksFailedError, lock_due
from services.finalization.lock.lock_institution import DRAIN, LockStuckError, is_due, lock_institution
from services.finalization.settings import settings
from services.kernel import clock, ungated
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Cancelled
from services.kernel.states import Phase
from tests.finalization.world import CLOSES, CODE, World

T35 = CLOSES + DRAIN
MOMENT = timedelta(milliseconds=1)


def test_not_at_34_999_but_at_35(started: World) -> None:
    with started.nothing_changes():
        assert started.lock_due(T35 - MOMENT) == 0
        assert lock_institution(CODE, T35 - MOMENT) is False
    assert timedelta(seconds=35) == DRAIN
    assert started.lock_due(T35) == 1
    stored = started.stored()
    assert (stored.phase, stored.locked_at, stored.epoch) == (Phase.FINAL, T35, 1)
    started.require_consistent()


def test_the_lock_is_filed_and_leaves_the_index(started: World) -> None:
    started.lock_due(T35)
    (lock,) = started.fin("LOCK#")
    assert lock["sk"] == "LOCK#1"
    assert (lock["locked_at"], lock["last_close"]) == (clock.millis(T35), clock.millis(CLOSES))
    assert (lock["lanes"], lock["by_hand"]) == (16, False)
    assert not {"g1pk", "g1sk"} & set(started.fin("META")[0])
    assert store.due(T35 + timedelta(days=1), 10) == []


def test_from_prefinal_and_by_hand(prefinal: World) -> None:
    prefinal.post("finalization", {"confirm": True})
    due = prefinal.stored().last_close + DRAIN
    assert prefinal.lock_due(due - MOMENT) == 0
    assert prefinal.lock_due(due) == 1
    assert prefinal.stored().phase is Phase.FINAL
    assert prefinal.fin("LOCK#")[0]["by_hand"] is True
    prefinal.require_consistent()


def test_who_never_started(world: World) -> None:
    world.open()
    assert world.lock_due(T35) == 1
    assert world.stored().phase is Phase.TIDAK_MENDATA
    world.require_consistent()


def test_doubled_and_late_runs_do_nothing_more(started: World) -> None:
    assert started.lock_due(T35 + timedelta(hours=3)) == 1
    with started.nothing_changes():
        assert started.lock_due(T35 + timedelta(hours=4)) == 0
        assert lock_institution(CODE, T35 + timedelta(hours=4)) is False


def test_a_run_that_was_cut_off_is_finished_by_the_next(started: World) -> None:
    institution = started.stored()
    for name in ("0", "1", "i0"):
        ungated.insist([gates.closing_lane(institution, name, T35)])
    assert started.stored().locked_at is None
    assert started.lock_due(T35 + timedelta(minutes=1)) == 1
    started.require_consistent()


def test_an_extension_beats_a_locker_that_has_read_the_old_epoch(started: World) -> None:
    """BKN extends at T+34; the locker that woke up before finds every lane under another epoch."""
    stale = started.stored()
    assert started.extend({"VERIFICATION": CLOSES + timedelta(days=1)}, received=T35 - MOMENT).status == 201
    with started.nothing_changes():
        assert is_due(stale, T35)
        with pytest.raises(Cancelled):
            ungated.insist([gates.closing_lane(stale, "0", T35)])
        with pytest.raises(Cancelled):
            ungated.insist([gates.closing_meta(stale, T35)])
        assert started.lock_due(T35) == 0
        assert lock_institution(CODE, T35) is False


def test_a_lane_does_not_close_before_its_windows(started: World) -> None:
    institution = started.stored()
    with pytest.raises(Cancelled), started.nothing_changes():
        ungated.insist([gates.closing_lane(institution, "0", CLOSES - MOMENT)])
    ungated.insist([gates.closing_lane(institution, "0", CLOSES)])


def test_an_index_that_lags_decides_nothing(started: World) -> None:
    """The index says due, the record says extended."""
    started.extend({"VERIFICATION": CLOSES + timedelta(days=1)})
    item = {**started.fin("META")[0], "g1sk": clock.millis(CLOSES)}
    dynamodb.transact([dynamodb.put(settings().table, item)])
    assert store.due(T35 - DRAIN, 10) == [CODE]
    with started.nothing_changes():
        assert started.lock_due(T35) == 0


def test_one_poisoned_institution_does_not_stop_the_others(started: World) -> None:
    for code in ("9902", "9903"):
        started.open(code)
    poison = {"pk": "F#9900", "sk": "META", "g1pk": DUE, "g1sk": 1}
    dynamodb.transact([dynamodb.put(settings().table, poison)])
    with pytest.raises(LocksFailedError, match="1 of 4"):
        started.lock_due(T35)
    assert [started.stored(code).locked_at for code in (CODE, "9902", "9903")] == [T35] * 3
    with pytest.raises(LocksFailedError, match="1 of 1"):
        started.lock_due(T35 + timedelta(minutes=1))


def test_a_gate_that_disagrees_with_the_record_is_reported(started: World) -> None:
    lane = started.gate()["5"]
    dynamodb.transact([dynamodb.put(settings().gate_table, {**lane, "ep": 9})])
    with pytest.raises(LockStuckError):
        lock_institution(CODE, T35)
    assert started.stored().locked_at is None
    dynamodb.transact([dynamodb.put(settings().gate_table, lane)])
    assert lock_institution(CODE, T35) is True


def test_several_at_once(started: World) -> None:
    started.open("9902")
    assert lock_due(T35, workers=2) == 2


def test_the_schedule_goes_by_the_kernel_clock(started: World) -> None:
    event = {
        "account": "1",
        "region": "r",
        "detail": {},
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "time": "2022-10-31T10:00:00Z",
        "id": "1",
        "resources": [],
        "version": "0",
    }
    started.cloud.at(T35 - timedelta(minutes=1))
    app.lock_due(event, None)
    assert started.stored().locked_at is None
    started.cloud.at(T35)
    app.lock_due(event, None)
    locked_at = started.stored().locked_at
    assert isinstance(locked_at, datetime)
    assert T35 <= locked_at < T35 + timedelta(seconds=10)
