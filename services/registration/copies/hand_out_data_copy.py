"""A person fetches the copy of his data that was made."""

from services.kernel.copies import find_made
from services.kernel.problems import Code, Problem
from services.kernel.web.request import Request
from services.registration.adapters import access_log, copy_files, person_store
from services.registration.adapters.copy_files import Form


def hand_out_data_copy(copy: str, form: str, request: Request) -> str:
    """The link to one form of it, good for five minutes; that it was taken is written down first.

    Raises:
        Problem: `not-found`, also for another person's and one that is not made, or `try-again`.
    """
    if form not in set(Form):
        raise Problem(Code.NOT_FOUND)
    job = find_made(request.actor.id, copy, request.received)
    access_log.record_access(person_store.load(job.pid), request.actor, "take-data-copy", request.received)
    return copy_files.link(job, Form(form))
