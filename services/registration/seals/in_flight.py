"""What a numbered pre-final list waits for: whoever was received before it and is still being carried through.

Without it the list of a busy institution would lack rows that were in time: by hand `ENTRY` is cut while requests are
on their way, and an import goes on for as long as it takes (docs/protocol.md, *listed*).
"""

from datetime import datetime, timedelta
from math import ceil
from typing import Final

from services.kernel import gate
from services.kernel.calendar import DRAIN, Window
from services.registration.adapters import import_store
from services.registration.imports.job import Job, JobState

LONGEST: Final = timedelta(minutes=30)
"""How long an import is waited for *(ours)*: 150,000 rows take some minutes, and one that is stuck must not hold up the
uji publik; its rows come to the public page when they are committed, without having stood on this list."""
LOOK_AGAIN: Final = 15
"""Seconds until imports are looked at again."""
_LATEST: Final = 50
_UNDER_WAY: Final = frozenset({JobState.DIBACA, JobState.DIPROSES})


def seconds_to_wait(institution: str, asked: datetime, now: datetime) -> int:
    """For how many seconds a list that was asked for at `asked` should not be begun; 0 when it may be.

    A file counts from the moment its arrival was told: one promised and not there holds up nothing.

    Raises:
        Problem: `not-found` for an institution that has no round.
    """
    drained = min(asked, gate.read_round(institution).windows[Window.ENTRY].closes) + DRAIN
    if now < drained:
        return ceil((drained - now).total_seconds())
    if now >= asked + LONGEST:
        return 0
    return LOOK_AGAIN if any(_in_flight(job, asked) for job in import_store.latest(institution, _LATEST)) else 0


def _in_flight(job: Job, asked: datetime) -> bool:
    return job.state in _UNDER_WAY and job.arrival < asked
