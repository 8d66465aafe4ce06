"""That an institution announced its list by itself, and for how long (domain.md, section 3, *Own announcement*)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from services.finalization.model.institution import Prefinal
from services.kernel import clock

LEAST_DAYS: Final = 5
"""Calendar days that must have passed since the day it went up: 3 October, final from 8 October on."""


@dataclass(frozen=True)
class Announced:
    """What it recorded of one numbered list: the day it went up, and on its board or on the web."""

    number: int
    on: date
    place: Literal["BOARD", "WEB"]


def announcement_of(prefinal: Prefinal | None, announced: Iterable[Announced]) -> Announced | None:
    """What is recorded of the newest pre-final list; an earlier one's says nothing of it."""
    return next((each for each in announced if prefinal and each.number == prefinal.number), None)


def days_announced(prefinal: Prefinal | None, announced: Iterable[Announced], now: datetime) -> int | None:
    """How many calendar days in WIB the newest pre-final list has been up; None where nothing is recorded of it.

    A list is up on no day before the portal had made it, whatever was typed.
    """
    recorded = announcement_of(prefinal, announced)
    if prefinal is None or recorded is None:
        return None
    since = max(recorded.on, prefinal.at.astimezone(clock.WIB).date())
    return max(0, (now.astimezone(clock.WIB).date() - since).days)
