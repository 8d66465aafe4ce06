"""Promise a place for a spreadsheet of people (domain.md, section 3). The file itself never passes through here."""

import secrets
from datetime import datetime, timedelta
from pathlib import PurePath
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from services.kernel.problems import Code, Problem
from services.kernel.security import privacy
from services.kernel.values.texts import clean_text
from services.kernel.web.request import Request
from services.kernel.writes import gate, ungated
from services.kernel.writes.calendar import Round, Window
from services.registration.adapters import import_store, work_files
from services.registration.corrections.correcting import WINDOW_OF_CORRECTIONS
from services.registration.imports.read_file import MAX_CSV, MAX_XLSX, MEGABYTE, megabytes_text
from services.registration.model.import_job import Job, JobState

FORM_TTL = timedelta(minutes=5)
"""As long as a link to a file lives: what was handed out to staff ends soon after their account does."""


class NewImport(BaseModel):
    """The file somebody wants to upload: its name and its size in bytes."""

    filename: Annotated[str, Field(max_length=200), AfterValidator(clean_text)]
    size: Annotated[int, Field(ge=1)]


class UploadView(BaseModel):
    """Where and with which fields the browser posts the file, within `expires_in` seconds."""

    url: str
    fields: dict[str, str]
    expires_in: int


class ImportStarted(BaseModel):
    """The import's id, and the form for its file."""

    id: str
    upload: UploadView


class Promised(BaseModel):
    """What is remembered of it: which import, since when."""

    id: str
    at: datetime


def create_import(new: NewImport, *, institution: str, request: Request) -> ImportStarted:
    """Store the job and sign the form. What the file is, its content tells when it is read, not its name.

    The retry of the request is promised the same import, by a form that ends when the first one does.

    Raises:
        Problem: `not-found`, `window-closed`, `window-not-open`, `too-large`, `try-again`.
    """
    request.actor.require_institution(institution)
    promised = request.once.answer(Promised, lambda: _promise(new, institution, request))
    left = max(1, int((FORM_TTL - (request.received - promised.at)).total_seconds()))
    form = work_files.upload_form(promised.id, largest=MAX_CSV, seconds=left)
    return ImportStarted(id=promised.id, upload=UploadView(url=form.url, fields=form.fields, expires_in=left))


def _promise(new: NewImport, institution: str, request: Request) -> Promised:
    _require_open(gate.read_round(institution), request.received)
    _require_size(new.size)
    job = _job(new, institution, request)
    promised = Promised(id=job.id, at=job.at)
    if not ungated.commit([import_store.put_new(job), *request.once.remember(promised)]):
        raise Problem(Code.TRY_AGAIN, retry_after=1)
    return promised


def _job(new: NewImport, institution: str, request: Request) -> Job:
    return Job(
        id=secrets.token_hex(16),
        institution=institution,
        by=request.actor.id,
        units=request.actor.units,
        own=request.actor.own,
        filename=PurePath(new.filename).name,
        at=request.received,
        state=JobState.MENUNGGU_UNGGAH,
        salt=privacy.new_salt(),
    )


def _require_open(round_: Round, received: datetime) -> None:
    """New rows come under `ENTRY`, corrections of those that are there under `CORRECTION`: each row is asked again."""
    try:
        round_.require(WINDOW_OF_CORRECTIONS, received)
    except Problem:
        round_.require(Window.ENTRY, received)


def _require_size(size: int) -> None:
    if size > MAX_CSV:
        own = megabytes_text(size)
        excel, csv = MAX_XLSX // MEGABYTE, MAX_CSV // MEGABYTE
        raise Problem(
            Code.TOO_LARGE,
            f"Berkas Anda {own} MB, batasnya {csv} MB (Excel {excel} MB). Bagi menjadi beberapa berkas, lalu unggah "
            "satu per satu.",
        )
