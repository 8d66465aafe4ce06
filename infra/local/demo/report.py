"""What the demo prints: each step, and what it checked."""

import sys
from dataclasses import dataclass, field

from infra.local.client import Unexpected


@dataclass
class Report:
    """Prints as it goes; the first thing that is not so ends the demo."""

    steps: int = 0
    checks: int = field(default=0)

    def step(self, title: str) -> None:
        """Begin a step."""
        self.steps += 1
        self._say(f"\n{self.steps:2}. {title}")

    def check(self, what: str, *, so: bool, seen: object = None) -> None:
        """One thing that must be so.

        Raises:
            Unexpected: when it is not.
        """
        if not so:
            raise Unexpected(f"{what}: seen {seen!r}")
        self.checks += 1
        self._say(f"    ok  {what}")

    def same(self, what: str, seen: object, wanted: object) -> None:
        """Two things must be equal.

        Raises:
            Unexpected: when they are not.
        """
        self.check(f"{what}: {wanted}", so=seen == wanted, seen=seen)

    @staticmethod
    def _say(line: str) -> None:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
