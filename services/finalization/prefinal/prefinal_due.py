"""Every minute: find by the sparse index whose `ENTRY` ended without a list, and send for a worker each."""

from datetime import datetime

from services.finalization.adapters import store
from services.finalization.due.send_for import ALARM_AFTER, Errand, lateness, send_for
from services.finalization.model.folder import Due
from services.finalization.settings import settings
from services.kernel.log import LogLine
from services.kernel.metrics import Metric
from services.kernel.writes.calendar import DRAIN


def prefinal_due(now: datetime) -> int:
    """Have every institution pre-finalized that is due at `now`; returns how many that are.

    Raises:
        NotSentError: after everything was tried, when the queue did not take all.
    """
    prefinals = Errand(
        settings().prefinals_queue, Metric.PREFINAL_OVERDUE, Metric.OLDEST_PREFINAL_SECONDS, LogLine.PREFINAL_NOT_SENT
    )
    due = store.unlisted(now - DRAIN)
    return send_for(prefinals, [one for one in due if not _empty(one, now)], now)


def _empty(one: Due, now: datetime) -> bool:
    """Whether it waits because it has nobody, which is no fault; only who waits for long is looked at."""
    return lateness(one, now) > ALARM_AFTER and not store.counts(one.code).total
