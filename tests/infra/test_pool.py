"""Processes that are ended from outside: the next event finds another one, and nothing stands still."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from infra.aws import Aws
from infra.local.pool import Outcome, Pool, _end, _read
from infra.local.wiring import Function
from infra.services import Service
from tests.infra.conftest import Echo
from tests.infra.test_restart import children
from tests.infra.test_runner import send

APP = """
import os
def handler(event, context):
    return os.getpid()
"""


@pytest.fixture
def pool(tmp_path: Path) -> Iterator[Pool]:
    """One process of a function that answers with its own number."""
    (tmp_path / "app.py").write_text(APP)
    service = Service("own", tmp_path, tmp_path, (), tmp_path)
    function = Function(service, "handler", 5, {}, "arn", ())
    made = Pool(function, Aws("ap-southeast-3", "http://127.0.0.1:1"), tmp_path, 1, lambda _, __: None)
    yield made
    made.stop()


def ask(pool: Pool) -> Outcome:
    return pool.invoke("who", timedelta())


def kill(process: int) -> None:
    """End it and wait until the system says so, without taking that news from its parent."""
    os.kill(process, signal.SIGKILL)
    os.waitid(os.P_PID, process, os.WEXITED | os.WNOWAIT)


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


@pytest.mark.parametrize("killed", [False, True])
def test_ending_what_no_longer_reads_raises_nothing(killed: bool) -> None:
    process = subprocess.Popen([sys.executable, "-c", ""], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    kill(process.pid) if killed else process.wait()
    assert process.stdin is not None
    process.stdin.write(b"a question it never read")
    _end(process, kill=True)
    assert process.stdin.closed


@pytest.mark.parametrize("written", ["", '{"ok"'])
def test_half_an_answer_is_none(written: str) -> None:
    code = f"import sys; sys.stdout.write({written!r})"
    process = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with pytest.raises((OSError, ValueError)):
        _read(process, 10)
    _end(process)


def test_a_queue_goes_on_after_its_idle_workers_were_killed(echo: Echo) -> None:
    send(echo, *(f"before-{number}" for number in range(4)))
    echo.settle()
    killed = workers("on_message")
    assert killed
    for process in killed:
        kill(process)
    send(echo, *(f"after-{number}" for number in range(4)))
    echo.settle()
    assert [echo.times(f"queue#after-{number}") for number in range(4)] == [1, 1, 1, 1]
    assert not killed & workers("on_message")


def workers(handler: str) -> set[int]:
    """The processes of this function that this test run has started."""
    commands = {process: Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0") for process in children()}
    return {process for process, command in commands.items() if handler.encode() in command}
