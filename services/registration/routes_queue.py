"""Routes of the queue of verification: how many wait, the next one, giving one back, approving many together."""

from datetime import datetime

from services.kernel.security.sessions import Actor
from services.kernel.web.request import Request
from services.registration.access.staff_roles import DECIDERS
from services.registration.api import api
from services.registration.queue.count_queue import QueueView, count_queue
from services.registration.queue.decide_together import Approvals, ApprovalsView, decide_together
from services.registration.queue.filters import QueueFilter
from services.registration.queue.give_back import give_back
from services.registration.queue.preview_approvals import Candidates, CandidatesView, preview_approvals
from services.registration.queue.take_next import NextView, Turn, take_next


@api.route("GET", "/institutions/{code}/queue", roles=DECIDERS)
def queue(code: str, query: QueueFilter, actor: Actor, received: datetime) -> QueueView:
    """How many records wait for a verdict of whoever asks."""
    return count_queue(query, institution=code, actor=actor, received=received)


@api.route("POST", "/institutions/{code}/queue/turns", roles=DECIDERS)
def queue_turn(code: str, body: Turn, request: Request) -> NextView:
    """The next record, which nobody else is handed for a while; the retry of a lost answer is handed another one."""
    return take_next(body, institution=code, request=request)


@api.route("DELETE", "/institutions/{code}/queue/turns/{person}", roles=DECIDERS)
def queue_return(code: str, person: str, request: Request) -> None:
    """Give a record back undecided."""
    give_back(person, institution=code, request=request)


@api.route("POST", "/institutions/{code}/approvals/preview", roles=DECIDERS)
def approvals_preview(code: str, body: Candidates, request: Request) -> CandidatesView:
    """Which records may be approved together, and why the others may not; nothing is written."""
    return preview_approvals(body, institution=code, request=request)


@api.route("POST", "/institutions/{code}/approvals", roles=DECIDERS)
def approvals(code: str, body: Approvals, request: Request) -> ApprovalsView:
    """Approve the records that were shown, each that still qualifies."""
    return decide_together(body, institution=code, request=request)
