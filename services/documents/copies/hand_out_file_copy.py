"""A person fetches the copy of his files that was made."""

from services.documents.adapters import file_copies, store
from services.documents.copies.own_files import own_files
from services.documents.files.record_reading import record_reading
from services.kernel.copies import find_made
from services.kernel.problems import Code, Problem
from services.kernel.web.request import Request


def hand_out_file_copy(copy: str, request: Request) -> str:
    """The link to it, good for five minutes; that it was taken is written down first.

    Raises:
        Problem: `not-found`, also for another person's and one that is not made, or `try-again`.
    """
    job = find_made(request.actor.id, copy, request.received)
    subject = store.load_subject(job.pid)
    if subject is None:
        raise Problem(Code.NOT_FOUND)
    record_reading(subject, request.actor, "take-file-copy", own_files(subject), request.received)
    return file_copies.link(job)
