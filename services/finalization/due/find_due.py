"""The institution a message is about, if what it asks for is due under the calendar that stands."""

from collections.abc import Callable
from datetime import datetime

from services.finalization.adapters import store
from services.finalization.calendar.apply_calendar import brought_up_to_date
from services.finalization.model.institution import Institution


def find_due(code: str, now: datetime, is_due: Callable[[Institution, datetime], bool]) -> Institution | None:
    """The institution as it stands, or None where nothing is due of it.

    A calendar set meanwhile is looked at before anything is done; most messages about what is over cost one read.
    """
    institution = store.find(code)
    if institution is None or not is_due(institution, now):
        return None
    institution = brought_up_to_date(institution)
    return institution if is_due(institution, now) else None
