"""A person's files as they count now: neither what was replaced or stands aside, nor anything that leads to bytes."""

from datetime import datetime

from pydantic import BaseModel

from services.documents import access
from services.documents.adapters import store
from services.documents.files.record_reading import record_reading
from services.documents.files.view import FileView, view
from services.documents.model.file import File, Subject
from services.kernel.documents import FileState
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import NATIONAL, Actor, Role


class FileList(BaseModel):
    """A person's files, by kind."""

    items: list[FileView]


def list_files(person: str, actor: Actor, received: datetime) -> FileList:
    """The files of a person: his own, or for staff those of somebody in their scope.

    Raises:
        Problem: `not-found`; `try-again` when the reading could not be written down.
    """
    subject = store.load_subject(person)
    if actor.role is not Role.HONORER:
        access.require_scope(actor, subject)
    elif actor.id != person:
        raise Problem(Code.NOT_FOUND)
    found = counting(subject) if subject else []
    if subject and actor.role in NATIONAL:
        record_reading(subject, actor, "list-files", found, received)
    return FileList(items=[view(file) for file in found if file.id.jenis in access.READS[actor.role]])


def counting(subject: Subject) -> list[File]:
    """The files of the record, of two accepted ones in the same place the newer.

    There may be two: one came under the enrolment that made the account, the other before documents heard of that.
    """
    files = [
        file
        for one in store.line_of(subject)
        for file in store.files_of(one.id)
        if file.state is not FileState.DIGANTI and one.holds(file)
    ]
    newest = {file.evidence: file for file in files if file.state is FileState.DITERIMA}
    return [file for file in files if file.state is not FileState.DITERIMA or file is newest[file.evidence]]
