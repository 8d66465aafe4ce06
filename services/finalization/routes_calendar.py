"""Routes of the round's calendar."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from services.finalization.api import BKN, api
from services.finalization.calendar.get_calendar import CalendarView, get_calendar
from services.finalization.calendar.preview_calendar import CalendarPreview, preview_calendar
from services.finalization.calendar.schedule_page import schedule_page
from services.finalization.calendar.set_calendar import CalendarSet, set_calendar
from services.finalization.model.institution import Letter
from services.finalization.requests import Instant, Line, Versioned
from services.kernel import clock
from services.kernel.values.dates import DayField
from services.kernel.web.plain_page import PlainPage
from services.kernel.web.request import Request
from services.kernel.writes.calendar import Span, Window


class SpanBody(BaseModel):
    """From `opens` (included) to `closes` (excluded)."""

    opens: Instant
    closes: Instant


class WindowsBody(BaseModel):
    """All four windows of the round, and no other."""

    model_config = ConfigDict(extra="forbid")

    ENTRY: SpanBody
    DOSSIER: SpanBody
    CORRECTION: SpanBody
    VERIFICATION: SpanBody


class CalendarLetterBody(BaseModel):
    """The letter a calendar rests on."""

    number: Line
    date: DayField


class CalendarBody(Versioned):
    """When what should be open; `v` is the calendar's version its sender saw."""

    windows: WindowsBody
    letter: CalendarLetterBody

    def spans(self) -> dict[Window, Span]:
        """The windows by their names."""
        given = {window: getattr(self.windows, window.value) for window in Window}
        return {window: Span(span.opens, span.closes) for window, span in given.items()}

    def written(self) -> Letter:
        """The letter as it is put on record."""
        return Letter(self.letter.number, self.letter.date)


class CalendarQuery(BaseModel):
    """Whose calendar; nobody's means the one every institution starts with."""

    institution: str | None = None


@api.route("GET", "/calendar")
def calendar(query: CalendarQuery) -> CalendarView:
    """When what is open, for everybody."""
    return get_calendar(query.institution, clock.now())


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
