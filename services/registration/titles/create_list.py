"""Promise a place for a file with a list of titles; it goes the way of imports (imports/arrival.py)."""

import secrets
from datetime import datetime
from pathlib import PurePath
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from services.kernel.problems import Code, Problem
from services.kernel.values.texts import clean_text
from services.kernel.web.request import Request
from services.kernel.writes import ungated
from services.registration.adapters import title_store, work_files
from services.registration.imports.create_import import FORM_TTL, UploadView
from services.registration.model.title_list import ListState, TitleList
from services.registration.titles.read_titles import MAX_BYTES
from services.registration.titles.record_deed import record_deed


class NewTitleList(BaseModel):
    """The file bkn wants to upload: its name and its size in bytes."""

    filename: Annotated[str, Field(max_length=200), AfterValidator(clean_text)]
    size: Annotated[int, Field(ge=1)]


class TitleListStarted(BaseModel):
    """The list's id, and the form for its file."""

    id: str
    upload: UploadView


class Promised(BaseModel):
    """What is remembered of it: which list, since when."""

    id: str
    at: datetime


def create_list(new: NewTitleList, request: Request) -> TitleListStarted:
    """Note that a list comes and sign the form. What the file is, its content tells when it is read.

    Raises:
        Problem: `too-large`, `try-again`.
    """
    promised = request.once.answer(Promised, lambda: _promise(new, request))
    left = max(1, int((FORM_TTL - (request.received - promised.at)).total_seconds()))
    form = work_files.title_form(promised.id, largest=MAX_BYTES, seconds=left)
    return TitleListStarted(id=promised.id, upload=UploadView(url=form.url, fields=form.fields, expires_in=left))


def _promise(new: NewTitleList, request: Request) -> Promised:
    if new.size > MAX_BYTES:
        raise Problem(Code.TOO_LARGE, "Berkas lebih dari 2 MB. Sisakan keempat kolom daftar jabatan saja.")
    titles = TitleList(
        id=secrets.token_hex(16),
        by=request.actor.id,
        at=request.received,
        filename=PurePath(new.filename).name,
        state=ListState.MENUNGGU_UNGGAH,
        v=1,
    )
    promised = Promised(id=titles.id, at=titles.at)
    noted = record_deed("load-titles", titles, request.actor.id, request.received)
    if not ungated.commit([title_store.put(titles, None), *noted, *request.once.remember(promised)]):
        raise Problem(Code.TRY_AGAIN, retry_after=1)
    return promised
