"""The lock: not before the drain, only under the epoch it read, once, and each institution on its own."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from services.finalization import app
from services.finalization.adapters import gates, store
from services.finalization.adapters.due_queue import SPELL
from services.finalization.adapters.institution_items import DUE
from services.finalization.due.send_for import NotSentError
from services.finalization.lock.lock_as_asked import lock_as_asked
from services.finalization.lock.lock_due import lock_due
from services.finalization.lock.lock_institution import LockStuckError, is_due, lock_institution
from services.finalization.model.due_message import DueMessage
from services.finalization.settings import settings
from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Cancelled
from services.kernel.states import Phase
from services.kernel.writes import ungated
from services.kernel.writes.calendar import DRAIN
from tests.finalization.world import CLOSES, CODE, CONFIRMED, World
from tests.support.aws import queued

T35 = CLOSES + DRAIN
MOMENT = timedelta(milliseconds=1)
POISONED = "9900"
FAILED = {"batchItemFailures": [{"itemIdentifier": "0"}]}


def test_not_at_34_999_but_at_35(started: World) -> None:
    with started.nothing_changes():
        assert started.lock_due(T35 - MOMENT) == 0
        assert lock_institution(CODE, T35 - MOMENT) is False
    assert timedelta(seconds=45) == DRAIN
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
    assert store.due(T35 + timedelta(days=1)) == []


def test_from_prefinal_and_by_hand(prefinal: World) -> None:
    prefinal.post("finalization", CONFIRMED)
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


def test_who_waits_for_the_seal_is_told_how_long(prefinal: World) -> None:
    def told() -> str | None:
        return prefinal.get().headers.get("retry-after")

    assert told() is None
    prefinal.post("finalization", CONFIRMED)
    assert told() == "1"
    prefinal.lock_due(prefinal.pass_drain())
    assert told() == "4", "a tenth of the drain"
    prefinal.roster_sealed()
    assert prefinal.stored().seal is not None
    assert told() is None


def test_where_no_seal_comes_nobody_is_told_to_wait(world: World) -> None:
    world.open()
    world.cloud.at(T35)
    assert world.get().headers["retry-after"] == "4", "the lock is on its way"
    world.lock_due(T35)
    assert world.stored().phase is Phase.TIDAK_MENDATA
    assert "retry-after" not in world.get().headers


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
    assert [one.code for one in store.due(T35 - DRAIN)] == [CODE]
    with started.nothing_changes():
        assert started.lock_due(T35) == 0


def test_one_poisoned_institution_does_not_stop_the_others(started: World) -> None:
    for code in ("9902", "9903"):
        started.open(code)
    poison(POISONED)
    lock_due(T35)
    started.cloud.at(T35)
    failed = {
        one.institution for one in started.sent_for() if app.lock_institution(queued([body(one)]), None) == FAILED
    }
    assert failed == {POISONED}
    assert [bool(started.stored(code).locked_at) for code in (CODE, "9902", "9903")] == [True] * 3
    lock_due(T35 + SPELL)
    assert [one.institution for one in started.sent_for()] == [POISONED], "and it is asked for again"


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
    assert started.lock_due(T35) == 2


def test_what_waits_is_not_sent_for_every_minute(started: World) -> None:
    spell = SPELL - T35.timestamp() % SPELL.total_seconds() * timedelta(seconds=1)
    assert [lock_due(T35) for _ in range(3)] == [1, 1, 1]
    lock_due(T35 + spell - MOMENT)
    assert len(started.sent_for()) == 1
    lock_due(T35 + spell)
    assert len(started.sent_for()) == 1, "the first message is lost or stuck: somebody asks again"


def test_after_an_extension_the_new_epoch_is_sent_for_at_once(started: World) -> None:
    lock_due(T35)
    started.sent_for()
    started.extend({"VERIFICATION": T35 + timedelta(seconds=1)}, received=T35)
    due = T35 + timedelta(seconds=1) + DRAIN
    assert started.lock_due(due) == 1


def test_a_message_goes_by_the_clock_that_found_it_due(started: World) -> None:
    """The locker's machine is a moment behind; it must not answer "not yet" and leave it open till the next message."""
    assert lock_as_asked(DueMessage(institution=CODE, at=T35), T35 - MOMENT) is True
    assert started.stored().locked_at == T35


def test_a_stale_message_does_nothing(started: World) -> None:
    message = DueMessage(institution=CODE, at=T35)
    started.extend({"VERIFICATION": T35 + timedelta(days=1)})
    with started.nothing_changes():
        assert lock_as_asked(message, T35 + timedelta(minutes=5)) is False


def test_a_queue_that_takes_no_message_is_told_and_sent_to_again(started: World) -> None:
    with started.queues_refuse(), pytest.raises(NotSentError, match="1 of 1"):
        lock_due(T35)
    assert started.lock_due(T35) == 1


def test_how_late_it_is_is_told_every_minute(started: World, capsys: pytest.CaptureFixture[str]) -> None:
    for minutes, open_, oldest in [(-1, 0, 0), (0, 0, 0), (3, 0, 180), (4, 1, 240)]:
        lock_due(T35 + timedelta(minutes=minutes))
        assert told(capsys) == (open_, oldest)
    started.lock_due(T35 + timedelta(minutes=5))
    capsys.readouterr()
    lock_due(T35 + timedelta(minutes=6))
    assert told(capsys) == (0, 0)


def test_one_that_cannot_be_locked_is_told_and_stops_no_figure(
    started: World, capsys: pytest.CaptureFixture[str]
) -> None:
    poison(POISONED, closed=CLOSES)
    lock_due(T35 + timedelta(minutes=10))
    assert told(capsys) == (2, 600)


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
    assert started.sent_for() == []
    started.cloud.at(T35)
    app.lock_due(event, None)
    (message,) = started.sent_for()
    assert app.lock_institution(queued([body(message)]), None) == {"batchItemFailures": []}
    locked_at = started.stored().locked_at
    assert isinstance(locked_at, datetime)
    assert T35 <= locked_at < T35 + timedelta(seconds=10)


def poison(code: str, closed: datetime = datetime(2022, 1, 1, tzinfo=clock.WIB)) -> None:
    """An institution's record that nobody can read."""
    item = {"pk": f"F#{code}", "sk": "META", "g1pk": DUE, "g1sk": clock.millis(closed)}
    dynamodb.transact([dynamodb.put(settings().table, item)])


def body(message: DueMessage) -> dict[str, Any]:
    return message.model_dump(mode="json")


def told(capsys: pytest.CaptureFixture[str]) -> tuple[float, float]:
    """The figures of the last run: institutions open too long, and how long the oldest has been due."""
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if "DueOpen" in line]
    (figures,) = lines
    assert (figures["service"], figures["stage"]) == ("finalization", "test")
    return figures["DueOpen"][0], figures["OldestDueSeconds"][0]
