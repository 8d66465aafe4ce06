"""Routes of the queue of verification: how many records wait, the next one, giving one back."""

from datetime import datetime

from services.kernel.security.sessions import Actor
from services.kernel.web.request import Request
from services.registration.access.staff_roles import DECIDERS
from services.registration.api import api
from services.registration.queue.count_queue import QueueView, count_queue
from services.registration.queue.filters import QueueFilter
from services.registration.queue.give_back import give_back
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
