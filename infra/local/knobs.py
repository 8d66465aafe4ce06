"""AWS's limits, played at home once a knob is turned; as long as none is, nothing is refused.

API Gateway allows each method so many requests a second (429), EventBridge takes so many entries a second (the others
come back marked), Lambda runs so many functions at once (a request fails, what feeds a function waits), and CloudFront
keeps an error for so long. Buckets of tokens as AWS describes them, holding one second's worth.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass

Now = Callable[[], float]


@dataclass(frozen=True)
class Limits:
    """What is allowed; None: as much as comes."""

    requests: float | None = None
    """A second, of each method of each API."""
    facts: float | None = None
    """Entries a second that the bus takes."""
    at_once: int | None = None
    """Functions that run at the same time."""
    error_seconds: float | None = None
    """How long the distribution keeps an error; None: as long as its template says."""


class _Bucket:
    def __init__(self, rate: float, now: Now) -> None:
        self._rate, self._now = rate, now
        self._tokens = self._most = max(1.0, rate)
        self._at = now()

    def take(self) -> bool:
        now = self._now()
        self._tokens = min(self._most, self._tokens + (now - self._at) * self._rate)
        self._at = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True


class Knobs:
    """The limits in force, and how often each refused."""

    def __init__(self, error_seconds: Mapping[int, float] | None = None, now: Now = time.monotonic) -> None:
        """`error_seconds`: by status, how long the distribution's template keeps an error."""
        self._of_the_template = error_seconds or {}
        self._now = now
        self._lock = threading.Lock()
        self._running = 0
        self.turn(Limits())

    def turn(self, limits: Limits) -> None:
        """Put these limits in force, and count anew what they refuse."""
        with self._lock:
            self._limits = limits
            self._buckets: dict[str, _Bucket] = {}
            self._refused: Counter[str] = Counter()
            self._asked: Counter[str] = Counter()

    @property
    def shown(self) -> dict[str, dict[str, float | None]]:
        """The limits, and since they were turned what was asked for and what was refused."""
        with self._lock:
            return {"limits": asdict(self._limits), "asked": dict(self._asked), "refused": dict(self._refused)}

    def request(self, method: str) -> bool:
        """Whether this method of an API may be called now."""
        return self._take("requests", method, self._limits.requests)

    def fact(self) -> bool:
        """Whether the bus takes one more entry now."""
        return self._take("facts", "bus", self._limits.facts)

    def enter(self, counted_as: str) -> bool:
        """Whether one more function may run now; whoever was let in calls `leave`."""
        with self._lock:
            most = self._limits.at_once
            if most is not None and self._running >= most:
                self._refused[counted_as] += 1
                return False
            self._running += 1
            return True

    def leave(self) -> None:
        """One function less runs."""
        with self._lock:
            self._running -= 1

    def keeps_error(self, status: int) -> float:
        """Seconds the distribution keeps this error."""
        if self._limits.error_seconds is not None:
            return self._limits.error_seconds
        return self._of_the_template.get(status, 0)

    def count(self, what: str) -> None:
        """Something was refused on account of a knob."""
        with self._lock:
            self._refused[what] += 1

    def _take(self, what: str, name: str, rate: float | None) -> bool:
        with self._lock:
            self._asked[what] += 1
            if rate is None:
                return True
            bucket = self._buckets.setdefault(name, _Bucket(rate, self._now))
            taken = bucket.take()
            self._refused[what] += not taken
            return taken
