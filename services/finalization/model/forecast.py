"""How far an institution comes by its close at the pace it has had: a figure to look by, never one to decide by."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Final

from services.kernel import clock

LEAST: Final = 3
"""Days that must be over since the first verdict; under that nothing is forecast (ours)."""
MOST: Final = 7
"""Days that the pace is taken of: a whole week, so that it holds a weekend as the time to come does."""
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Forecast:
    """`pace`: verdicts a calendar day, never below nothing; `left`: how many people would be without at the close."""

    pace: Fraction
    left: int


def forecast(decided_on: Mapping[date, int], undecided: int, now: datetime, closes: datetime) -> Forecast | None:
    """What is left of `undecided` people at `closes`, if each day to come brings what the last days did.

    `decided_on` are verdicts by day in WIB, those that went taken off; the day of `now` is not over and does not count.
    None when it cannot be told yet, and once it is over.
    """
    today = now.astimezone(clock.WIB).date()
    began = min((day for day, verdicts in decided_on.items() if verdicts), default=today)
    days = min((today - began).days, MOST)
    if days < LEAST or now >= closes:
        return None
    since = today - days * _DAY
    brought = max(0, sum(verdicts for day, verdicts in decided_on.items() if since <= day < today))
    to_come = brought * (closes - now) // (days * _DAY)
    return Forecast(Fraction(brought, days), max(0, undecided - to_come))
