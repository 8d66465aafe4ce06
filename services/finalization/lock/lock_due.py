"""Every minute: find what is due by the sparse index, tell how late it is, and send for a locker each."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from services.finalization.adapters import lock_queue, store
from services.finalization.adapters.store import Due
from services.kernel import metrics
from services.kernel.calendar import DRAIN
from services.kernel.log import LogLine, log
from services.kernel.metrics import Metric

PATIENCE = timedelta(minutes=3)
"""How long after being due an institution may be open before somebody is alarmed."""


class LocksNotSentError(Exception):
    """The queue did not take every message; the others were sent. The next run sends them again."""


def lock_due(now: datetime) -> int:
    """Have everything locked that is due at `now`; returns how many institutions that are.

    The figures are told first, and when nothing is due as well: if they stay away, the alarm knows that nobody looks.
    What was sent for already is not sent for again soon (adapters/lock_queue.py); doubled runs are harmless.

    Raises:
        LocksNotSentError: after everything was tried, when the queue did not take all.
    """
    due = store.due(now - DRAIN)
    _tell(due, now)
    refused = lock_queue.send(due, now)
    for one in refused:
        log(LogLine.LOCK_NOT_SENT, institution=one.code, epoch=one.epoch)
    if refused:
        raise LocksNotSentError(f"{len(refused)} of {len(due)}")
    return len(due)


def _tell(due: Sequence[Due], now: datetime) -> None:
    late = [now - (one.closed + DRAIN) for one in due]
    metrics.publish(
        {
            Metric.DUE_OPEN: sum(by > PATIENCE for by in late),
            Metric.OLDEST_DUE_SECONDS: max(late, default=timedelta(0)).total_seconds(),
        }
    )
