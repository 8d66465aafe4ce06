"""Limits on attempts nobody has signed in for: so many in a span of time for one address, or for one NIK.

The numbers are this project's *(ours)*: a whole office may share one address, a person types his own NIK.
"""

from dataclasses import dataclass
from datetime import timedelta

from services.kernel import clock, privacy
from services.kernel.problems import Code, Problem
from services.registration.adapters import ttl_store
from services.registration.settings import lookup_key


@dataclass(frozen=True)
class Throttle:
    """At most `most` attempts in each `span`, counted apart for each subject."""

    name: str
    most: int
    span: timedelta

    def require(self, subject: str) -> None:
        """Count an attempt of `subject` (an address or a NIK; kept as a keyed hash only).

        Raises:
            Problem: `throttled`, with the seconds until the next span begins.
        """
        seconds = int(self.span.total_seconds())
        now = int(clock.now().timestamp())
        end = clock.from_millis((now // seconds + 1) * seconds * 1000)
        counted = ttl_store.count(f"throttle#{self.name}#{self._blind(subject)}#{now // seconds}", end)
        if counted > self.most:
            raise Problem(Code.THROTTLED, retry_after=seconds - now % seconds)

    def _blind(self, subject: str) -> str:
        return privacy.blind(lookup_key(), f"throttle {self.name}", subject)


IDENTITY_CHECKS_OF_ADDRESS = Throttle("identity-address", 300, timedelta(minutes=10))
IDENTITY_CHECKS_OF_NIK = Throttle("identity-nik", 20, timedelta(hours=1))
SIGN_INS_OF_ADDRESS = Throttle("sign-in-address", 600, timedelta(minutes=10))
