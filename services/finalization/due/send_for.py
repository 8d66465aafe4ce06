"""What is due is looked for every minute: it is told how late it is, and a worker is sent for each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.finalization.adapters import due_queue
from services.finalization.model.folder import Due
from services.kernel import metrics
from services.kernel.log import LogLine, log
from services.kernel.metrics import Metric
from services.kernel.writes.calendar import DRAIN

ALARM_AFTER = timedelta(minutes=3)
"""How long something may be due before somebody is alarmed."""


@dataclass(frozen=True)
class Errand:
    """A kind of work that falls due: its queue, the figures it is told by, and the line of one that was not sent."""

    queue: str
    overdue: Metric
    oldest: Metric
    not_sent: LogLine


class NotSentError(Exception):
    """The queue did not take every message; the others were sent. The next run sends them again."""


def send_for(errand: Errand, due: Sequence[Due], now: datetime) -> int:
    """Have the work done on everything that is due at `now`; returns how many institutions that are.

    The figures are told first, and when nothing is due as well: if they stay away, the alarm knows that nobody looks.
    What was sent for already is not sent for again soon (adapters/due_queue.py); doubled runs are harmless.

    Raises:
        NotSentError: after everything was tried, when the queue did not take all.
    """
    late = [lateness(one, now) for one in due]
    oldest = max(late, default=timedelta(0)).total_seconds()
    metrics.publish({errand.overdue: sum(by > ALARM_AFTER for by in late), errand.oldest: oldest})
    refused = due_queue.send(errand.queue, due, now)
    for one in refused:
        log(errand.not_sent, institution=one.code, epoch=one.epoch)
    if refused:
        raise NotSentError(f"{len(refused)} of {len(due)}")
    return len(due)


def lateness(one: Due, now: datetime) -> timedelta:
    """For how long it has been due."""
    return now - (one.closed + DRAIN)
