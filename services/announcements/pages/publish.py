"""Every minute: make the pages of whatever changed, the directory last."""

import time
from datetime import datetime, timedelta
from itertools import chain

from services.announcements.adapters import contact_store, dirty_store, institution_store, publication_store, site
from services.announcements.adapters.institution_store import DIRECTORY
from services.announcements.model.publication import PublicationState
from services.announcements.pages.build_contacts import build_contacts
from services.announcements.pages.build_directory import build_directory
from services.announcements.pages.publish_institution import publish_institution
from services.announcements.pages.publish_reports import publish_reports
from services.announcements.pages.write_objects import write_objects
from services.kernel import clock, metrics
from services.kernel.metrics import Metric

BUDGET = 150.0
"""Seconds after which no further institution is begun: half of what the function has; the next minute goes on."""
TRY_AGAIN = timedelta(minutes=1)
"""When an institution is taken up again whose pages could not be made: behind those that wait already."""


def publish(now: datetime, budget: float = BUDGET) -> None:
    """Publish every institution whose turn it is, as far as `budget` seconds allow.

    Raises:
        Problem: `try-again`; what was not done keeps its mark.
    """
    started = time.monotonic()
    for code in dirty_store.due(now):
        if code != DIRECTORY and time.monotonic() - started < budget:
            _take(code, now)
    for mark in dirty_store.due(now):  # of whoever was published for the first time just now
        if dirty_store.counted(mark) and time.monotonic() - started < budget:
            _take(mark, now)
    _directory(now)
    _tell()


def _take(code: str, now: datetime) -> None:
    begun = clock.now()
    taken = dirty_store.take(code, begun)
    if taken is None:
        return
    again: datetime | None = begun + TRY_AGAIN
    try:
        again = _made(code, now)
    finally:
        dirty_store.give_back(code, taken, again=again)


def _made(code: str, now: datetime) -> datetime | None:
    """Make what a mark stands for; when to look again by itself."""
    counted = dirty_store.counted(code)
    if counted is None:
        return publish_institution(code, now)
    publish_reports(counted)
    return None


def _directory(now: datetime) -> None:
    taken = dirty_store.take(DIRECTORY, clock.now())
    if taken is None:
        return
    summaries = institution_store.summaries()
    objects = chain(build_directory(summaries, now), build_contacts(summaries, contact_store.contacts()))
    write_objects(DIRECTORY, site.load_manifest(DIRECTORY), objects)
    dirty_store.give_back(DIRECTORY, taken)


def _tell() -> None:
    """How much is held back, every minute, also when nothing is: the alarm stands for as long as something is."""
    standing = publication_store.standing()
    stopped = sum(one.state is PublicationState.BERHENTI for one in standing)
    withheld = sum(one.rows for one in standing if one.state is PublicationState.DISUNTING)
    metrics.publish({Metric.PUBLICATIONS_STOPPED: stopped, Metric.ROWS_WITHHELD: withheld})
