"""The mark that pages must be made anew: nothing that changed is ever forgotten, nobody works at the same time."""

import json
from datetime import timedelta

from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from infra.services import ROOT
from services.announcements.adapters import dirty_store
from services.announcements.pages.publish import BUDGET
from services.announcements.settings import settings
from services.kernel.aws import dynamodb
from tests.announcements.world import CODE, NOON, World

LATER = NOON + timedelta(seconds=60)


def test_a_mark_is_due_at_its_instant(world: World) -> None:
    assert dirty_store.due(NOON) == []
    dirty_store.mark(CODE, LATER)
    assert dirty_store.due(LATER - timedelta(milliseconds=1)) == []
    assert dirty_store.due(LATER) == [CODE]


def test_the_sooner_mark_counts(world: World) -> None:
    dirty_store.mark(CODE, LATER)
    dirty_store.mark(CODE, NOON)
    dirty_store.mark(CODE, LATER)
    assert dirty_store.due(NOON) == [CODE]


def test_nobody_takes_it_before_its_time_or_twice(world: World) -> None:
    assert dirty_store.take(CODE, NOON) is None
    dirty_store.mark(CODE, LATER)
    assert dirty_store.take(CODE, NOON) is None
    assert dirty_store.take(CODE, LATER) is not None
    assert dirty_store.take(CODE, LATER) is None


def test_given_back_it_is_gone(world: World) -> None:
    dirty_store.mark(CODE, NOON)
    number = dirty_store.take(CODE, NOON)
    assert number is not None
    dirty_store.give_back(CODE, number)
    assert dirty_store.due(NOON + timedelta(days=1)) == []
    dirty_store.mark(CODE, LATER)
    assert dirty_store.due(LATER) == [CODE]


def test_what_changes_meanwhile_is_published_next(world: World) -> None:
    dirty_store.mark(CODE, NOON)
    number = dirty_store.take(CODE, NOON)
    assert number is not None
    dirty_store.mark(CODE, LATER)
    dirty_store.mark(CODE, LATER + timedelta(seconds=5))
    assert dirty_store.take(CODE, LATER) is None
    dirty_store.give_back(CODE, number)
    assert dirty_store.due(LATER) == [CODE]
    assert dirty_store.take(CODE, LATER) is not None


def test_a_dead_publisher_is_succeeded_and_cannot_disturb(world: World) -> None:
    dirty_store.mark(CODE, NOON)
    dead = dirty_store.take(CODE, NOON)
    assert dead is not None
    after = NOON + dirty_store.LEASE
    assert dirty_store.take(CODE, after - timedelta(seconds=1)) is None
    number = dirty_store.take(CODE, after)
    assert number is not None
    dirty_store.give_back(CODE, dead)
    assert dirty_store.take(CODE, after) is None
    dirty_store.give_back(CODE, number)
    assert dirty_store.due(after + timedelta(days=1)) == []


def test_whoever_is_taken_for_dead_is_dead() -> None:
    config = json.loads((ROOT / "services" / "announcements" / ".chalice" / "config.json").read_text())
    seconds = config["stages"]["api"]["lambda_functions"]["publish"]["lambda_timeout"]
    assert timedelta(seconds=seconds) < dirty_store.LEASE
    assert seconds > 1.5 * BUDGET


def test_to_be_looked_at_again(world: World) -> None:
    dirty_store.mark(CODE, NOON)
    number = dirty_store.take(CODE, NOON)
    assert number is not None
    dirty_store.give_back(CODE, number, again=LATER)
    assert dirty_store.due(NOON) == []
    assert dirty_store.due(LATER) == [CODE]


@examples(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["write", "mark", "take", "end"]), max_size=14))
def test_every_change_is_read_by_somebody(world: World, steps: list[str]) -> None:
    """In whatever order writers and publishers come: once all marks are worked off, the last change has been read."""
    dynamodb.transact([dynamodb.delete(settings().table, {"pk": f"A#{CODE}", "sk": "DIRTY"})])
    now, written, read, number = NOON, 0, 0, None
    for step in [*steps, "mark", "end", "take", "end", "take", "end"]:
        now += timedelta(seconds=1)
        if step == "write":
            written += 1
        elif step == "mark" and written:
            dirty_store.mark(CODE, now)
        elif step == "take" and number is None:
            number = dirty_store.take(CODE, now)
            read = written if number else read
        elif step == "end" and number is not None:
            dirty_store.give_back(CODE, number)
            number = None
    assert read == written
    assert dirty_store.due(now + timedelta(days=1)) == []
