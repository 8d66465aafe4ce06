"""Every minute: find by the sparse index what is due to be locked, and send for a locker each."""

from datetime import datetime

from services.finalization.adapters import store
from services.finalization.due.send_for import Errand, send_for
from services.finalization.settings import settings
from services.kernel.log import LogLine
from services.kernel.metrics import Metric
from services.kernel.writes.calendar import DRAIN


def lock_due(now: datetime) -> int:
    """Have everything locked that is due at `now`; returns how many institutions that are.

    Raises:
        NotSentError: after everything was tried, when the queue did not take all.
    """
    locks = Errand(settings().locks_queue, Metric.DUE_OPEN, Metric.OLDEST_DUE_SECONDS, LogLine.LOCK_NOT_SENT)
    return send_for(locks, store.due(now - DRAIN), now)
