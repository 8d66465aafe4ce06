"""BKN sets the round's windows, against a letter; each institution follows through a queue."""

from dataclasses import replace

from pydantic import BaseModel

from services.finalization.adapters import calendar_queue, calendar_store, store
from services.finalization.calendar.model import Calendar, Windows
from services.finalization.calendar.rules import require_sound
from services.finalization.institution.asked import Asked
from services.finalization.institution.letters import require_written
from services.finalization.institution.model import Letter
from services.kernel import privacy
from services.kernel.problems import Code, Problem

ACTION = "calendar.set"


class CalendarSet(BaseModel):
    """The version of the calendar that stands, and how many institutions it was sent to."""

    v: int
    applying: int


def set_calendar(windows: Windows, letter: Letter, asked: Asked) -> CalendarSet:
    """Make this the calendar, and send word to every institution.

    Setting what is set already changes nothing but sends it again: to whom it did not reach.

    Raises:
        Problem: `version-moved`; `invalid-fields` for a calendar out of order or instants in the past.
    """
    present = calendar_store.load()
    if (present.windows, present.letter) == (windows, letter):
        return _sent(present)
    calendar = checked(present, windows, letter, asked)
    delta = {
        "letter": letter.number,
        "windows": {w.value: [s.opens.isoformat(), s.closes.isoformat()] for w, s in windows.items()},
    }
    return _sent(calendar_store.save(present, calendar, asked.event(ACTION, delta)))


def checked(present: Calendar, windows: Windows, letter: Letter, asked: Asked) -> Calendar:
    """The calendar to be, not stored yet.

    Raises:
        Problem: `version-moved`; `invalid-fields` for a calendar out of order or instants in the past.
    """
    if asked.v is not None and asked.v != present.v:
        raise Problem(Code.VERSION_MOVED)
    require_written(letter, asked.received)
    require_sound(windows, present.windows, asked.received)
    return replace(present, windows=windows, letter=letter, salt=present.salt or privacy.new_salt())


def _sent(calendar: Calendar) -> CalendarSet:
    codes = store.every_code()
    calendar_queue.send(codes)
    return CalendarSet(v=calendar.v, applying=len(codes))
