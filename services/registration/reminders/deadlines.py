"""Which deadlines are near: in 7, 3 and 1 days (domain.md, section 11), by the day that people are told they end on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from services.kernel import clock
from services.kernel.writes.calendar import Round, Window

DAYS: Final = (7, 3, 1)


@dataclass(frozen=True)
class Deadline:
    """An instant at which windows of an institution close, so many days from the day it was found on."""

    institution: str
    closes: datetime
    days: int
    windows: tuple[Window, ...]

    @property
    def event(self) -> str:
        """Names the reminder: once more after an extension, for the close is another one then."""
        return f"reminder.{self.institution}.{clock.millis(self.closes)}.{self.days}"


def near(round_: Round, now: datetime) -> list[Deadline]:
    """What closes in 7, 3 or 1 days and is open now, the earliest first; windows that close together are one."""
    closing: dict[datetime, list[Window]] = {}
    for window, span in round_.windows.items():
        if span.holds(now):
            closing.setdefault(span.closes, []).append(window)
    left = {closes: days_left(closes, now) for closes in sorted(closing)}
    return [
        Deadline(round_.institution, closes, days, tuple(closing[closes]))
        for closes, days in left.items()
        if days in DAYS
    ]


def find(round_: Round, closes: datetime, days: int, now: datetime) -> Deadline | None:
    """The deadline that was found as `days` days away, while it is of use to tell.

    None when the window closes at another instant by now, is closed, or the next reminder's day has come.
    """
    windows = tuple(window for window, span in round_.windows.items() if span.closes == closes and span.holds(now))
    if not windows or days_left(closes, now) <= _NEXT[days]:
        return None
    return Deadline(round_.institution, closes, days, windows)


def days_left(closes: datetime, now: datetime) -> int:
    """Calendar days, in WIB, to the day that people are told: midnight ends its day."""
    day, _ = clock.day_and_time(closes)
    return (day - now.astimezone(clock.WIB).date()).days


_NEXT: Final[Mapping[int, int]] = {7: 3, 3: 1, 1: -1}
"""By the days of a reminder, how many are left when it makes way for the next one."""
