"""A private link of five minutes to the kept copy of a file."""

from datetime import datetime

from services.documents.access import Callers
from services.documents.adapters import objects
from services.documents.files.open_file import open_copy
from services.documents.files.view import file_name


def hand_out_file(text: str, callers: Callers, received: datetime) -> str:
    """The link.

    Raises:
        Problem: see `open_copy`.
    """
    file, _, _ = open_copy(text, callers, received)
    return objects.link(file.key or "", filename=file_name(file), content_type=file.content_type)
