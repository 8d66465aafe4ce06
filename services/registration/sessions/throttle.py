"""Limits on attempts nobody has signed in for: so many in a span of time from one network, or for one NIK from one.

The numbers are this project's *(ours)*: a whole office may share one address, a person types his own NIK. A NIK is
counted apart in each network, so that a stranger who tries it elsewhere keeps its owner from nothing.
"""

from dataclasses import dataclass
from datetime import timedelta

from services.kernel import clock
from services.kernel.problems import Code, Problem
from services.kernel.security import privacy
from services.registration.adapters import ttl_store
from services.registration.settings import lookup_key


@dataclass(frozen=True)
class Throttle:
    """At most `most` attempts in each `span`, counted apart for each subject."""

    name: str
    most: int
    span: timedelta

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
        return privacy.blind(lookup_key(), f"throttle {self.name}", subject)


IDENTITY_CHECKS_OF_NETWORK = Throttle("identity-address", 300, timedelta(minutes=10))
IDENTITY_CHECKS_OF_NIK = Throttle("identity-nik", 20, timedelta(hours=1))
SIGN_INS_OF_NETWORK = Throttle("sign-in-address", 600, timedelta(minutes=10))
"""Of unknown browsers; more of them must solve a captcha (lockout.py)."""
