"""How an upload stands: what a page asks again and again until the verdict is there."""

from datetime import datetime

from services.documents.access import Callers
from services.documents.files.open_file import open_file
from services.documents.files.view import FileView, view
from services.kernel.web.watched import Watched, patience


def get_upload(file: str, callers: Callers, now: datetime) -> Watched[FileView]:
    """The file with this id.

    Raises:
        Problem: `not-found` or `forbidden`.
    """
    found, _, _ = open_file(file, callers)
    return Watched(view(found), patience(found.received, now) if found.is_open else None)
