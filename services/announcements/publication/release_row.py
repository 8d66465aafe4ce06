"""Bkn releases a row of a sealed list that is shown by its number only: it is then published as it is sealed."""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from services.announcements.adapters import dirty_store, publication_store, release_store
from services.announcements.model.publication import Approval, Release
from services.announcements.publication.views import ReleaseView
from services.kernel import clock
from services.kernel.problems import Code, Problem
from services.kernel.security.personal_numbers import find_personal_number
from services.kernel.security.sessions import Role
from services.kernel.web.request import Request
from services.kernel.writes import ungated

DECIDERS = frozenset({Role.BKN})

_NOT_WITHHELD = "Baris ini tidak sedang disunting pada daftar final. Muat ulang untuk melihat keadaan terakhir."
_ENOUGH = "Baris ini sudah dilepas dan segera tampil pada daftar final."
_MINE = "Anda sudah menyetujui pelepasan baris ini. Persetujuan berikutnya harus dari orang lain di BKN."


def _without_number(text: str) -> str:
    if find_personal_number(text):
        raise ValueError("personal-number|Tulis alasan tanpa NIK, nomor KK, telepon, email, atau tanggal.")
    return text


class ReleaseBody(BaseModel):
    """Which row, and why it may be published as it is sealed; what was found is not to be repeated in the reason."""

    nomor_registrasi: str = Field(max_length=20)
    reason: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=10, max_length=1000), AfterValidator(_without_number)
    ]


def release_row(code: str, body: ReleaseBody, request: Request) -> ReleaseView:
    """Add an approval; with those of `APPROVERS_NEEDED` different people the row is published within minutes.

    Raises:
        Problem: `not-found` for a row that is not withheld now; `conflict` when it is released, or the same person
            approved before; `try-again`.
    """
    return request.once.answer(ReleaseView, lambda: _release(code, body, request))


def _release(code: str, body: ReleaseBody, request: Request) -> ReleaseView:
    approval = Approval(request.actor.id, request.received, body.reason)
    for _ in range(ungated.MAX_TRIES):
        before = _withheld(code, body.nomor_registrasi)
        after = _approved(before, approval)
        view = ReleaseView.of(after, approval.by)
        if release_store.keep(code, before, approval, request.once.remember(view)):
            dirty_store.mark(code, clock.now())
            return view
    raise Problem(Code.TRY_AGAIN, retry_after=1)


def _withheld(code: str, nomor_registrasi: str) -> Release:
    standing = publication_store.load(code)
    if standing is None or not standing.withholds(nomor_registrasi):
        raise Problem(Code.NOT_FOUND, _NOT_WITHHELD)
    return release_store.load(code, standing.epoch, nomor_registrasi)


def _approved(before: Release, approval: Approval) -> Release:
    if before.complete():
        raise Problem(Code.CONFLICT, _ENOUGH)
    if before.has(approval.by):
        raise Problem(Code.CONFLICT, _MINE)
    return Release(before.epoch, before.nomor_registrasi, (*before.approvals, approval))
