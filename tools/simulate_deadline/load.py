"""When writes are received: a Poisson stream whose rate follows the last hour of the last day."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tools.simulate_deadline.parameters import Parameters

_HOUR = 3600.0
_PEAK = 300.0


@dataclass(frozen=True)
class Stretch:
    """From `begins` (included) to `ends` (excluded), seconds; `rate` writes a second are received."""

    begins: float
    ends: float
    rate: float


def last_minutes(hour_mean: float, parameters: Parameters) -> list[Stretch]:
    """The end of the last hour, its five-minute peak, and who comes too late.

    `hour_mean` is the rate over the whole hour; whatever the peak takes, the other 55 minutes have less.
    """
    peak = hour_mean * parameters.peak_factor
    before = (hour_mean * _HOUR - peak * _PEAK) / (_HOUR - _PEAK)
    begins = -60.0 * parameters.minutes
    stretches = [
        Stretch(begins, -_PEAK, before),
        Stretch(max(begins, -_PEAK), 0.0, peak),
        Stretch(0.0, parameters.late_seconds, peak),
    ]
    return [one for one in stretches if one.begins < one.ends]


def hour_mean(people: int, last_day_share: float, parameters: Parameters) -> float:
    """Gated writes a second over the last hour, when this share of the people work on the last day."""
    day = people * last_day_share * parameters.writes_a_person
    return day * parameters.peak_hour_share / _HOUR


def steady(rate: float, parameters: Parameters) -> list[Stretch]:
    """One rate until the deadline and on after it."""
    return [Stretch(-60.0 * parameters.minutes, parameters.late_seconds, rate)]


def received(stretches: Sequence[Stretch], rng: random.Random) -> Iterator[float]:
    """Instants of receipt, in order."""
    for stretch in stretches:
        at = stretch.begins
        while stretch.rate and (at := at + rng.expovariate(stretch.rate)) < stretch.ends:
            yield at
