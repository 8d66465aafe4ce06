"""Scenario: one institution at a steady rate, with so many lanes."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tools.simulate_deadline.lanes import Institution, busy_share
from tools.simulate_deadline.load import received, steady
from tools.simulate_deadline.locker import Held, Lock, Locker
from tools.simulate_deadline.outcome import Outcome, percentile
from tools.simulate_deadline.parameters import Parameters

RATE = 70.0
"""Gated writes a second the goals speak of; the largest institution has 54 when 40 % of the people come last."""
LANES = (1, 8, 32, 64)
RATES = (5.0, 15.0, 40.0, 70.0, 150.0, 400.0)
_LOCKS = 2_000


@dataclass(frozen=True)
class Steady:
    """What became of it: its writes, its lock after the drain, and its lock had the writers gone on (`surged`)."""

    lanes: int
    rate: float
    predicted: float
    outcome: Outcome
    locks: Sequence[Lock] = ()
    surged: Sequence[Lock] = ()

    def lock_p(self, share: float) -> float:
        """Seconds this share of the locks needs at most."""
        return percentile([lock.seconds for lock in self.locks], share)


def at_rate(rate: float, lanes: int, parameters: Parameters, *, locks: int = _LOCKS) -> Steady:
    """Simulate it; every lock is tried out that often, at instants drawn anew."""
    rng = random.Random(f"{parameters.seed} steady {rate} {lanes}")  # noqa: S311 - a simulation guards nothing
    place = Institution(lanes, parameters, rng, spans=[])
    outcome = place.run(received(steady(rate, parameters), rng))
    locker = Locker(parameters, rng)
    quiet = [locker.lock(lanes, 0.0, Held()) for _ in range(locks)]
    held, begins = Held(place.spans or ()), -60 * parameters.minutes
    surged = [locker.lock(lanes, rng.uniform(begins * 0.95, begins * 0.05), held) for _ in range(locks // 4)]
    return Steady(lanes, rate, busy_share(rate, lanes, parameters), outcome, quiet, surged)


def sweep(parameters: Parameters, writes: int = 10_000) -> Iterator[Steady]:
    """About so many writes at each rate on each number of lanes, for the picture; nothing is locked."""
    for lanes in LANES:
        for rate in RATES:
            yield at_rate(rate, lanes, replace(parameters, minutes=writes / rate / 60, late_seconds=0), locks=0)


BATCHES = (8, 24, 36, 72)
"""Lanes closed in one transaction, for comparison; 100 items are DynamoDB's limit."""


def by_batch(lanes: int, parameters: Parameters, locks: int = _LOCKS) -> dict[int, list[Lock]]:
    """Locks of an institution whose lanes are free, by how many of them are closed in one transaction."""
    rng = random.Random(f"{parameters.seed} batches")  # noqa: S311 - guards nothing
    lockers = {batch: Locker(replace(parameters, lanes_at_once=batch), rng) for batch in BATCHES}
    return {batch: [locker.lock(lanes, 0.0, Held()) for _ in range(locks)] for batch, locker in lockers.items()}
