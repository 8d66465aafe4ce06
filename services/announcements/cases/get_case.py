"""Staff open a case; every reading is written down."""

from datetime import datetime

from services.announcements.cases.case_view import CaseView, view_case
from services.announcements.cases.who_may import load_readable, write_down_reading
from services.kernel.security.sessions import Actor


def get_case(code: str, number: str, actor: Actor, received: datetime) -> CaseView:
    """A case; that it was read is written down first.

    Raises:
        Problem: `not-found`, `forbidden`, `own-record`; `try-again` when the reading could not be written down.
    """
    case = load_readable(code, number, actor)
    write_down_reading(code, actor, received, [case.number])
    return view_case(case, actor, received)
