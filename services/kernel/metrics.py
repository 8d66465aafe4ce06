"""Every figure the functions tell CloudWatch, in its embedded metric format: one line of the log, no call.

Personal data cannot get in: a figure is a number under a name of this file, and the only dimensions are the stage, the
service and a window, of which there are few.
"""

import functools
from collections.abc import Mapping
from enum import Enum

from aws_lambda_powertools.metrics import EphemeralMetrics, MetricUnit

from services.kernel.settings import settings
from services.kernel.writes.calendar import Window

NAMESPACE = "Pendataan"


class Metric(Enum):
    """(name, unit). What each one means stands beside it."""

    GATE_TRIES = ("GateTries", MetricUnit.Count)
    """Transactions a write took: their sum is transactions, the number of samples is writes that were tried."""
    GATE_CONFLICTS = ("GateConflicts", MetricUnit.Count)
    """Transactions that found an item held by another one."""
    GATE_REFUSED = ("GateRefused", MetricUnit.Count)
    """Writes the gate refused because their window had closed at the instant of receipt."""
    GATE_GAVE_UP = ("GateGaveUp", MetricUnit.Count)
    """Writes given up after the last try; the caller was asked to come again."""
    REFUSED_AFTER_DEADLINE = ("RefusedAfterDeadline", MetricUnit.Count)
    """Requests answered `window-closed`, wherever it was seen."""
    DUE_OPEN = ("DueOpen", MetricUnit.Count)
    """Institutions that should have been locked more than three minutes ago and are not."""
    PUBLICATIONS_STOPPED = ("PublicationsStopped", MetricUnit.Count)
    """Institutions whose list or name holds what looks like a personal number, so that nothing new of them is shown."""
    ROWS_WITHHELD = ("RowsWithheld", MetricUnit.Count)
    """Rows of sealed lists of which only the number is shown, for the same reason."""
    FILES_ON_THEIR_WAY = ("FilesOnTheirWay", MetricUnit.Count)
    """Files with whose receipts people were let in before their inspection; 0 for who needed none."""
    OLDEST_DUE_SECONDS = ("OldestDueSeconds", MetricUnit.Seconds)
    """How long the institution that waits longest for its lock has been due; 0 when none waits."""

    PREFINAL_OVERDUE = ("PrefinalOverdue", MetricUnit.Count)
    """Institutions with people that the portal should have pre-finalized more than three minutes ago and has not."""
    OLDEST_PREFINAL_SECONDS = ("OldestPrefinalSeconds", MetricUnit.Seconds)
    """How long the institution that waits longest for its pre-finalization has been due; 0 when none waits."""


WINDOWS = frozenset({*Window, "SPTJM"})
"""The windows a figure may be about: those of the gate, and that of the signed statement (domain.md, section 4)."""


def publish(figures: Mapping[Metric, float], window: str | None = None) -> None:
    """Write one line with these figures, counted for this stage and service; by window as well, if one is given.

    Raises:
        ValueError: for a window that is none; names no value.
    """
    if window is not None and window not in WINDOWS:
        raise ValueError("not a window")
    line = _line(settings().service)
    line.add_dimension("stage", settings().stage)
    if window is not None:
        line.add_dimensions(service=settings().service, stage=settings().stage, window=str(window))
    for metric, figure in figures.items():
        name, unit = metric.value
        line.add_metric(name, unit, figure)
    line.flush_metrics()


@functools.cache
def _line(service: str) -> EphemeralMetrics:
    """The line of a process, which answers one request at a time; it is empty again once it is written."""
    return EphemeralMetrics(namespace=NAMESPACE, service=service)
