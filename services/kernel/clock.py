"""The one clock. Windows, states and tokens are ruled by it; nothing else may ask for the time.

It runs with the machine's UTC clock. The local cloud may shift it to rehearse a deadline; in AWS it cannot be shifted.
"""

import os
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

WIB = timezone(timedelta(hours=7), "WIB")
"""Waktu Indonesia Barat, UTC+7, no daylight saving: the zone the calendar is announced in (domain.md, section 7)."""

_offset = timedelta(0)


def now() -> datetime:
    """The current instant, in UTC."""
    return machine_now() + _offset


def machine_now() -> datetime:
    """The machine's own clock: for TTL attributes, signed links and whatever AWS or a library measures itself."""
    return datetime.now(UTC)


def shift(offset: timedelta) -> None:
    """Let the clock run `offset` ahead of the machine's (negative: behind).

    Raises:
        RuntimeError: in AWS, where nobody may move the clock of a legal deadline.
    """
    if "AWS_EXECUTION_ENV" in os.environ:
        raise RuntimeError("the clock cannot be shifted in AWS")
    global _offset  # noqa: PLW0603 - one process has one clock
    _offset = offset


def millis(instant: datetime) -> int:
    """Milliseconds since 1970-01-01T00:00Z: how instants are stored and compared in a condition."""
    return int(instant.timestamp() * 1000 + 0.5)


def from_millis(stamp: int) -> datetime:
    """The instant, in UTC, of a stored number of milliseconds."""
    return datetime.fromtimestamp(stamp // 1000, UTC) + timedelta(milliseconds=stamp % 1000)


def day_text(day: date) -> str:
    """A day in words, e.g. `31 Desember 2021`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def day_and_time(instant: datetime, zone: tzinfo = WIB) -> tuple[date, str]:
    """The day and the time of day as people are told an instant: to the minute, e.g. `17.00`.

    Midnight itself ends its day, `24.00`: told as 00.00 of the next one, a close would be taken for a day later (ISO
    8601-1, 5.3.1.4 has both; letters and newspapers name the day that ends). A moment after it is `00.00`.
    """
    local = instant.astimezone(zone)
    if local.timetz().replace(tzinfo=None) == time.min:
        return local.date() - timedelta(days=1), "24.00"
    return local.date(), f"{local:%H.%M}"


def wib(instant: datetime) -> str:
    """An instant as people are told it, e.g. `22 Oktober 2022 pukul 17.00 WIB`, `30 September 2022 pukul 24.00 WIB`."""
    day, hour = day_and_time(instant)
    return f"{day_text(day)} pukul {hour} WIB"


def wib_from(instant: datetime) -> str:
    """From when something holds: midnight begins its day, `1 Oktober 2022 pukul 00.00 WIB`; a begun minute is over."""
    local = instant.astimezone(WIB)
    whole = local.replace(second=0, microsecond=0)
    begins = whole if whole == local else whole + timedelta(minutes=1)
    return f"{day_text(begins)} pukul {begins:%H.%M} WIB"


MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
