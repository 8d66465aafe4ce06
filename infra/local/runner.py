"""The compute plane at home: pools of processes and everything that calls them."""

import sys
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from infra.aws import Aws
from infra.local.activity import Activity
from infra.local.clock import ShiftedClock
from infra.local.knobs import Knobs
from infra.local.on_behalf import judge_readers
from infra.local.pool import Outcome, Pool
from infra.local.queues import QueueReader
from infra.local.schedules import Timer
from infra.local.streams import StreamReader
from infra.local.wiring import Api, Function, Wiring

_API_PROCESSES = 4
_QUEUE_PROCESSES = 2
_IDLE_POLL = 0.05


class Runner:
    """Plays Lambda, event source mappings and schedules for the whole portal."""

    def __init__(self, wiring: Wiring, aws: Aws, clock: ShiftedClock, state: Path, knobs: Knobs | None = None) -> None:
        """Start nothing yet; `state` holds logs and what is left over between runs, `knobs` the limits to play."""
        self._wiring = wiring
        self._logs = state / "logs"
        self._report = _Report()
        activities = {function.service.name: Activity() for function in wiring.functions}
        queues = {trigger.function.arn for trigger in wiring.queues}
        apis = {api.function.arn for api in wiring.apis}
        sizes = {**dict.fromkeys(queues, _QUEUE_PROCESSES), **dict.fromkeys(apis, _API_PROCESSES)}
        self._pools = {
            f.arn: Pool(f, aws, self._logs, sizes.get(f.arn, 1), self._report, knobs, activities[f.service.name])
            for f in wiring.functions
        }
        self._apis = wiring.apis
        self._queues = [QueueReader(t, self._pool(t.function), aws, clock, _QUEUE_PROCESSES) for t in wiring.queues]
        kept = state / "streams"
        self._streams = [
            StreamReader(t, self._pool(t.function), aws, clock, kept, activities[t.function.service.name])
            for t in wiring.streams
        ]
        self._timers = [Timer(s, self._pool(s.function) if s.function else None, aws, clock) for s in wiring.schedules]

    def start(self) -> None:
        """Begin to call functions; one process of each API is started before this returns."""
        judge_readers(self._wiring, self._logs)
        warming = [threading.Thread(target=self._pool(api.function).warm_up) for api in self._apis]
        for thread in warming:
            thread.start()
        for stream in self._streams:
            stream.start()
        for queue in self._queues:
            queue.start()
        for timer in self._timers:
            timer.start()
        for thread in warming:
            thread.join()

    def api_pool(self, api: Api) -> Pool:
        """The processes that answer one API."""
        return self._pool(api.function)

    def environment(self, service: str) -> dict[str, str]:
        """The environment of a service's API function."""
        found = (api for api in self._apis if api.function.service.name == service)
        return self.api_pool(next(found)).environment()

    def pending(self) -> dict[str, int]:
        """What is outstanding, by name: invocations and due schedules, or else messages. Empty when idle."""
        found = {pool.function.name: pool.busy for pool in self._pools.values() if pool.busy}
        found |= {f"schedule {timer.name}": 1 for timer in self._timers if timer.pending}
        if found:  # enough to know; every queue that is asked costs a request
            return found
        reading = [queue for queue in self._queues if not queue.held]
        return {f"queue {queue.name}": count for queue in reading if (count := queue.waiting())}

    def held(self) -> dict[str, bool]:
        """Of each function that reads a queue, by name, whether its messages are held; they are not waited for."""
        return {queue.name: queue.held for queue in self._queues}

    def hold(self, names: Iterable[str]) -> None:
        """Let the messages of these functions wait, as if inspection or imports were hours behind; all others go on.

        Raises:
            ValueError: a name of no function that reads a queue.
        """
        wanted = set(names)
        if unknown := wanted - self.held().keys():
            raise ValueError(f"no queue of {', '.join(sorted(unknown))}")
        for queue in self._queues:
            queue.held = queue.name in wanted

    def settled(self) -> dict[str, int]:
        """Like `pending`, but only after every stream was seen read to its end; two looks in a row must agree.

        Streams are asked twice around the rest, because what a relay tells becomes a message.
        """
        for _ in range(2):
            if not self._streams_read(seconds=2):
                return {"streams": 1, **self.pending()}
            if found := self.pending():
                return found
        return {}

    def drain(self, seconds: float) -> bool:
        """Wait until nothing is outstanding; returns whether that came true in time."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if not self.settled():
                return True
            time.sleep(_IDLE_POLL)
        return False

    def stop(self, drain_seconds: float) -> None:
        """Fire nothing more, drain for a while, end every process."""
        _all(timer.stop for timer in self._timers)
        self.drain(drain_seconds)
        _all([*(queue.stop for queue in self._queues), *(stream.stop for stream in self._streams)])
        _all(pool.stop for pool in self._pools.values())

    def _pool(self, function: Function) -> Pool:
        return self._pools[function.arn]

    def _streams_read(self, seconds: float) -> bool:
        looks = [(stream, stream.look()) for stream in self._streams]
        deadline = time.monotonic() + seconds
        while not all(stream.is_read(since) for stream, since in looks):
            if time.monotonic() > deadline:
                return False
            time.sleep(_IDLE_POLL)
        return True


class _Report:
    """Tells the terminal about failing functions: once for each kind of failure, the rest is in the logs."""

    def __init__(self) -> None:
        self._told: set[tuple[str, str]] = set()

    def __call__(self, function: Function, outcome: Outcome) -> None:
        kind = (function.name, outcome.error or "")
        if kind not in self._told:
            self._told.add(kind)
            print(f"! {function.name}: {outcome.error} (logs/{function.name}.log)", file=sys.stderr, flush=True)


def _all(actions: Iterable[Callable[[], None]]) -> None:
    """Run the actions side by side and wait for them."""
    threads = [threading.Thread(target=action) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
