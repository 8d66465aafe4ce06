"""How long whoever meets a conflict waits before his next try: full jitter under a doubling ceiling.

The whole time between nothing and the ceiling is drawn from, so that those who collided once do not collide again (AWS
Architecture Blog, "Exponential Backoff And Jitter"). Eight tries wait 0.7 s at the very most.
"""

import random
import time

MAX_TRIES = 8
"""How often something is tried in all."""
FIRST_CEILING = 0.010
"""Seconds the first pause lasts at most; a transaction holds an item for some 25 ms (docs/deadline-simulation.md)."""
LAST_CEILING = 0.200
"""Seconds no pause exceeds."""


def ceiling(attempt: int) -> float:
    """Seconds the pause after an attempt lasts at most; attempts count from 0."""
    return min(FIRST_CEILING * float(2**attempt), LAST_CEILING)


def pause(attempt: int) -> None:
    """Wait after an attempt that failed."""
    time.sleep(random.uniform(0, ceiling(attempt)))  # noqa: S311 - spreads load, guards nothing
