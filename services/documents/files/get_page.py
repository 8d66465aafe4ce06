"""One page of a file as a picture."""

from datetime import datetime

from services.documents.access import Callers
from services.documents.adapters import objects
from services.documents.files.open_file import open_copy
from services.kernel.problems import Code, Problem
from services.kernel.web.replies import Picture


def get_page(text: str, page: str, callers: Callers, received: datetime) -> Picture:
    """The page with this number, from 1.

    Raises:
        Problem: see `open_copy`; `not-found` for a page that there is not.
    """
    file, _, _ = open_copy(text, callers, received)
    content = objects.read_page(file, int(page)) if page.isdecimal() else None
    if content is None:
        raise Problem(Code.NOT_FOUND)
    return Picture(content)
