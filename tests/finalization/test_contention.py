"""Others in the way: DynamoDB's own refusals, which no emulator shows, and changes made between reading and writing."""

from collections.abc import Callable
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest

from services.finalization.adapters import store
from services.finalization.adapters.due_queue import SPELL
from services.finalization.lock.lock_institution import MAX_TRIES, lock_institution
from services.kernel.aws import clients
from services.kernel.problems import Problem
from services.kernel.states import Phase
from services.kernel.writes import ungated
from services.kernel.writes.calendar import DRAIN
from tests.finalization.world import CLOSES, CODE, CONFIRMED, World, later

HELD = {"Error": {"Code": "TransactionCanceledException"}, "CancellationReasons": [{"Code": "TransactionConflict"}]}
DUE = CLOSES + DRAIN


def hold(times: int) -> None:
    """Let as many transactions find an item held by another one."""
    left = iter(range(times))

    def answer(**_: Any) -> tuple[SimpleNamespace, dict[str, Any]] | None:
        return (SimpleNamespace(status_code=400), HELD) if next(left, None) is not None else None

    clients.dynamodb().meta.events.register("before-call.dynamodb.TransactWriteItems", answer)  # type: ignore[arg-type]


def hold_lane(pk: str, times: int) -> None:
    """Let as many transactions find this lane held by another one."""
    left = iter(range(times))

    def answer(params: dict[str, Any], **_: Any) -> tuple[SimpleNamespace, dict[str, Any]] | None:
        held = f'"{pk}"' in params["body"].decode() and next(left, None) is not None
        return (SimpleNamespace(status_code=400), HELD) if held else None

    clients.dynamodb().meta.events.register("before-call.dynamodb.TransactWriteItems", answer)  # type: ignore[arg-type]


def test_moving_the_gate_is_patient_with_writers_on_its_lanes(started: World) -> None:
    hold(6)
    assert started.extend({"VERIFICATION": later(CLOSES, days=1)}).status == 201
    started.require_consistent()


def test_lanes_that_stay_busy_are_left_to_the_next_run(started: World) -> None:
    hold(ungated.MAX_TRIES)
    with started.nothing_changes(), pytest.raises(Problem, match="try-again"):
        started.lock_due(DUE)
    assert started.lock_due(DUE + SPELL) == 1
    started.require_consistent()


def test_a_busy_lane_keeps_only_its_neighbours_open(started: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next run finds eight lanes closed and closes the others."""
    monkeypatch.setattr("services.finalization.lock.lock_institution.LANES_AT_ONCE", 8)
    hold_lane(f"G#{CODE}#i3", ungated.MAX_TRIES)
    with pytest.raises(Problem, match="try-again"):
        lock_institution(CODE, DUE)
    closed = [name for name, item in started.gate().items() if item["state"] == "CLOSED"]
    assert closed == [str(lane) for lane in range(8)]
    assert started.stored().locked_at is None
    assert lock_institution(CODE, DUE + SPELL) is True
    started.require_consistent()


def test_finalizing_what_just_moved_is_refused(prefinal: World) -> None:
    prefinal.come_between(lambda: prefinal.open(name="Nama Baru"))
    answer = prefinal.post("finalization", CONFIRMED)
    assert (answer.status, answer.code) == (409, "version-moved")
    assert prefinal.stored().finalized_at is None
    prefinal.require_consistent()
    assert prefinal.post("finalization", CONFIRMED).status == 200


def test_an_extension_that_comes_while_the_locker_closes_lanes_wins_or_waits(started: World) -> None:
    """It comes before the first lane is closed: the locker's epoch is stale, and it stops."""
    started.come_between(lambda: started.extend({"VERIFICATION": later(CLOSES, days=1)}))
    assert lock_institution(CODE, DUE) is False
    started.require_consistent()
    assert started.stored().locked_at is None


def test_a_record_that_moves_while_it_is_locked_is_locked_all_the_same(started: World) -> None:
    """At once, for the queue takes no second message about it for minutes."""
    started.come_between(lambda: started.open(name="Nama Baru"))
    assert lock_institution(CODE, DUE) is True
    assert (started.stored().title, started.stored().phase) == ("Nama Baru", Phase.FINAL)
    started.require_consistent()


def test_a_record_that_never_stands_still_lets_the_message_come_again(started: World) -> None:
    moves = count(1)
    clients.dynamodb().meta.events.register(
        "before-call.dynamodb.TransactWriteItems", _unless_within(lambda: started.open(name=f"Nama {next(moves)}"))
    )
    with pytest.raises(store.VersionMoved):
        lock_institution(CODE, DUE)
    assert next(moves) > MAX_TRIES


def _unless_within(change: Callable[[], object]) -> Callable[..., None]:
    """A change before every transaction but its own."""
    changing = False

    def make(**_: Any) -> None:
        nonlocal changing
        if not changing:
            changing = True
            change()
            changing = False

    return make


def test_the_first_row_starts_entry_although_the_record_moves(world: World) -> None:
    world.open()
    world.come_between(lambda: world.open(name="Nama Baru"))
    assert world.listed("aaaa", "TERDAFTAR") == []
    assert (world.stored().phase, world.stored().title) == (Phase.PENGINPUTAN, "Nama Baru")
    world.require_consistent()


def test_two_facts_about_one_person_at_once(started: World) -> None:
    started.come_between(lambda: started.listed("aaaa", "DIAJUKAN", "THK-II", v=3))
    assert started.listed("aaaa", "DIKEMBALIKAN", "THK-II", v=2) == []
    assert started.get().json["counts"]["by_state"] == {"DIAJUKAN": 1, "MEMENUHI_SYARAT": 1}


def test_two_openings_at_once(world: World) -> None:
    world.come_between(world.open)
    answer = world.open()
    assert (answer.status, answer.json["v"]) == (200, 1)
    world.require_consistent()


def test_a_file_is_used_once_although_two_hand_it_in(sealed: World) -> None:
    sealed.get("sptjm/document")
    file = sealed.uploaded()
    sealed.come_between(lambda: sealed.hand_in(file))
    answer = sealed.hand_in(file, role="admin")
    assert (answer.status, answer.code) == (409, "version-moved")
    assert len(sealed.fin("SPTJM#")) == 1
