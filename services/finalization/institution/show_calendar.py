"""When what is open: for everybody, with the server's own time to count down by."""

from datetime import datetime

from pydantic import BaseModel

from services.finalization.adapters import store
from services.finalization.institution.views import WindowView, local, windows_of
from services.kernel.calendar import DEFAULT_2022
from services.kernel.states import Phase


class CalendarView(BaseModel):
    """The round's calendar, or one institution's; instants are in the zone it is announced in."""

    now: datetime
    zone: str
    institution: str | None
    phase: Phase | None
    windows: list[WindowView]


def show_calendar(code: str | None, now: datetime) -> CalendarView:
    """The calendar of an institution, or the one every institution starts with.

    Raises:
        Problem: `not-found` for an institution that has no round.
    """
    if code is None:
        windows = [
            WindowView(name=name.value, opens=span.opens, closes=span.closes, open=span.holds(now))
            for name, span in DEFAULT_2022.items()
        ]
        return CalendarView(now=local(now), zone="WIB", institution=None, phase=None, windows=windows)
    institution = store.load(code, with_private=False)
    windows = windows_of(institution, now)
    return CalendarView(now=local(now), zone="WIB", institution=code, phase=institution.phase, windows=windows)
