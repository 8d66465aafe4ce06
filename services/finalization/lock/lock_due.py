"""Every minute: lock every institution whose last window and drain are over."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

from services.finalization.adapters import store
from services.finalization.lock.lock_institution import DRAIN, lock_institution
from services.kernel.log import LogLine, log

MOST = 300
"""Institutions a run takes on, the longest due first; 600 due at once are done in two minutes."""
WORKERS = 8


class LocksFailedError(Exception):
    """Some institutions could not be locked; the others were. The next run tries again, the alarm tells."""


def lock_due(now: datetime, workers: int = WORKERS) -> int:
    """Lock what is due at `now`, each institution on its own; returns how many this run locked.

    Raises:
        LocksFailedError: after all were tried, when one or more failed.
    """
    due = store.due(now - DRAIN, MOST)
    if due:
        store.prepare_for_threads()
    with ThreadPoolExecutor(workers) as pool:
        tries = [(code, pool.submit(lock_institution, code, now)) for code in due]
    failed = [(code, error) for code, attempt in tries if (error := attempt.exception()) is not None]
    for code, error in failed:
        log(LogLine.LOCK_FAILED, institution=code, error=type(error).__name__)
    if failed:
        raise LocksFailedError(f"{len(failed)} of {len(tries)}")
    return sum(attempt.result() for _, attempt in tries)
