"""Promise a place for a spreadsheet of people (domain.md, section 3). The file itself never passes through here."""

import secrets
from datetime import datetime
from pathlib import PurePath

from pydantic import BaseModel

from services.kernel import gate, privacy, ungated
from services.kernel.calendar import Window
from services.kernel.problems import Code, Problem
from services.kernel.sessions import Actor
from services.registration.accounts.require_current import require_current
from services.registration.adapters import import_store, work_files
from services.registration.imports.job import Job, JobState
from services.registration.imports.read_file import MAX_CSV, MAX_XLSX, MEGABYTE


class UploadView(BaseModel):
    """Where and with which fields the browser posts the file, within fifteen minutes."""

    url: str
    fields: dict[str, str]


class ImportStarted(BaseModel):
    """The import's id, and the form for its file."""

    id: str
    upload: UploadView


def start_import(filename: str, size: int, *, institution: str, actor: Actor, received: datetime) -> ImportStarted:
    """Store the job and sign the form. What the file is, its content tells when it is read, not its name.

    Raises:
        Problem: `not-found`, `window-closed`, `window-not-open`, `too-large`.
    """
    actor.require_institution(institution)
    require_current(actor)
    gate.read_round(institution).require(Window.ENTRY, received)
    _require_size(size)
    job = Job(
        id=secrets.token_hex(16),
        institution=institution,
        by=actor.id,
        units=actor.units,
        own=actor.own,
        filename=PurePath(filename).name,
        at=received,
        state=JobState.MENUNGGU_UNGGAH,
        salt=privacy.new_salt(),
    )
    ungated.commit([import_store.put_new(job)])
    form = work_files.upload_form(job.id, largest=MAX_CSV)
    return ImportStarted(id=job.id, upload=UploadView(url=form.url, fields=form.fields))


def _require_size(size: int) -> None:
    if size > MAX_CSV:
        own = f"{-(-size * 10 // MEGABYTE) / 10:.1f}".replace(".", ",")
        excel, csv = MAX_XLSX // MEGABYTE, MAX_CSV // MEGABYTE
        raise Problem(
            Code.TOO_LARGE,
            f"Berkas Anda {own} MB, batasnya {csv} MB (Excel {excel} MB). Bagi menjadi beberapa berkas, lalu unggah "
            "satu per satu.",
        )
