"""When what is open: for everybody, with the server's own time to count down by."""

from datetime import datetime

from pydantic import BaseModel

from services.finalization.adapters import calendar_store, store
from services.finalization.shared.views import WindowView, local, spans_of, windows_of
from services.kernel.states import Phase


class CalendarView(BaseModel):
    """The round's calendar, or one institution's; instants are in the zone it is announced in.

    `v` is the calendar's version, 0 for the built-in one; null for an institution's.
    """

    now: datetime
    zone: str
    institution: str | None
    phase: Phase | None
    windows: list[WindowView]
    v: int | None


def get_calendar(code: str | None, now: datetime) -> CalendarView:
    """The calendar of an institution, or the one every institution starts with.

    Raises:
        Problem: `not-found` for an institution that has no round.
    """
    if code is None:
        calendar = calendar_store.load(consistent=False)
        windows, v, phase = spans_of(calendar.windows, now), calendar.v, None
    else:
        institution = store.load(code, with_private=False)
        windows, v, phase = windows_of(institution, now), None, institution.phase
    return CalendarView(now=local(now), zone="WIB", institution=code, phase=phase, windows=windows, v=v)
