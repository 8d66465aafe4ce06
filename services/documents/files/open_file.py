"""Find one file for somebody who may know of it."""

from services.documents.access import Callers, require_reader
from services.documents.adapters import store
from services.documents.model.file import File, Subject
from services.kernel.documents import parse_file_id
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Actor


def open_file(text: str, callers: Callers) -> tuple[File, Subject, Actor]:
    """The file with this id, whose it is today, and whoever of the callers may know of it.

    Raises:
        Problem: `not-found`, also for an id that is none and for a file that is not his; `forbidden`.
    """
    try:
        wanted = parse_file_id(text)
    except ValueError as error:
        raise Problem(Code.NOT_FOUND) from error
    file, subject = store.load_file(wanted), store.load_subject(wanted.subject)
    if file is None or subject is None:
        raise Problem(Code.NOT_FOUND)
    owner = store.owner_of(subject)
    return file, owner, require_reader(callers, subject, file, owner)
