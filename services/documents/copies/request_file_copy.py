"""A person asks for a copy of his files (domain.md, section 8)."""

from typing import Final

from services.documents.adapters import file_copies, store
from services.documents.copies.own_files import own_files
from services.documents.settings import settings
from services.kernel.copies import CopyView, request_copy
from services.kernel.problems import Code, Problem
from services.kernel.web.request import Request

_NONE: Final = "Belum ada berkas yang dapat disalin. Salinan memuat berkas yang dapat Anda buka di portal ini."


def request_file_copy(request: Request) -> CopyView:
    """Ask for it; while one is being made, it is that one.

    Raises:
        Problem: `conflict` where he has no file to copy, `throttled` or `try-again`.
    """
    subject = store.load_subject(request.actor.id)
    if subject is None or not own_files(subject):
        raise Problem(Code.CONFLICT, _NONE)
    return request_copy(
        request, institution=subject.institution, prefix=file_copies.PREFIX, queue_url=settings().file_copies_queue
    )
