"""Stop and start: what was there is there, what was under way goes on."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from infra.local.state import StateFolder
from infra.services import ROOT
from tests.infra.conftest import echo_settings, start


def test_data_clock_and_unread_changes_survive_a_stop(tmp_path: Path) -> None:
    settings = replace(echo_settings(tmp_path), drain_seconds=0)
    first = start(settings)
    first.cloud.clock.advance(timedelta(days=30))
    offset = first.cloud.clock.offset
    first.send("PUT", "/api/echo/items/kept")
    first.settle()
    # more than one batch, and slow: the end does not wait for the second one
    first.send("PUT", "/api/echo/items/" + ",".join(f"slow-{n}" for n in range(150)))
    first.cloud.stop()
    assert list((settings.state / "streams").iterdir())
    second = start(settings)
    try:
        assert not second.cloud.fresh
        assert second.cloud.clock.offset == offset
        assert second.times("stream#kept") == 1
        second.settle(60)
        assert all(second.times(f"stream#slow-{n}") >= 1 for n in range(150))
        assert second.cloud.environment("echo")["TABLE"] == first.cloud.environment("echo")["TABLE"]
    finally:
        second.cloud.stop()


def test_a_first_start_that_did_not_finish_is_begun_anew(tmp_path: Path) -> None:
    folder = StateFolder(tmp_path)
    (tmp_path / "emulator").mkdir()
    folder.take()
    assert not (tmp_path / "emulator").exists()
    with pytest.raises(RuntimeError, match="sedang dipakai"):
        StateFolder(tmp_path).take()
    (tmp_path / "emulator").mkdir()
    folder.keep()
    folder.leave()
    again = StateFolder(tmp_path)
    again.take()
    assert (tmp_path / "emulator").exists()
    again.leave()


def test_nothing_is_left_running(tmp_path: Path) -> None:
    started = start(replace(echo_settings(tmp_path), seed=False))
    ours = holding(tmp_path) - {os.getpid()}
    assert len(ours) >= 2
    started.cloud.stop()
    assert all(map(gone, ours))


def test_a_taken_port_is_one_clear_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        code = (
            "import sys; from infra.local import __main__ as m; m.prepare = lambda settings: None; sys.exit(m.main())"
        )
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PORT": str(port), "STATE": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == f"Port {port} sudah dipakai; pilih yang lain: make run PORT=8601\n"
    assert done.stdout == ""


def test_the_emulator_ends_with_the_one_who_started_it(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; from infra.local.emulator import Emulator; e = Emulator(pathlib.Path(sys.argv[1]));"
        "e.start(); print(e._process.pid, flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as starter:
        assert starter.stdout is not None
        emulator = int(starter.stdout.readline())
        starter.send_signal(signal.SIGKILL)
    deadline = 200
    while not gone(emulator):
        deadline -= 1
        assert deadline, "the emulator is still there"
        signal.sigtimedwait([], 0.05)
    assert (tmp_path / "emulator" / "state").exists()


def holding(path: Path) -> set[int]:
    """The processes that hold a file open that is this one, or lies below this folder."""
    return {int(at.name) for at in Path("/proc").iterdir() if at.name.isdigit() and any(_opened(at, path))}


def gone(process: int) -> bool:
    """Whether it has ended; one that nobody has buried yet has."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return True
    return state == "Z"


def _opened(process: Path, path: Path) -> Iterator[bool]:
    with contextlib.suppress(OSError):  # it has just ended, or is somebody else's
        for link in (process / "fd").iterdir():
            yield link.readlink().is_relative_to(path)
