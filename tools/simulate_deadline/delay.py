"""How long something takes: a lognormal duration, now and then a slow one."""

import math
import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Delay:
    """A duration in seconds; `cv` is its standard deviation over its mean.

    A share `slow_share` of the durations takes `slow_factor` times as long: the tail that a lognormal lacks.
    """

    seconds: float
    cv: float = 0.0
    slow_share: float = 0.0
    slow_factor: float = 1.0

    @property
    def mean(self) -> float:
        """Seconds on average, slow ones included."""
        return self.seconds * (1 + self.slow_share * (self.slow_factor - 1))

    def draw(self, rng: random.Random) -> float:
        """One duration in seconds."""
        spread = math.log1p(self.cv * self.cv)
        drawn = rng.lognormvariate(math.log(self.seconds) - spread / 2, math.sqrt(spread)) if self.seconds else 0.0
        return drawn * self.slow_factor if rng.random() < self.slow_share else drawn
