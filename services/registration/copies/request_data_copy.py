"""A person asks for a copy of his data (domain.md, section 8: he may have what is kept of him)."""

from services.kernel.copies import CopyView, request_copy
from services.kernel.web.request import Request
from services.registration.adapters import copy_files, person_store
from services.registration.settings import settings


def request_data_copy(request: Request) -> CopyView:
    """Ask for it; while one is being made, it is that one.

    Raises:
        Problem: `not-found`, `throttled` or `try-again`.
    """
    institution = person_store.load(request.actor.id).institution
    return request_copy(
        request, institution=institution, prefix=copy_files.PREFIX, queue_url=settings().data_copies_queue
    )
