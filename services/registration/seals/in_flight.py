"""What a numbered pre-final list waits for: whoever was received before it and is still being carried through.

Without it the list of a busy institution would lack rows that were in time: by hand `ENTRY` is cut while requests are
on their way, and an import goes on for as long as it takes (docs/protocol.md, *listed*).
"""

from datetime import datetime, timedelta
from math import ceil
from typing import Final

from services.kernel.writes import gate
from services.kernel.writes.calendar import DRAIN, Window
from services.registration.adapters import import_store
from services.registration.model.import_job import Job, JobState

MAX_IMPORT_WAIT: Final = timedelta(minutes=30)
"""How long an import is waited for *(ours)*: 150,000 rows take some minutes, and one that is stuck must not hold up the
uji publik; its rows come to the public page when they are committed, without having stood on this list."""
MAX_WAIT: Final = 5
"""Seconds at a time: a message sent with a delay cannot be called back, and what it waits for may be over sooner."""
_LATEST: Final = 50
_UNDER_WAY: Final = frozenset({JobState.DIBACA, JobState.DIPROSES, JobState.MEMPERBAIKI})


def seconds_to_wait(institution: str, asked: datetime, now: datetime) -> int:
    """After how many seconds to ask again whether a list asked for at `asked` may be begun; 0 when it may be now.

    A file counts from the moment its arrival was told: one promised and not there holds up nothing.

    Raises:
        Problem: `not-found` for an institution that has no round.
    """
    drained = min(asked, gate.read_round(institution).windows[Window.ENTRY].closes) + DRAIN
    if now < drained:
        return min(MAX_WAIT, ceil((drained - now).total_seconds()))
    if now >= asked + MAX_IMPORT_WAIT:
        return 0
    return MAX_WAIT if any(_in_flight(job, asked) for job in import_store.latest(institution, _LATEST)) else 0


def _in_flight(job: Job, asked: datetime) -> bool:
    return job.state in _UNDER_WAY and job.arrival < asked
