"""Give a record back to the queue that one does not decide on now: the next one may have it at once."""

from services.kernel.web.request import Request
from services.registration.access.scope import load_to_work_on
from services.registration.adapters import queue_store, search_store


def give_back(pid: str, *, institution: str, request: Request) -> None:
    """End one's lease on the record; where one has none any more there is nothing to do.

    Raises:
        Problem: `not-found`, `own-record`.
    """
    person = load_to_work_on(request.actor, institution, pid)
    place = search_store.place_of(institution, person.registration_number)
    if place is not None:
        queue_store.end(institution, place, pid, request.actor.id)
