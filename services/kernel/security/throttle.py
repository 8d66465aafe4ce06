"""Limits on attempts nobody has signed in for: so many in a span of time from one network, or for one subject."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from services.kernel import clock
from services.kernel.aws import ttl_store
from services.kernel.problems import Code, Problem
from services.kernel.security import privacy


@dataclass(frozen=True)
class Throttle:
    """At most `most` attempts in each `span`, counted apart for each subject.

    Args:
        name: of the limit; two limits do not count each other's attempts.
        most: attempts in a span; the next one is too many.
        span: whole seconds, counted from the epoch, so that every subject's span begins at the same instant.
        key: gives the secret, 32 bytes, under which a subject is kept as an HMAC.
    """

    name: str
    most: int
    span: timedelta
    key: Callable[[], bytes]

    def require(self, subject: str) -> None:
        """Count an attempt of `subject` (a network, or a NIK from one; kept as a keyed hash only).

        Raises:
            Problem: `throttled`, with the seconds until the next span begins.
        """
        if self.exceeded(subject):
            seconds = int(self.span.total_seconds())
            raise Problem(Code.THROTTLED, retry_after=seconds - int(clock.now().timestamp()) % seconds)

    def exceeded(self, subject: str) -> bool:
        """Count an attempt of `subject`; whether that was one too many."""
        seconds = int(self.span.total_seconds())
        number = int(clock.now().timestamp()) // seconds
        end = clock.from_millis((number + 1) * seconds * 1000)
        return ttl_store.count(f"throttle#{self.name}#{self._blind(subject)}#{number}", end) > self.most

    def _blind(self, subject: str) -> str:
        return privacy.blind(self.key(), f"throttle {self.name}", subject)
