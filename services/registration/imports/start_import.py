"""Promise a place for a spreadsheet of people (domain.md, section 3). The file itself never passes through here."""

import secrets
from datetime import datetime
from pathlib import PurePath
from typing import Final

from pydantic import BaseModel

from services.kernel import gate, privacy, ungated
from services.kernel.calendar import Window
from services.kernel.problems import Code, Problem, invalid
from services.kernel.sessions import Actor
from services.registration.accounts.require_current import require_current
from services.registration.adapters import import_store, work_files
from services.registration.imports.job import FileKind, Job, JobState
from services.registration.imports.read_file import MAX_CSV, MAX_XLSX, MEGABYTE

LIMITS: Final = {FileKind.XLSX: MAX_XLSX, FileKind.CSV: MAX_CSV}
_NAMES: Final = {FileKind.XLSX: "Excel", FileKind.CSV: "CSV"}


class UploadView(BaseModel):
    """Where and with which fields the browser posts the file, within fifteen minutes."""

    url: str
    fields: dict[str, str]


class ImportStarted(BaseModel):
    """The import's id, and the form for its file."""

    id: str
    upload: UploadView


def start_import(filename: str, size: int, *, institution: str, actor: Actor, received: datetime) -> ImportStarted:
    """Store the job and sign the form.

    Raises:
        Problem: `not-found`, `window-closed`, `window-not-open`, `invalid-fields` for a name that is neither .xlsx
            nor .csv, `too-large`.
    """
    actor.require_institution(institution)
    require_current(actor)
    gate.read_round(institution).require(Window.ENTRY, received)
    kind = _kind(filename)
    _require_size(kind, size)
    job = Job(
        id=secrets.token_hex(16),
        institution=institution,
        by=actor.id,
        units=actor.units,
        own=actor.own,
        kind=kind,
        filename=PurePath(filename).name,
        at=received,
        state=JobState.MENUNGGU_UNGGAH,
        salt=privacy.new_salt(),
    )
    ungated.commit([import_store.put_new(job)])
    form = work_files.upload_form(job.id, kind, largest=LIMITS[kind])
    return ImportStarted(id=job.id, upload=UploadView(url=form.url, fields=form.fields))


def _kind(filename: str) -> FileKind:
    ending = PurePath(filename).suffix.casefold().removeprefix(".")
    try:
        return FileKind(ending)
    except ValueError:
        raise invalid(
            "filename", "file-type", "Pilih berkas Excel (.xlsx) atau CSV (.csv). Simpan ulang bila bentuknya lain."
        ) from None


def _require_size(kind: FileKind, size: int) -> None:
    if size > LIMITS[kind]:
        own = f"{-(-size * 10 // MEGABYTE) / 10:.1f}".replace(".", ",")
        raise Problem(
            Code.TOO_LARGE,
            f"Berkas {_NAMES[kind]} Anda {own} MB, batasnya {LIMITS[kind] // MEGABYTE} MB. Bagi menjadi beberapa "
            "berkas, lalu unggah satu per satu.",
        )
