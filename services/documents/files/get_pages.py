"""A file to be looked at page by page, beside the record it belongs to."""

from datetime import datetime

from pydantic import BaseModel

from services.documents.access import Callers, may_open
from services.documents.adapters import store
from services.documents.files.open_file import open_copy
from services.documents.files.view import FileView, view
from services.documents.model.file import File, Subject
from services.documents.settings import files_key
from services.kernel.documents.openings import sign_opening
from services.kernel.security.sessions import Actor, Role
from services.kernel.web.languages import Sentence

_NOT_DRAWN = (
    "Berkas ini tidak dapat ditampilkan di halaman ini. Isinya tetap tersimpan: buka berkasnya dengan pembaca PDF."
)


class FilePages(BaseModel):
    """A file that somebody looks at, and how many pictures there are of it.

    `code` and `message` say why there is none; then the file itself is opened. `versions` are the copies that were
    accepted in its place, the newest first. `opening` is documents' word for staff that they opened it, to be shown to
    whoever takes their decision (domain.md, section 5).
    """

    file: FileView
    pages: int
    code: str | None = None
    message: Sentence | None = None
    versions: list[FileView]
    opening: str | None = None


def get_pages(text: str, callers: Callers, received: datetime) -> FilePages:
    """The file, and its versions.

    Raises:
        Problem: see `open_copy`.
    """
    file, owner, actor = open_copy(text, callers, received)
    drawn = file.page_count > 0
    return FilePages(
        file=view(file),
        pages=file.page_count,
        code=None if drawn else "not-drawn",
        message=None if drawn else _NOT_DRAWN,
        versions=[view(each) for each in _versions(file, owner, actor)],
        opening=_opening(file, actor, received),
    )


def _versions(file: File, owner: Subject, actor: Actor) -> list[File]:
    """Whatever was accepted in this file's place and may be opened by the same reader."""
    found = [
        each
        for one in store.line_of(owner)
        for each in store.files_of(one.id, file.id.jenis)
        if each.key and each.evidence == file.evidence and one.holds(each)
    ]
    if actor.role is Role.HONORER:
        found = [each for each in found if may_open(owner, each)]
    return sorted(found, key=lambda each: each.received, reverse=True)


def _opening(file: File, actor: Actor, received: datetime) -> str | None:
    if actor.role is Role.HONORER:
        return None
    return sign_opening(files_key(), str(file.id), by=actor.id, now=received)
