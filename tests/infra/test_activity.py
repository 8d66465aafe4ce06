"""Who looks for work is woken by what happens, and by nothing else."""

import threading
import time

from infra.local.activity import Activity


def test_where_nothing_happens_the_wait_runs_out() -> None:
    activity = Activity()
    assert not activity.wait(activity.times, 0.01)


def test_what_happened_meanwhile_is_not_waited_for() -> None:
    activity = Activity()
    since = activity.times
    activity.look()
    assert activity.wait(since, 60)


def test_a_beginning_wakes_nobody() -> None:
    activity = Activity()
    since = activity.times
    activity.begun()
    assert activity.running == 1
    assert not activity.wait(since, 0.01)


def test_the_end_of_an_invocation_wakes_everyone() -> None:
    activity = Activity()
    activity.begun()
    since, woken = activity.times, threading.Barrier(3)

    def look() -> None:
        assert activity.wait(since, 60)
        woken.wait(60)

    for _ in range(2):
        threading.Thread(target=look, daemon=True).start()
    activity.ended()
    woken.wait(60)
    assert activity.running == 0


def test_a_look_is_asked_for_by_its_number() -> None:
    activity = Activity()
    before = activity.times
    assert activity.look() == activity.times == before + 1


def test_a_wait_is_no_longer_than_said() -> None:
    activity, began = Activity(), time.monotonic()
    activity.wait(activity.times, 0.05)
    assert time.monotonic() - began >= 0.05
