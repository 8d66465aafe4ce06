"""The whole portal on this machine, as `make run` starts it, for the tests that want the real thing."""

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import pytest

from infra.local.ledger import REFUSED
from infra.services import ROOT

READY = "Portal siap: "
_START_SECONDS = 240


class Portal:
    """A running portal with a state of its own."""

    def __init__(self, state: Path, settings: Mapping[str, str] | None = None) -> None:
        """Start nothing yet; `settings` are further knobs (CLOCK, SEED …) of `make run`."""
        self.state = state
        self.logs = state / "logs"
        self.base_url = ""
        self.announced: list[str] = []
        """The lines printed after the address: how to sign in to the demo."""
        self.sessions: dict[str, list[dict[str, str]]] = {}
        """Of staff, by sign-in number: all institutions of this portal are opened in the same one."""
        self._settings = {"PORT": "0", **(settings or {})}
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start and wait until it says that it is ready."""
        self.state.mkdir(parents=True, exist_ok=True)
        with (self.state / "terminal.log").open("ab") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "infra.local"],
                cwd=ROOT,
                env={**os.environ, **self._settings, "STATE": str(self.state)},
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        lines = _lines(self._process.stdout)
        try:
            first = lines.get(timeout=_START_SECONDS)
        except queue.Empty:
            first = None
        if first is None or not first.startswith(READY):
            self.stop()
            pytest.fail(f"the portal did not start:\n{(self.state / 'terminal.log').read_text()}", pytrace=False)
        self.base_url = first.removeprefix(READY).strip().rstrip("/")
        threading.Thread(target=self._collect, args=(lines,), daemon=True).start()

    def stop(self) -> int:
        """End it as SIGTERM does and return its exit code; fails when a function did what its policy does not allow."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        code = self._process.wait(90)
        assert self._process.stdout is not None
        self._process.stdout.close()
        refused = self.logs / REFUSED
        assert not refused.exists(), refused.read_text()
        return code

    def now(self) -> datetime:
        """The portal's instant."""
        return datetime.fromisoformat(self.get_json("/_local/clock")["now"])

    def move_clock(self, instant: str) -> None:
        """Let it be this instant (ISO 8601 with offset)."""
        self._post("/_local/clock", {"now": instant})

    def advance(self, seconds: float) -> None:
        """Move the clock forward."""
        self._post("/_local/clock", {"advance_seconds": seconds})

    def hold(self, *functions: str) -> None:
        """Let what waits for these functions in queues wait on, and let everything else go; what waits is no work."""
        self._post("/_local/queues", {"hold": functions})

    def wait_idle(self, timeout: float = 60.0) -> None:
        """Wait until no message, no change and no invocation is outstanding."""
        deadline, pause = time.monotonic() + timeout, 0.05
        while not (state := self.get_json("/_local/idle"))["idle"]:
            if time.monotonic() > deadline:
                pytest.fail(f"still at work after {timeout} s: {state['pending']}")
            time.sleep(pause)
            pause = min(pause * 1.5, 0.3)

    def dead_letters(self) -> list[dict[str, str]]:
        """What was given up after all its tries."""
        letters: list[dict[str, str]] = self.get_json("/_local/dead-letters")["items"]
        return letters

    def get_json(self, path: str) -> Any:
        """A JSON answer of the portal."""
        with urllib.request.urlopen(self.base_url + path, timeout=60) as got:  # noqa: S310 - our own address
            return json.load(got)

    def _post(self, path: str, value: object) -> None:
        body = json.dumps(value).encode()
        request = urllib.request.Request(self.base_url + path, data=body)  # noqa: S310 - our own address
        with urllib.request.urlopen(request, timeout=60) as got:  # noqa: S310 - our own address
            got.read()

    def _collect(self, lines: "queue.Queue[str | None]") -> None:
        while (line := lines.get()) is not None:
            self.announced.append(line.rstrip("\n"))


@pytest.fixture(scope="package")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """One portal with the demo's seed for all tests of a folder, known by its conftest.py; it must end cleanly."""
    started = Portal(tmp_path_factory.mktemp("portal"))
    started.start()
    yield started
    assert started.stop() == 0


def _lines(stream: IO[str] | None) -> "queue.Queue[str | None]":
    """The stream's lines as they come; None at the end."""
    found: queue.Queue[str | None] = queue.Queue()

    def read() -> None:
        assert stream is not None
        for line in stream:
            found.put(line)
        found.put(None)

    threading.Thread(target=read, daemon=True).start()
    return found
