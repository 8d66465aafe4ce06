"""Routes of what people ask to have put right and say of working there no more, and of those who answer."""

from datetime import datetime

from services.kernel.security.sessions import Actor, Role
from services.kernel.web.request import Request
from services.registration.access.staff_roles import ENTERERS, RECORD_READERS, REQUEST_DECIDERS, RESTORERS
from services.registration.api import api
from services.registration.correction_requests.decide_request import RequestDecision, decide_request
from services.registration.correction_requests.list_own_requests import OwnRequests, list_own_requests
from services.registration.correction_requests.list_requests import (
    ListedRequests,
    PersonsRequests,
    WaitingQuery,
    get_requests,
    list_overdue,
    list_requests,
)
from services.registration.correction_requests.request_correction import NewCorrectionRequest, request_correction
from services.registration.correction_requests.request_second_look import request_second_look
from services.registration.correction_requests.withdraw_request import withdraw_request
from services.registration.shared.views import Moved, OnVersion, Versioned, WithReason
from services.registration.statements.answer_statement import answer_statement
from services.registration.statements.confirm_statement import confirm_statement
from services.registration.statements.list_statements import ListedStatements, list_statements
from services.registration.statements.withdraw_statement import withdraw_statement

PERSON = frozenset({Role.HONORER})
BKN = frozenset({Role.BKN})


@api.route("GET", "/me/requests", roles=PERSON)
def own_requests(actor: Actor) -> OwnRequests:
    """What the person has asked to have put right, and what another request needs."""
    return list_own_requests(actor)


@api.route("POST", "/me/requests", roles=PERSON, status=201)
def request_new(body: NewCorrectionRequest, request: Request) -> Versioned:
    """Ask to have something put right ("permohonan perbaikan")."""
    return request_correction(body, request)


@api.route("POST", "/me/requests/{identifier}/withdrawal", roles=PERSON)
def request_withdrawal(identifier: str, body: OnVersion, request: Request) -> Versioned:
    """Take a request back."""
    return withdraw_request(identifier, body, request)


@api.route("POST", "/me/requests/{identifier}/second-look", roles=PERSON)
def second_look(identifier: str, body: WithReason, request: Request) -> Versioned:
    """Ask that what was refused is looked at once more."""
    return request_second_look(identifier, body, request)


@api.route("POST", "/me/return", roles=PERSON)
def statement_reversal(body: OnVersion, request: Request) -> Moved:
    """Come back to the roster after one's own statement took one off it."""
    return withdraw_statement(body, request)


@api.route("GET", "/institutions/{code}/requests", roles=RECORD_READERS)
def requests_waiting(code: str, query: WaitingQuery, actor: Actor, received: datetime) -> ListedRequests:
    """Requests that wait for a decision, by when they are due."""
    return list_requests(query, institution=code, actor=actor, received=received)


@api.route("GET", "/requests-overdue", roles=BKN)
def requests_overdue(actor: Actor, received: datetime) -> ListedRequests:
    """Requests of all institutions that waited for more than five working days."""
    return list_overdue(actor, received)


@api.route("GET", "/institutions/{code}/people/{person}/requests", roles=RECORD_READERS)
def requests_of_person(code: str, person: str, actor: Actor, received: datetime) -> PersonsRequests:
    """All requests of one person, with their evidence."""
    return get_requests(person, institution=code, actor=actor, received=received)


@api.route("POST", "/institutions/{code}/people/{person}/requests/{identifier}/decision", roles=REQUEST_DECIDERS)
def request_decision(code: str, person: str, identifier: str, body: RequestDecision, request: Request) -> Versioned:
    """Decide on a request, field by field."""
    return decide_request(person, identifier, body, institution=code, request=request)


@api.route("GET", "/institutions/{code}/statements", roles=RECORD_READERS)
def statements_waiting(code: str, query: WaitingQuery, actor: Actor, received: datetime) -> ListedStatements:
    """Who says that he works there no more, and waits for an answer."""
    return list_statements(query, institution=code, actor=actor, received=received)


@api.route("POST", "/institutions/{code}/people/{person}/statement/answer", roles=ENTERERS)
def statement_answer(code: str, person: str, body: WithReason, request: Request) -> Versioned:
    """Answer that he does work there."""
    return answer_statement(person, body, institution=code, request=request)


@api.route("POST", "/institutions/{code}/people/{person}/statement/confirmation", roles=RESTORERS)
def statement_confirmation(code: str, person: str, body: WithReason, request: Request) -> Moved:
    """Confirm it: he is taken off the roster."""
    return confirm_statement(person, body, institution=code, request=request)
