"""A person's files as they count now: neither replaced ones nor anything that leads to their bytes."""

from datetime import datetime

from pydantic import BaseModel

from services.documents import access
from services.documents.adapters import store
from services.documents.files.record_reading import record_reading
from services.documents.files.view import FileView, view
from services.kernel.documents import FileState
from services.kernel.problems import Code, Problem
from services.kernel.sessions import NATIONAL, Actor, Role


class FileList(BaseModel):
    """A person's files, by kind."""

    items: list[FileView]


def list_files(person: str, actor: Actor, received: datetime) -> FileList:
    """The files of a person: his own, or for staff those of somebody in their scope.

    Raises:
        Problem: `not-found`; `try-again` when the reading could not be written down.
    """
    if actor.role is Role.HONORER:
        if actor.id != person:
            raise Problem(Code.NOT_FOUND)
    else:
        access.require_scope(actor, store.load_subject(person))
    found = [file for file in store.files_of(person) if file.state is not FileState.DIGANTI]
    if actor.role in NATIONAL:
        record_reading(person, actor, "list-files", found, received)
    return FileList(items=[view(file) for file in found if file.id.jenis in access.READS[actor.role]])
