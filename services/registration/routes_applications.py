"""Routes of applications for an institution's first admin: of the applicant, who has no account, and of bkn."""

from datetime import datetime

from services.kernel.security.sessions import Actor, Role
from services.kernel.web.request import Request
from services.registration.api import api
from services.registration.applications.decide_application import (
    ApplicationDecision,
    DecidedApplication,
    decide_application,
)
from services.registration.applications.follow import (
    ApplicationStatus,
    NumberAndCode,
    find_application,
    withdraw_application,
)
from services.registration.applications.list_applications import (
    Applications,
    ApplicationsQuery,
    ApplicationsWaiting,
    count_applications,
    get_application,
    list_applications,
)
from services.registration.applications.submit_application import Applied, NewApplication, submit_application
from services.registration.applications.views import ApplicationView

_BKN = frozenset({Role.BKN})


@api.route("POST", "/applications", status=201)
def application_new(body: NewApplication, request: Request) -> Applied:
    """Apply for one's institution's first admin."""
    return submit_application(body, request)


@api.route("POST", "/applications/lookups")
def application_status(body: NumberAndCode, request: Request) -> ApplicationStatus:
    """How an application stands, by number and code."""
    return find_application(body, request)


@api.route("POST", "/applications/withdrawals")
def application_withdrawn(body: NumberAndCode, request: Request) -> ApplicationStatus:
    """Take an application back, by number and code."""
    return withdraw_application(body, request)


@api.route("GET", "/applications", roles=_BKN)
def applications(query: ApplicationsQuery) -> Applications:
    """The applications in a state."""
    return list_applications(query)


@api.route("GET", "/applications-waiting", roles=_BKN)
def applications_waiting() -> ApplicationsWaiting:
    """How many wait for bkn."""
    return count_applications()


@api.route("GET", "/applications/{number}", roles=_BKN)
def application(number: str, actor: Actor, received: datetime) -> ApplicationView:
    """One application, with what bkn compares the letter with."""
    return get_application(number, actor, received)


@api.route("POST", "/applications/{number}/decision", roles=_BKN)
def application_decided(number: str, body: ApplicationDecision, request: Request) -> DecidedApplication:
    """Approve an application, which sends the invitation, or refuse it."""
    return decide_application(number, body, request)
