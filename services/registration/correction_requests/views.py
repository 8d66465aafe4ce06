"""How a request is shown: to its person, and to whoever decides."""

from datetime import datetime
from typing import Self

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.documents import DocumentType
from services.registration.model.correction_request import AskedField, CorrectionRequest, RequestState
from services.registration.model.dossier import Dossier
from services.registration.shared.papers import FileView, view_files

Value = str | int | None


class AskedFieldView(BaseModel):
    """One field: what stood there when it was asked, what stands there now, what is wanted, and what was decided."""

    name: str
    before: Value
    now: Value
    wanted: Value
    accepted: bool | None
    reason: str | None

    @classmethod
    def of(cls, field: AskedField, dossier: Dossier) -> Self:
        """The field of a request of this person."""
        row = dict(dossier.person.row)
        now = row.get(field.name)
        return cls(
            name=field.name,
            before=field.before,
            now=now if isinstance(now, str | int) else None,
            wanted=field.wanted,
            accepted=field.accepted,
            reason=field.reason,
        )


class RequestView(BaseModel):
    """A request with its evidence; instants in WIB.

    `due_at` is when the institution has to have decided, `bkn_at` from when on bkn may as well; `appeal` is why a
    second look is asked for, `appeal_until` until when it may be, null where it may not. `decisions`: how often it was
    decided. `open` are the names of the fields that the next decision is about.
    """

    id: str
    state: RequestState
    asked_at: datetime
    due_at: datetime
    bkn_at: datetime
    reason: str
    fields: list[AskedFieldView]
    open: list[str]
    decided_at: datetime | None
    decisions: int
    appeal: str | None
    appeal_until: datetime | None
    files: list[FileView]


def view_request(request: CorrectionRequest, dossier: Dossier) -> RequestView:
    """The request as it is shown; whoever decided is not named."""
    evidence = DocumentType.BUKTI_PERBAIKAN.value
    files = [file for file in dossier.files if (file.jenis, file.riwayat) == (evidence, request.id)]
    return RequestView(
        id=request.id,
        state=request.state,
        asked_at=_at(request.asked_at),
        due_at=_at(request.due_at),
        bkn_at=_at(request.bkn_at),
        reason=request.reason,
        fields=[AskedFieldView.of(field, dossier) for field in request.fields],
        open=[field.name for field in request.undecided] if request.is_open else [],
        decided_at=None if request.decided_at is None else _at(request.decided_at),
        decisions=len(request.decided_by),
        appeal=request.appeal,
        appeal_until=request.appeal_until,
        files=view_files(files, None),
    )


def _at(stamp: int) -> datetime:
    return clock.from_millis(stamp).astimezone(clock.WIB)
