"""A visitor who does what a page and a person do when they are turned away (`patient` in web/src/core/api.js)."""

import random
import time
from collections import Counter
from dataclasses import dataclass, field

from infra.local.client import Answer, Unexpected, Visitor

REFUSALS = frozenset({429, 502, 503, 504})
USUAL = 1.0
"""Seconds before the next try where the answer does not say."""
MAX_TRIES = 60


@dataclass
class Patient(Visitor):
    """Sends again, with the same key, after as long as it was told to wait; counts how often it was turned away."""

    refused: Counter[str] = field(default_factory=Counter)
    """By "method status"."""

    def send(
        self, method: str, path: str, body: object = None, *, key: str | None = None, expect: int | None = None
    ) -> Answer:
        """As a Visitor, until the answer is not that the portal has no room."""
        for _ in range(MAX_TRIES):
            answer = super().send(method, path, body, key=key)
            if answer.status not in REFUSALS:
                break
            self.refused[f"{method} {answer.status}"] += 1
            told = float(answer.headers.get("Retry-After") or USUAL)
            time.sleep(told * random.uniform(1, 1.5))  # noqa: S311 - so that not all come back at once
        if expect is not None and answer.status != expect:
            raise Unexpected(f"{method} {path}: {answer.status} instead of {expect}: {answer.content[:600]!r}")
        return answer
