"""What a calendar would change, and for how many: nothing is written."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from services.finalization.adapters import calendar_store, store
from services.finalization.calendar.apply_calendar import under_calendar
from services.finalization.calendar.set_calendar import checked
from services.finalization.model.calendar import Calendar, Windows
from services.finalization.model.institution import Institution, Letter, Own
from services.finalization.shared.views import local
from services.kernel.writes.calendar import DRAIN, Span, Window


class SpanView(BaseModel):
    """From `opens` (included) to `closes` (excluded)."""

    opens: datetime
    closes: datetime


class Change(BaseModel):
    """A window that moves: `from` how it stands `to` how it would."""

    model_config = ConfigDict(serialize_by_alias=True, validate_by_name=True)

    window: Window
    before: SpanView = Field(alias="from")
    after: SpanView = Field(alias="to")


class EventKind(StrEnum):
    """What happens at an instant."""

    OPENS = "opens"
    CLOSES = "closes"
    PREFINAL = "prefinal"
    LOCK = "lock"


class TimelineEvent(BaseModel):
    """What happens when; pre-finalizing by the portal and the lock are of no window."""

    at: datetime
    window: Window | None
    event: EventKind


class Affected(BaseModel):
    """How many institutions: whose windows move, who keep a later instant or a cut of their own, who are locked."""

    affected: int
    extended: int
    cut: int
    locked: int


class CalendarPreview(BaseModel):
    """What setting the calendar would do."""

    now: datetime
    changes: list[Change]
    timeline: list[TimelineEvent]
    institutions: Affected


def preview_calendar(
    windows: Windows, letter: Letter, v: int | None, received: datetime, now: datetime
) -> CalendarPreview:
    """What setting this calendar would do, were it set now.

    Raises:
        Problem: as setting it would.
    """
    present = calendar_store.load()
    wanted = checked(present, windows, letter, v, received)
    return CalendarPreview(
        now=local(now),
        changes=[_change(w, present.windows[w], windows[w]) for w in Window if windows[w] != present.windows[w]],
        timeline=sorted(_timeline(windows), key=lambda event: event.at),
        institutions=_affected(wanted),
    )


def _affected(calendar: Calendar) -> Affected:
    counted = Counter(kind for one in store.everybody() for kind in _kinds(one, calendar))
    return Affected(**{name: counted[name] for name in Affected.model_fields})


def _kinds(institution: Institution, calendar: Calendar) -> Iterator[str]:
    if institution.locked_at is not None:
        yield "locked"
        return
    after = under_calendar(institution, calendar)
    if after.windows != institution.windows:
        yield "affected"
    if Own.CUT in institution.own.values():
        yield "cut"
    if any(_keeps_later(institution, window, calendar) for window in Window):
        yield "extended"


def _keeps_later(institution: Institution, window: Window, calendar: Calendar) -> bool:
    by_letter = institution.own.get(window) in {Own.EXTENDED, Own.SET}
    return by_letter and institution.windows[window].closes > calendar.windows[window].closes


def _timeline(windows: Windows) -> Iterator[TimelineEvent]:
    for window, span in windows.items():
        yield TimelineEvent(at=local(span.opens), window=window, event=EventKind.OPENS)
        yield TimelineEvent(at=local(span.closes), window=window, event=EventKind.CLOSES)
    last, entry = max(span.closes for span in windows.values()), windows[Window.ENTRY].closes
    if entry < last:
        yield TimelineEvent(at=local(entry + DRAIN), window=None, event=EventKind.PREFINAL)
    yield TimelineEvent(at=local(last + DRAIN), window=None, event=EventKind.LOCK)


def _change(window: Window, before: Span, after: Span) -> Change:
    return Change(window=window, before=_span(before), after=_span(after))


def _span(span: Span) -> SpanView:
    return SpanView(opens=local(span.opens), closes=local(span.closes))
