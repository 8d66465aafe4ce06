"""Where processes of functions come from: forked off one process that has loaded what they run, which takes a moment.

To load a service anew takes most of a second of a processor, forty times in a portal's day. Nothing of one function is
seen by another: what is forked off has loaded modules, and what boto3 makes clients of, and called nothing else.
"""

import json
import multiprocessing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from infra.local import worker
from infra.services import SERVICES

_END_SECONDS = 5
_CLIENTS = "infra.local.clients"  # by its name: it is not for this process
_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload([worker.__name__, _CLIENTS, *(f"services.{service.name}.app" for service in SERVICES)])


@dataclass(frozen=True)
class Process:
    """One process of a function, and the line to it."""

    process: BaseProcess
    line: "Connection[Any, Any]"

    @property
    def lives(self) -> bool:
        """Whether it has not ended; one that has says nothing more, even before it is buried."""
        return self.process.is_alive() and not self.line.poll()

    def ask(self, question: Mapping[str, Any], seconds: float) -> dict[str, Any]:
        """Ask and wait for the answer.

        Raises:
            TimeoutError: it did not come in time.
            OSError: the process is gone.
        """
        self.line.send_bytes(json.dumps(question).encode())
        return self.hear(seconds)

    def hear(self, seconds: float) -> dict[str, Any]:
        """What it says next; raises as `ask` does."""
        if not self.line.poll(seconds):
            raise TimeoutError
        try:
            said: dict[str, Any] = json.loads(self.line.recv_bytes())
        except EOFError as gone:
            raise ConnectionResetError("the process has ended") from gone
        return said

    def end(self, *, kill: bool = False) -> None:
        """Close the line, which ends it; one that hangs is killed."""
        if kill:
            self.process.kill()
        self.line.close()
        self.process.join(_END_SECONDS)
        if self.lives:
            self.process.kill()
            self.process.join()


def prepare() -> None:
    """Begin to load what functions run; the first process is there sooner for it."""
    forkserver.ensure_running()


def start(app: Path, handler: str, environment: Mapping[str, str], log: Path) -> Process:
    """A new process of a function; it says something (`hear`) once it has loaded."""
    ours, its = _context.Pipe()
    process = fork(worker.work, its, app, handler, dict(environment), log)
    its.close()
    return Process(process, ours)


def fork(work: Callable[..., None], *arguments: object) -> BaseProcess:
    """A new process that does this and ends; it is killed with whoever started it."""
    process = _context.Process(target=work, args=arguments, daemon=True)
    process.start()
    return process
