"""Answers about work that is under way: they say how long to wait before asking again (RFC 9110, section 10.2.3)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from pydantic import BaseModel

View = TypeVar("View", bound=BaseModel)

MIN_WAIT, MAX_WAIT = 1, 5
"""Seconds; the page takes no wait beyond ten upon itself (web/src/core/api.js)."""
_SHARE = 10


@dataclass(frozen=True)
class Watched(Generic[View]):
    """What is known now, and `wait`: seconds until it is worth asking again, None once the work is done."""

    body: View
    wait: int | None


def patience(since: datetime, now: datetime) -> int:
    """Seconds to wait for what began at an instant: a tenth of the time it has taken, within bounds.

    So nobody learns of the end much later than it came, and the longer everybody has to wait the less is asked.
    """
    taken = int((now - since).total_seconds())
    return min(MAX_WAIT, max(MIN_WAIT, taken // _SHARE))
