"""Working days of Indonesia's offices: Monday to Friday without public holidays and without *cuti bersama*.

Holidays come from the package `holidays`, which takes them from the yearly joint decree (SKB 3 Menteri); *cuti
bersama*, the collective leave that a Keppres gives civil servants each year, is its category `government`. On such a
day an office is closed, so that it does not count against whoever has to answer within so many days. For years without
a decree yet the package reckons religious feasts and guesses at collective leave: an instant so far ahead may move with
a release of it, by days. What has been promised is therefore to be kept as an instant, not reckoned anew.

The package is loaded by whoever asks first: it takes a third of a second, and most functions never do. registration and
announcements have it in their bundles.
"""

import functools
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from services.kernel.clock import WIB

if TYPE_CHECKING:
    from holidays import HolidayBase

_SATURDAY = 5
_DAY = timedelta(days=1)


def is_working_day(day: date) -> bool:
    """Whether offices work on this day."""
    return day.weekday() < _SATURDAY and day not in _holidays()


def end_of_working_day(since: datetime, days: int) -> datetime:
    """The midnight that ends the `days`-th working day after the day, in WIB, on which `since` falls.

    The day itself does not count, however early it was: whoever has three working days has three whole ones. An
    instant in WIB; a due time holds until just before it.

    Raises:
        ValueError: for fewer than one day.
    """
    if days < 1:
        raise ValueError("at least one working day")
    day, left = since.astimezone(WIB).date(), days
    while left:
        day += _DAY
        left -= is_working_day(day)
    return datetime.combine(day + _DAY, time.min, WIB)


@functools.cache
def _holidays() -> "HolidayBase":
    """Filled by the package itself, a year at a time."""
    from holidays import GOVERNMENT, PUBLIC, country_holidays  # noqa: PLC0415 - a third of a second

    return country_holidays("ID", categories=(PUBLIC, GOVERNMENT))
