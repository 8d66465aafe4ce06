"""BKN sets the round's windows, against a letter; each institution follows through a queue."""

from dataclasses import replace
from datetime import datetime

from pydantic import BaseModel

from services.finalization.adapters import calendar_queue, calendar_store, store
from services.finalization.adapters.store import Changed
from services.finalization.calendar.rules import require_sound
from services.finalization.model.calendar import Calendar, Windows
from services.finalization.model.institution import Letter
from services.finalization.shared.asked import event_of
from services.finalization.shared.letters import require_written
from services.kernel.problems import Code, Problem
from services.kernel.security import privacy
from services.kernel.web.request import Request

ACTION = "calendar.set"


class CalendarSet(BaseModel):
    """The version of the calendar that stands, and how many institutions it was sent to."""

    v: int
    applying: int


def set_calendar(windows: Windows, letter: Letter, v: int | None, request: Request) -> CalendarSet:
    """Make this the calendar, and send word to every institution.

    A retry, and setting what is set already, change nothing but send it again: to whom it did not reach.

    Raises:
        Problem: `version-moved`; `invalid-fields` for a calendar out of order or instants in the past.
    """
    changed = request.once.answer(Changed, lambda: calendar_store.changed(_set(windows, letter, v, request)))
    codes = store.every_code()
    calendar_queue.send(codes)
    return CalendarSet(v=changed.v, applying=len(codes))


def _set(windows: Windows, letter: Letter, v: int | None, request: Request) -> Calendar:
    present = calendar_store.load()
    if (present.windows, present.letter) == (windows, letter):
        return calendar_store.remember(present, request.once)
    calendar = checked(present, windows, letter, v, request.received)
    delta = {
        "letter": letter.number,
        "windows": {w.value: [s.opens.isoformat(), s.closes.isoformat()] for w, s in windows.items()},
    }
    return calendar_store.save(present, calendar, event_of(request, ACTION, delta), request.once)


def checked(present: Calendar, windows: Windows, letter: Letter, v: int | None, received: datetime) -> Calendar:
    """The calendar to be, not stored yet.

    Raises:
        Problem: `version-moved`; `invalid-fields` for a calendar out of order or instants in the past.
    """
    if v is not None and v != present.v:
        raise Problem(Code.VERSION_MOVED)
    require_written(letter, received)
    require_sound(windows, present.windows, received)
    return replace(present, windows=windows, letter=letter, salt=present.salt or privacy.new_salt())
