"""Routes of the round's calendar."""

from datetime import datetime

from services.finalization.api import BKN, api
from services.finalization.calendar.preview_calendar import CalendarPreview, preview_calendar
from services.finalization.calendar.schedule_page import schedule_page
from services.finalization.calendar.set_calendar import set_calendar
from services.finalization.calendar.show_calendar import CalendarView, show_calendar
from services.finalization.institution.asked import Asked
from services.finalization.requests import CalendarBody, CalendarQuery
from services.kernel import clock
from services.kernel.replies import Reply
from services.kernel.sessions import Actor


@api.route("GET", "/calendar")
def calendar(query: CalendarQuery) -> CalendarView:
    """When what is open, for everybody."""
    return show_calendar(query.institution, clock.now())


@api.route("GET", "/schedule")
def schedule() -> Reply:
    """The same as a page, for readers without JavaScript."""
    return Reply(schedule_page(clock.now()))


@api.route("PUT", "/calendar", roles=BKN)
def put_calendar(body: CalendarBody, actor: Actor, received: datetime) -> Reply:
    """Set the round's windows; every institution follows within minutes, but for what is its own."""
    asked = Asked(actor, received, body.v)
    return Reply(set_calendar(body.spans(), body.written(), asked), status=202)


@api.route("POST", "/calendar/preview", roles=BKN)
def calendar_preview(body: CalendarBody, actor: Actor, received: datetime) -> CalendarPreview:
    """What setting this calendar would change, and for how many; nothing is written."""
    return preview_calendar(body.spans(), body.written(), Asked(actor, received, body.v), clock.now())
