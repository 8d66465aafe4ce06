"""Routes of the round's calendar."""

from datetime import datetime

from services.finalization.api import BKN, api
from services.finalization.calendar.preview_calendar import CalendarPreview, preview_calendar
from services.finalization.calendar.schedule_page import schedule_page
from services.finalization.calendar.set_calendar import CalendarSet, set_calendar
from services.finalization.calendar.show_calendar import CalendarView, show_calendar
from services.finalization.requests import CalendarBody, CalendarQuery
from services.kernel import clock
from services.kernel.plain_page import PlainPage
from services.kernel.request import Request


@api.route("GET", "/calendar")
def calendar(query: CalendarQuery) -> CalendarView:
    """When what is open, for everybody."""
    return show_calendar(query.institution, clock.now())


@api.route("GET", "/schedule")
def schedule() -> PlainPage:
    """The same as a page, for readers without JavaScript."""
    return schedule_page(clock.now())


@api.route("PUT", "/calendar", roles=BKN, status=202)
def put_calendar(body: CalendarBody, request: Request) -> CalendarSet:
    """Set the round's windows; every institution follows within minutes, but for what is its own."""
    return set_calendar(body.spans(), body.written(), body.v, request)


@api.route("POST", "/calendar/preview", roles=BKN)
def calendar_preview(body: CalendarBody, received: datetime) -> CalendarPreview:
    """What setting this calendar would change, and for how many; nothing is written."""
    return preview_calendar(body.spans(), body.written(), body.v, received, clock.now())
