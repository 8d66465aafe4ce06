"""The applications that wait for bkn, and those decided."""

from datetime import datetime
from typing import Final

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.security.sessions import Actor
from services.registration.adapters import access_log, application_store
from services.registration.applications.number_and_code import load_by
from services.registration.applications.views import ApplicationView, ListedApplication, list_view, view_application
from services.registration.model.application import ApplicationState, in_groups

_MOST: Final = 200
_MOST_COUNTED: Final = 1000


class ApplicationsQuery(BaseModel):
    """Which of them."""

    state: ApplicationState = ApplicationState.DIAJUKAN


class Applications(BaseModel):
    """Those that wait the oldest first, others the newest; `more`: there are others beyond these 200."""

    items: list[ListedApplication]
    more: bool


class ApplicationsWaiting(BaseModel):
    """How many wait, and how many of them longer than their three working days; `more`: not all were counted."""

    waiting: int
    overdue: int
    more: bool


def list_applications(query: ApplicationsQuery) -> Applications:
    """The applications in a state; one just made or moved may take a moment to show."""
    found, more = application_store.in_state(query.state, _MOST)
    return Applications(items=[list_view(one) for one in found], more=more)


def count_applications() -> ApplicationsWaiting:
    """What waits for bkn; nothing of it is read."""
    due, more = application_store.due_of_open(_MOST_COUNTED)
    return ApplicationsWaiting(waiting=len(due), overdue=sum(at <= clock.now() for at in due), more=more)


def get_application(number: str, by: Actor, received: datetime) -> ApplicationView:
    """One application with the whole NIP, for the letter says it too; that it was read is written down first.

    Raises:
        Problem: `not-found`; `try-again` when the reading could not be written down.
    """
    application = load_by(number)
    what = {"application": in_groups(application.number)}
    access_log.record_reading(application.institution, by, "read-application", received, what)
    return view_application(application)
