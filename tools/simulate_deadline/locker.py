"""The locker: one institution's lanes, and 590 institutions due at the same instant.

As `services/finalization/lock` does it: a run finds who is due and sends a message each; lockers take them from the
queue; each reads the record, closes lanes some at a time, and files the lock. A batch that meets a held lane is tried
again under the same patience as any other write; after the last try the message comes again a minute later.
"""

import random
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import heapify, heapreplace
from itertools import pairwise

from services.finalization.institution.open_round import IMPORT_LANES
from services.kernel.aws import events
from services.kernel.writes import gate, patience
from tools.simulate_deadline.lanes import Span
from tools.simulate_deadline.parameters import Parameters

AGAIN = 60.0
"""Seconds until the queue hands out a message again (LocksQueue's VisibilityTimeout, infra/finalization/merge.yaml)."""
FILED = 4
"""Items of the transaction that files a lock: the record, the gate's meta, the lock, the link of the chain."""


class Held:
    """When lanes are held by writers; a lane without spans is always free."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._begins: dict[int, list[float]] = {}
        self._ends: dict[int, list[float]] = {}
        for span in spans:
            self._begins.setdefault(span.lane, []).append(span.begins)
            self._ends.setdefault(span.lane, []).append(span.ends)

    def at(self, lane: int, instant: float) -> bool:
        """Whether a writer holds the lane at this instant."""
        last = bisect_right(self._begins.get(lane, ()), instant) - 1
        return last >= 0 and self._ends[lane][last] > instant


@dataclass(frozen=True)
class Lock:
    """When one institution was taken up and when its lock was filed; `messages` it took."""

    begins: float
    ends: float
    messages: int = 1

    @property
    def seconds(self) -> float:
        """How long it took."""
        return self.ends - self.begins


class Locker:
    """Locks one institution after the other, as one function environment does."""

    def __init__(self, parameters: Parameters, rng: random.Random) -> None:
        self._parameters = parameters
        self._rng = rng

    def lock(self, lanes: int, begins: float, held: Held) -> Lock:
        """Lock one institution with so many lanes of people; import lanes come on top and are free."""
        at, messages = begins, 1
        open_batches = list(self._batches(lanes + IMPORT_LANES))
        while True:
            at += self._parameters.read_ms / 1e3
            at, open_batches = self._close(open_batches, at, held)
            if not open_batches:
                return Lock(begins, at + self._parameters.close(FILED).draw(self._rng), messages)
            at, messages = at + AGAIN, messages + 1

    def _batches(self, lanes: int) -> Iterable[range]:
        marks = [*range(0, lanes, self._parameters.lanes_at_once), lanes]
        return (range(first, end) for first, end in pairwise(marks))

    def _close(self, batches: Sequence[range], at: float, held: Held) -> tuple[float, list[range]]:
        """Close batches, so many at a time; returns when that is over and what stayed open."""
        workers = [at] * self._parameters.lock_workers
        left = []
        for batch in batches:
            ends, closed = self._close_batch(batch, workers[0], held)
            heapreplace(workers, ends)
            if not closed:
                left.append(batch)
        return max(workers), left

    def _close_batch(self, batch: range, at: float, held: Held) -> tuple[float, bool]:
        for attempt in range(gate.MAX_TRIES):
            if not any(held.at(lane, at) for lane in batch):
                return at + self._parameters.close(len(batch)).draw(self._rng), True
            at += self._parameters.conflict_ms / 1e3 + self._rng.random() * patience.ceiling(attempt)
        return at, False


def lock_all(lanes: Sequence[int], parameters: Parameters, rng: random.Random) -> list[Lock]:
    """Lock institutions that are all due at instant 0, when the schedule's run finds them; lanes are free by then.

    Each locker starts cold. Messages leave in batches, one after the other.
    """
    locker, free = Locker(parameters, rng), Held()
    ready = [parameters.cold_ms / 1e3] * parameters.lockers
    heapify(ready)
    locks = []
    for position, count in enumerate(lanes):
        sent = (position // events.BATCH + 1) * parameters.send_ms / 1e3
        begins = max(ready[0], sent + parameters.deliver_ms / 1e3)
        locks.append(locker.lock(count, begins, free))
        heapreplace(ready, locks[-1].ends)
    return locks
