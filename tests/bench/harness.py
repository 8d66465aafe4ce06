"""Benchmarks against a peer: outputs must agree first, then both are timed in turns, and the best of each counts.

CPU seconds of this process are measured, not the clock: on a shared machine the clock measures others.
Turns are ours-peer-peer-ours, so that a machine that slows down or speeds up favours nobody.
"""

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Benchmark:
    """One figure. `prepare` makes the input once; `ours` and `peer` take it and return comparable outputs.

    `check` compares the outputs and returns what differs, in words, or None; `goal` is how many times
    faster than the peer we mean to be, `most_s` how many CPU seconds we may take at all.
    """

    id: str
    what: str
    peer_name: str
    prepare: Callable[[], Any]
    ours: Callable[[Any], Any]
    peer: Callable[[Any], Any]
    check: Callable[[Any, Any], str | None]
    goal: float
    rounds: int = 2
    most_s: float | None = None


@dataclass(frozen=True)
class Figure:
    """A measured figure, in CPU seconds; `difference` is set, and nothing timed, when outputs differ."""

    id: str
    what: str
    peer: str
    ours_s: float
    peer_s: float
    goal: float
    difference: str | None = None
    most_s: float | None = None

    @property
    def ratio(self) -> float:
        """How many times faster than the peer."""
        return self.peer_s / self.ours_s if self.ours_s else 0.0

    @property
    def holds(self) -> bool:
        """Whether outputs agree and the goals are met."""
        in_time = self.most_s is None or self.ours_s <= self.most_s
        return self.difference is None and self.ratio >= self.goal and in_time

    def to_item(self) -> dict[str, Any]:
        """The figure as it lies in `build/bench.json`."""
        return {
            "id": self.id,
            "what": self.what,
            "peer": self.peer,
            "ours_s": round(self.ours_s, 3),
            "peer_s": round(self.peer_s, 3),
            "ratio": round(self.ratio, 2),
            "goal": self.goal,
            "holds": self.holds,
        }


def run(benchmark: Benchmark) -> Figure:
    """Check that outputs agree, then time both."""
    given = benchmark.prepare()
    difference = benchmark.check(benchmark.ours(given), benchmark.peer(given))
    if difference:
        return _figure(benchmark, 0.0, 0.0, difference)
    ours, peer = [], []
    for _ in range(benchmark.rounds):
        ours.append(_seconds(benchmark.ours, given))
        peer.append(_seconds(benchmark.peer, given))
        peer.append(_seconds(benchmark.peer, given))
        ours.append(_seconds(benchmark.ours, given))
    return _figure(benchmark, min(ours), min(peer), None)


def _seconds(work: Callable[[Any], Any], given: Any) -> float:
    gc.collect()
    start = time.process_time()
    output = work(given)
    seconds = time.process_time() - start
    del output
    return seconds


def _figure(benchmark: Benchmark, ours: float, peer: float, difference: str | None) -> Figure:
    return Figure(
        benchmark.id, benchmark.what, benchmark.peer_name, ours, peer, benchmark.goal, difference, benchmark.most_s
    )
