"""Warm processes of one function, one event at a time each: at most `size` of them, started when needed."""

import contextlib
import json
import os
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from infra.aws import EMULATOR_KEY, Aws
from infra.local import nursery
from infra.local.activity import Activity
from infra.local.knobs import Knobs
from infra.local.nursery import Process
from infra.local.wiring import Function
from infra.services import ROOT

_INIT_SECONDS = 60
_AGAIN_SECONDS = 0.1
THROTTLED = "TooManyRequestsException"
"""Lambda's name for: as many functions run as the account may run at once."""


@dataclass(frozen=True)
class Outcome:
    """How an invocation ended."""

    result: Any = None
    error: str | None = None
    """Name of what went wrong, as Lambda names it; None when it went well."""


Report = Callable[[Function, Outcome], None]


class Pool:
    """The processes of one function."""

    def __init__(
        self,
        function: Function,
        aws: Aws,
        logs: Path,
        size: int,
        report: Report,
        knobs: Knobs | None = None,
        activity: Activity | None = None,
    ) -> None:
        """Start nothing yet. `report` hears of every invocation that failed; `knobs` say how many may run at once."""
        self._knobs = knobs or Knobs()
        self._activity = activity or Activity()
        self.function = function
        self._aws = aws
        self._log = logs / f"{function.name}.log"
        self._report = report
        self._free = threading.BoundedSemaphore(size)
        self._warm: queue.LifoQueue[Process] = queue.LifoQueue()
        self._lock = threading.Lock()
        self._busy = 0

    @property
    def busy(self) -> int:
        """Invocations that run or wait for a process."""
        return self._busy

    def invoke(self, event: Any, offset: timedelta) -> Outcome:  # noqa: ANN401 - JSON of any shape
        """Hand an event to a process and wait for the end; waits when all processes are at work.

        Whatever goes wrong with the process is the outcome, never an exception. As what feeds a function in AWS, it
        tries again until the function may run.
        """
        self._count(+1)
        try:
            while not self._knobs.enter("work that waited for a function"):
                time.sleep(_AGAIN_SECONDS)
            return self._run(event, offset)
        finally:
            self._count(-1)

    def invoke_for_api(self, event: Any, offset: timedelta) -> Outcome:  # noqa: ANN401 - JSON of any shape
        """The same for somebody who waits for the answer: when no function may run, that is the outcome."""
        self._count(+1)
        try:
            if not self._knobs.enter("requests without a function"):
                return Outcome(error=THROTTLED)
            return self._run(event, offset)
        finally:
            self._count(-1)

    def _run(self, event: Any, offset: timedelta) -> Outcome:  # noqa: ANN401 - JSON of any shape
        self._activity.begun()
        try:
            with self._free:
                outcome = self._ask(event, offset)
        finally:
            self._activity.ended()
            self._knobs.leave()
        if outcome.error is not None:
            self._report(self.function, outcome)
        return outcome

    def warm_up(self) -> None:
        """Start one process, so that the first request does not wait for it."""
        with self._free:
            try:
                self._warm.put(self._start())
            except RuntimeError:
                self._report(self.function, Outcome(error="Runtime.InitError"))

    def stop(self) -> None:
        """End the warm processes; nothing may be running any more."""
        while True:
            try:
                process = self._warm.get_nowait()
            except queue.Empty:
                return
            process.end()

    def _ask(self, event: Any, offset: timedelta) -> Outcome:  # noqa: ANN401 - JSON of any shape
        try:
            process = self._living() or self._start()
        except (RuntimeError, OSError):
            return Outcome(error="Runtime.InitError")
        question = {"event": event, "timeout": self.function.timeout, "offset": offset.total_seconds()}
        try:
            answer = process.ask(question, self.function.timeout + 1)
        except TimeoutError:
            process.end(kill=True)
            return Outcome(error="Sandbox.Timedout")
        except OSError:
            process.end(kill=True)
            return Outcome(error="Runtime.ExitError")
        self._warm.put(process)
        return Outcome(result=answer.get("ok"), error=answer.get("error"))

    def _living(self) -> Process | None:
        """A warm process; those that were ended from outside while they were idle are put away."""
        with contextlib.suppress(queue.Empty):
            while True:
                process = self._warm.get_nowait()
                if process.lives:
                    return process
                process.end()
        return None

    def _start(self) -> Process:
        app = self.function.service.source / "app.py"
        process = nursery.start(app, self.function.handler, self.environment(), self._log)
        try:
            process.hear(_INIT_SECONDS)
        except OSError as failed:
            process.end(kill=True)
            raise RuntimeError(f"{self.function.name} could not be loaded; see {self._log}") from failed
        return process

    def environment(self) -> dict[str, str]:
        """What a process of this function finds in its environment."""
        return {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "PYTHONPATH": str(ROOT),
            "AWS_REGION": self._aws.region,
            "AWS_DEFAULT_REGION": self._aws.region,
            "AWS_ACCESS_KEY_ID": EMULATOR_KEY,
            "AWS_SECRET_ACCESS_KEY": EMULATOR_KEY,
            "AWS_ENDPOINT_URL": self._aws.endpoint or "",
            **({"AWS_ENDPOINT_URL_EVENTBRIDGE": self._aws.bus} if self._aws.bus else {}),
            **({"AWS_ENDPOINT_URL_SESV2": self._aws.mail} if self._aws.mail else {}),
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_LAMBDA_FUNCTION_NAME": self.function.name,
            "LOCAL_FUNCTION_ARN": self.function.arn,
            "LOCAL_PERMISSIONS": json.dumps(self.function.permissions),
            "LOCAL_LOGS": str(self._log.parent),
            "POWERTOOLS_TRACE_DISABLED": "true",
            **self.function.environment,
        }

    def _count(self, step: int) -> None:
        with self._lock:
            self._busy += step
