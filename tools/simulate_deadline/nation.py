"""Scenario: all institutions on the last minutes, and all of them due for the lock at the same instant."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from services.finalization.institution.open_round import lanes_for
from tools.simulate_deadline.institutions import sizes
from tools.simulate_deadline.lanes import Institution
from tools.simulate_deadline.load import hour_mean, last_minutes, received
from tools.simulate_deadline.locker import Lock, lock_all
from tools.simulate_deadline.outcome import Outcome, total
from tools.simulate_deadline.parameters import Parameters

SHARES = (0.2, 0.4)
"""How much of the people's work falls on the last day: expected, and as bad as SSCASN 2023 (docs/domain.md, 10)."""

BY_SIZE = "by size"
RULES: Mapping[str, Callable[[int], int]] = {"1": lambda _: 1, "32": lambda _: 32, BY_SIZE: lanes_for}
"""Lanes of an institution of a size; the last is the rule as built."""


@dataclass(frozen=True)
class Nation:
    """What became of it; `peak` is the rate of the last five minutes, writes a second; `day` are the day's writes."""

    share: float
    lanes: str
    peak: float
    day: float
    outcome: Outcome
    largest: Outcome


def last_day(share: float, rule: str, parameters: Parameters) -> Nation:
    """Simulate every institution by itself, for they have no lane in common, and add them up."""
    people = sizes(parameters.institutions, parameters.people, parameters.spread)
    outcomes = [_institution(number, size, share, rule, parameters) for number, size in enumerate(people)]
    mean = hour_mean(parameters.people, share, parameters)
    day = mean * 3600 / parameters.peak_hour_share
    return Nation(share, rule, mean * parameters.peak_factor, day, total(outcomes), outcomes[0])


def _institution(number: int, size: int, share: float, rule: str, parameters: Parameters) -> Outcome:
    rng = random.Random(f"{parameters.seed} nation {share} {rule} {number}")  # noqa: S311 - guards nothing
    stretches = last_minutes(hour_mean(size, share, parameters), parameters)
    return Institution(RULES[rule](size), parameters, rng).run(received(stretches, rng))


@dataclass(frozen=True)
class LockedNation:
    """So many lockers at once; the locks of every trial. Instant 0 is the schedule's run that finds all due."""

    lockers: int
    trials: Sequence[Sequence[Lock]]

    @property
    def seconds(self) -> list[float]:
        """How long each institution's lock took, in all trials."""
        return [lock.seconds for trial in self.trials for lock in trial]

    @property
    def last(self) -> list[float]:
        """When the last institution was locked, in each trial."""
        return [max(lock.ends for lock in trial) for trial in self.trials]


def lock_nation(parameters: Parameters, trials: int = 50) -> LockedNation:
    """Lock all institutions, that often."""
    rng = random.Random(f"{parameters.seed} locks")  # noqa: S311 - guards nothing
    lanes = [lanes_for(size) for size in sizes(parameters.institutions, parameters.people, parameters.spread)]
    return LockedNation(parameters.lockers, [lock_all(lanes, parameters, rng) for _ in range(trials)])
