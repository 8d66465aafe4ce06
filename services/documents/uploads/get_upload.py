"""How an upload stands: what a page asks again and again until the verdict is there."""

from services.documents.access import Callers
from services.documents.files.open_file import open_file
from services.documents.files.view import FileView, view


def get_upload(file: str, callers: Callers) -> FileView:
    """The file with this id.

    Raises:
        Problem: `not-found` or `forbidden`.
    """
    found, _, _ = open_file(file, callers)
    return view(found)
