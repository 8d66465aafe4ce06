"""Days of service: periods clipped at the reference date, overlaps counted once (letter B/1511, rule 4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Service:
    """One appointment: from when to when, and what proves it.

    `end` None is an appointment that still runs. `proved` says whether both the SK and the proof of pay are
    accepted. `own` is service in the institution that registers the person. `sk` is the date on the SK.
    """

    start: date | None
    end: date | None = None
    proved: bool = False
    own: bool = True
    sk: date | None = None


def service_days(services: Iterable[Service], until: date, *, both_ends: bool = True) -> int:
    """Count the days on which the person served, up to and including `until`.

    A period without start, or whose end lies before its start, counts nothing: it is somebody's mistake
    and is reported apart. With `both_ends` 1 January to 31 December 2021 is 365 days, without it 364.
    """
    days = 0
    for start, end in _merged(services, until):
        days += (end - start).days + (1 if both_ends else 0)
    return days


def is_readable(service: Service) -> bool:
    """Whether the period has a start, and no end before it."""
    return service.start is not None and (service.end is None or service.start <= service.end)


def _merged(services: Iterable[Service], until: date) -> list[tuple[date, date]]:
    """The periods without overlaps; periods that touch become one, so cutting one in two changes nothing."""
    merged: list[tuple[date, date]] = []
    for start, end in sorted(_clipped(services, until)):
        if merged and start <= merged[-1][1] + _ONE_DAY:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _clipped(services: Iterable[Service], until: date) -> Iterable[tuple[date, date]]:
    for service in services:
        if service.start is not None and is_readable(service) and service.start <= until:
            yield service.start, min(service.end or until, until)
