"""Processes that are ended from outside: the next event finds another one, and nothing stands still."""

import os
import signal
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from infra.aws import Aws
from infra.local.pool import Outcome, Pool
from infra.local.wiring import Function
from infra.services import Service
from tests.infra.conftest import Echo
from tests.infra.test_restart import gone, holding
from tests.infra.test_runner import send

APP = """
import os, signal, sys, time
def handler(event, context):
    if event == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if event == "leave":
        os._exit(0)
    if event == "hang":
        time.sleep(60)
    if event == "stranger":
        return object()
    print("printed", event, flush=True)
    return [os.getpid(), sorted(os.environ)] if event == "where" else os.getpid()
"""


@pytest.fixture
def pool(tmp_path: Path) -> Iterator[Pool]:
    """One process of a function that answers with its own number."""
    (tmp_path / "app.py").write_text(APP)
    service = Service("own", tmp_path, tmp_path, (), tmp_path)
    function = Function(service, "handler", 1, {"OWN": "1"}, "arn", ())
    made = Pool(function, Aws("ap-southeast-3", "http://127.0.0.1:1"), tmp_path, 1, lambda _, __: None)
    yield made
    made.stop()


def ask(pool: Pool, event: str = "who") -> Outcome:
    return pool.invoke(event, timedelta())


def kill(process: int) -> None:
    """End it and wait until it is gone."""
    os.kill(process, signal.SIGKILL)
    deadline = time.monotonic() + 10
    while not gone(process):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_warm_process_is_used_again(pool: Pool) -> None:
    assert ask(pool).result == ask(pool).result


def test_after_an_idle_process_was_killed_another_one_answers(pool: Pool) -> None:
    first = ask(pool).result
    kill(first)
    second = ask(pool)
    assert second.error is None
    assert second.result != first


def test_stopping_is_possible_after_an_idle_process_was_killed(pool: Pool) -> None:
    kill(ask(pool).result)
    pool.stop()


@pytest.mark.parametrize(
    ("event", "error"),
    [
        ("die", "Runtime.ExitError"),
        ("leave", "Runtime.ExitError"),
        ("stranger", "Runtime.ExitError"),
        ("hang", "Sandbox.Timedout"),
    ],
)
def test_half_an_answer_is_none_and_the_next_event_finds_another_process(pool: Pool, event: str, error: str) -> None:
    first = ask(pool).result
    assert ask(pool, event).error == error
    assert gone(first)
    assert ask(pool).result != first


def test_a_process_knows_its_own_environment_only_and_prints_into_its_log(
    pool: Pool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OF_WHO_STARTED_IT", "1")
    process, names = ask(pool, "where").result
    assert "OWN" in names
    assert "OF_WHO_STARTED_IT" not in names
    assert os.getpgid(process) == process, "the terminal's Ctrl-C is not for it"
    assert (tmp_path / "own-handler.log").read_text() == "printed where\n"


def test_a_queue_goes_on_after_its_idle_workers_were_killed(echo: Echo) -> None:
    send(echo, *(f"before-{number}" for number in range(4)))
    echo.settle()
    killed = holding(echo.logs / "echo-on_message.log")
    assert killed
    for process in killed:
        kill(process)
    send(echo, *(f"after-{number}" for number in range(4)))
    echo.settle()
    assert [echo.times(f"queue#after-{number}") for number in range(4)] == [1, 1, 1, 1]
    assert not killed & holding(echo.logs / "echo-on_message.log")
