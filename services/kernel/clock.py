"""The one clock. Windows, states and tokens are ruled by it; nothing else may ask for the time.

It runs with the machine's UTC clock. The local cloud may shift it to rehearse a deadline; in AWS it cannot be shifted.
"""

import os
from datetime import UTC, date, datetime, timedelta, timezone

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


def wib(instant: datetime) -> str:
    """An instant as people are told it, e.g. `22 Oktober 2022 pukul 17.00 WIB`; with seconds where there are any."""
    local = instant.astimezone(WIB)
    return f"{day_text(local)} pukul {local:{'%H.%M.%S' if local.second else '%H.%M'}} WIB"


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
