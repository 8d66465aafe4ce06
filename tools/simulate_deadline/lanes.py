"""The gated writes of one institution on its lanes, as `services/kernel/writes/gate.py` sends them.

A write draws a lane. Is the lane free, the transaction holds it until it is committed; is it held, the transaction is
cancelled after a moment, waits under full jitter and draws another lane. Tries and pauses are the kernel's own.
DynamoDB's rule behind it: "An item within a TransactWriteItems request is part of another ongoing TransactWriteItems
request" (developer guide, transaction-apis). A lane's gate item and its counter are held together, so they are one.
"""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import NamedTuple

from services.kernel.writes import gate, patience
from tools.simulate_deadline.delay import Delay
from tools.simulate_deadline.outcome import Outcome
from tools.simulate_deadline.parameters import Parameters

DEADLINE = 0.0
_NEVER = float("inf")


@dataclass(frozen=True)
class Span:
    """A lane was held from one instant to another."""

    lane: int
    begins: float
    ends: float


class _Try(NamedTuple):
    at: float
    write: int
    number: int
    lane: int
    first: float


@dataclass
class Institution:
    """Its lanes and what becomes of its writes; `spans` is filled only where it is wanted."""

    lanes: int
    parameters: Parameters
    rng: random.Random
    tries: int = gate.MAX_TRIES
    outcome: Outcome = field(default_factory=Outcome)
    spans: list[Span] | None = None

    def __post_init__(self) -> None:
        self._held_until = [-_NEVER] * self.lanes
        self._due: list[_Try] = []
        self._hold: Delay = self.parameters.hold
        self._reach: Delay = self.parameters.reach

    def run(self, received: Iterable[float]) -> Outcome:
        """Carry every write received, in order of receipt, to its end."""
        outcome = self.outcome
        for at in received:
            outcome.received += 1
            outcome.received_by_second[int(at // 1)] += 1
            if at >= DEADLINE:  # `Round.require` refuses it before any transaction is sent
                outcome.refused += 1
                continue
            self._until(at)
            first = at + self._reach.draw(self.rng)
            heappush(self._due, _Try(first, outcome.received, 0, -1, first))
        self._until(_NEVER)
        return outcome

    def _until(self, limit: float) -> None:
        while self._due and self._due[0].at < limit:
            self._attempt(heappop(self._due))

    def _attempt(self, one: _Try) -> None:
        lane = self._another_lane(one.lane)
        self.outcome.tries += 1
        self.outcome.tries_by_second[int(one.at // 1)] += 1
        if self._held_until[lane] > one.at:
            self._conflict(one, lane)
        else:
            self._commit(one, lane)

    def _another_lane(self, last: int) -> int:
        """Any lane but the last one, where there is another: as the gate draws."""
        if last < 0 or self.lanes == 1:
            return int(self.rng.random() * self.lanes)
        lane = int(self.rng.random() * (self.lanes - 1))
        return lane + (lane >= last)

    def _conflict(self, one: _Try, lane: int) -> None:
        self.outcome.conflicts += 1
        self.outcome.retried += one.number == 0
        if one.number + 1 == self.tries:
            self.outcome.given_up += 1
            self.outcome.given_up_by_second[int(one.at // 1)] += 1
            return
        pause = self.rng.random() * patience.ceiling(one.number)
        again = one.at + self.parameters.conflict_ms / 1e3 + pause
        heappush(self._due, _Try(again, one.write, one.number + 1, lane, one.first))

    def _commit(self, one: _Try, lane: int) -> None:
        ends = one.at + self._hold.draw(self.rng)
        self._held_until[lane] = ends
        outcome = self.outcome
        outcome.committed += 1
        outcome.committed_by_second[int(ends // 1)] += 1
        outcome.last_commit = max(outcome.last_commit, ends)
        outcome.answers.append(ends - one.first)
        outcome.added.append(one.at - one.first)
        if self.spans is not None:
            self.spans.append(Span(lane, one.at, ends))


def busy_share(rate: float, lanes: int, parameters: Parameters) -> float:
    """How much of the time a lane is held when every write commits in the end.

    A try that finds lanes as any instant finds them (PASTA) meets a conflict with just this probability.
    """
    return rate * parameters.hold.mean / lanes


def lost_share(rate: float, lanes: int, parameters: Parameters) -> float:
    """Erlang's loss formula for one server: conflicts of writes that try only once, whatever the hold's shape."""
    offered = busy_share(rate, lanes, parameters)
    return offered / (1 + offered)
