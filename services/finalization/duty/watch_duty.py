"""What the duty officer watches on the last evening (domain.md, section 2: somebody is on call until the last lock)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final, Self

from pydantic import BaseModel

from services.finalization.adapters import service_figures, store
from services.finalization.adapters.institution_items import REQUESTS, STATEMENTS
from services.finalization.adapters.service_figures import Answered
from services.finalization.model.folder import Due
from services.finalization.shared.views import local, maybe_local
from services.kernel import clock
from services.kernel.web.watched import Watched
from services.kernel.writes.calendar import DRAIN

SHOWN: Final = 20
"""Lines of a list; the figures beside it count all."""
EVER: Final = timedelta(days=3650)
WATCHED: Final = timedelta(minutes=15)
"""How far back figures are summed."""
AGAIN: Final = 10
"""Seconds until it is worth asking again: a lock takes less, a figure of CloudWatch some more."""


class ClosingView(BaseModel):
    """Institutions that close for good at one instant, and from when on the locker may lock them."""

    closes: datetime
    lock_at: datetime
    institutions: int


class LateView(BaseModel):
    """An institution that should have been locked, and for how long."""

    code: str
    name: str
    lock_at: datetime
    seconds: int


class WaitingView(BaseModel):
    """How many letters of a kind wait for bkn, and since when the oldest does."""

    count: int
    since: datetime | None

    @classmethod
    def of(cls, waiting: Sequence[Due]) -> Self:
        """The letters, the oldest first."""
        return cls(count=len(waiting), since=maybe_local(waiting[0].closed if waiting else None))


class ServiceView(BaseModel):
    """How a service answers: server errors in the last counted minute and the last fifteen, and requests too late.

    All None where nobody counted a request of it, or nobody could tell: no zero stands there that was not counted.
    """

    service: str
    errors_minute: int | None = None
    errors: int | None = None
    refused: int | None = None


class DutyView(BaseModel):
    """The last evening at a glance. `counted`: the minute (its beginning) that the services' figures reach to."""

    now: datetime
    closings: list[ClosingView]
    closings_more: int
    late: list[LateView]
    late_count: int
    extensions: WaitingView
    statements: WaitingView
    services: list[ServiceView]
    counted: datetime | None


def watch_duty(now: datetime) -> Watched[DutyView]:
    """What stands now; there is always more to come until the last lock, so it is always worth asking again."""
    unlocked = store.due(now + EVER)
    late = [one for one in unlocked if one.closed + DRAIN <= now]
    coming = Counter(one.closed for one in unlocked if one.closed + DRAIN > now)
    until = clock.machine_now().replace(second=0, microsecond=0)
    answered = service_figures.answered(until - WATCHED, until) or {}
    view = DutyView(
        now=local(now),
        closings=[_closing(closes, coming[closes]) for closes in sorted(coming)[:SHOWN]],
        closings_more=max(0, len(coming) - SHOWN),
        late=_late(late[:SHOWN], now),
        late_count=len(late),
        extensions=WaitingView.of(store.waits(REQUESTS)),
        statements=WaitingView.of(store.waits(STATEMENTS)),
        services=[_service(name, answered.get(name)) for name in service_figures.SERVICES],
        counted=maybe_local(_last(answered)),
    )
    return Watched(view, AGAIN)


def _closing(closes: datetime, institutions: int) -> ClosingView:
    return ClosingView(closes=local(closes), lock_at=local(closes + DRAIN), institutions=institutions)


def _late(late: Sequence[Due], now: datetime) -> list[LateView]:
    names = {one.code: one.title for one in store.records([one.code for one in late])}
    return [
        LateView(
            code=one.code,
            name=names.get(one.code, one.code),
            lock_at=local(one.closed + DRAIN),
            seconds=int((now - one.closed - DRAIN).total_seconds()),
        )
        for one in late
    ]


def _last(answered: Mapping[str, Answered]) -> datetime | None:
    return max((minute for each in answered.values() for minute in each.requests), default=None)


def _service(name: str, answered: Answered | None) -> ServiceView:
    if answered is None or not answered.requests:
        return ServiceView(service=name)
    last = max(answered.requests)
    return ServiceView(
        service=name,
        errors_minute=int(answered.errors.get(last, 0)),
        errors=int(sum(answered.errors.values())),
        refused=int(sum(answered.refused.values())),
    )
