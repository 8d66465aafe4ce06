"""Tells those who look for work when some may have come, so that nobody has to look every moment.

What a service's functions do makes work for its relay: a change in a stream. So the end of an invocation is a reason to
look, and while one runs there may be one at any time. What comes in from beside the functions is found a little later.
"""

import threading


class Activity:
    """Of one service: how often something has happened, and how many invocations are under way."""

    def __init__(self) -> None:
        """Nothing has happened yet."""
        self._happened = threading.Condition()
        self._times = 0
        self._running = 0

    @property
    def times(self) -> int:
        """Grows by one each time something happens."""
        return self._times

    @property
    def running(self) -> int:
        """Invocations under way."""
        return self._running

    def begun(self) -> None:
        """An invocation begins; there is nothing to be found yet."""
        with self._happened:
            self._running += 1

    def ended(self) -> None:
        """An invocation has ended."""
        with self._happened:
            self._running -= 1
            self._tell()

    def look(self) -> int:
        """Wake everyone who looks for work; returns `times` as they then find it."""
        with self._happened:
            return self._tell()

    def wait(self, since: int, seconds: float) -> bool:
        """Wait until something happens after `since`, no longer than `seconds`; returns whether it did."""
        with self._happened:
            return self._happened.wait_for(lambda: self._times > since, seconds)

    def _tell(self) -> int:
        self._times += 1
        self._happened.notify_all()
        return self._times
