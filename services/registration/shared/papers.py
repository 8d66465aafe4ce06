"""A person's files as registration knows them: which one counts, and what is shown of it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.documents import DocumentType, FileState
from services.kernel.web.languages import Sentence
from services.registration.eligibility.advice import Criterion
from services.registration.model.person import KnownFile

ENROLMENT_FILES = (DocumentType.KTP, DocumentType.FOTO)
"""What an account cannot be made without."""
PROOFS_OF_APPOINTMENT = (DocumentType.SK, DocumentType.SK_LEGALISIR, DocumentType.SURAT_PERNYATAAN)
"""An SK, or one of the substitutes for a lost one (domain.md, section 6)."""
_EMPLOYMENT = frozenset({Criterion.MASA_KERJA, Criterion.PENGANGKATAN, Criterion.PEMBAYARAN})
FEEDS: Final[Mapping[DocumentType, frozenset[Criterion]]] = {
    **dict.fromkeys((*PROOFS_OF_APPOINTMENT, DocumentType.BUKTI_BAYAR), _EMPLOYMENT),
    DocumentType.KTP: frozenset({Criterion.USIA}),
    DocumentType.KARTU_THK2: frozenset({Criterion.AKTIF}),
}
"""Which criteria a kind of file is evidence for (domain.md, section 4; the THK-II card's is ours); others for none."""


class FileView(BaseModel):
    """A file as its person sees it; `code` and `message` say why it was refused.

    `marked_at` is when it came to stand beside a verdict that was given without it; None of any other file.
    `openable` says whether its reader may open it: an accepted one that is not closed to him (access/own_view.py).
    `promised_at` is when the place of one was asked for that has not been accepted or refused yet; None of any other.
    """

    id: str
    jenis: DocumentType
    riwayat: str | None
    state: FileState
    code: str | None
    message: Sentence | None
    marked_at: datetime | None = None
    openable: bool = False
    promised_at: datetime | None = None


def accepted(files: Iterable[KnownFile], jenis: DocumentType, riwayat: str | None = None) -> KnownFile | None:
    """The latest accepted file of a kind (for a history row, of that row), or None."""
    matching = [
        file
        for file in files
        if (file.jenis, file.riwayat, file.state) == (jenis.value, riwayat, FileState.DITERIMA.value)
    ]
    return max(matching, key=lambda file: file.order, default=None)


def is_proved(files: Sequence[KnownFile], riwayat: str) -> bool:
    """Whether an appointment's SK, or a substitute for it, and its proof of pay are accepted."""
    has_sk = any(accepted(files, jenis, riwayat) for jenis in PROOFS_OF_APPOINTMENT)
    return has_sk and accepted(files, DocumentType.BUKTI_BAYAR, riwayat) is not None


def view_files(files: Iterable[KnownFile], decided_at: int | None) -> list[FileView]:
    """Of each kind and history row the file that counts, and a newer one that was refused.

    Where a verdict stands (`decided_at`, milliseconds), the file it rests on and one that came after it.
    """
    groups: dict[tuple[str, str | None], list[KnownFile]] = {}
    for file in sorted(files, key=lambda file: file.order):
        if file.state != FileState.DIGANTI.value:
            groups.setdefault((file.jenis, file.riwayat), []).append(file)
    return [_view(file, decided_at) for group in groups.values() for file in _shown(group, decided_at)]


def _shown(group: list[KnownFile], decided_at: int | None) -> list[KnownFile]:
    good = [file for file in group if file.state == FileState.DITERIMA.value]
    known = [file for file in good if not came_after(file, decided_at)]
    after = [file for file in good if came_after(file, decided_at)]
    return [*known[-1:], *after[-1:], *([] if group[-1] in good else group[-1:])]


def came_after(file: KnownFile, decided_at: int | None) -> bool:
    """Whether the file was accepted here after the verdict that stands; who gave it cannot have seen it."""
    good = file.state == FileState.DITERIMA.value
    return good and decided_at is not None and file.kept_at is not None and file.kept_at > decided_at


def _view(file: KnownFile, decided_at: int | None) -> FileView:
    marked = _instant(file.kept_at) if came_after(file, decided_at) else None
    promised = _instant(file.kept_at) if file.state == FileState.DIPERIKSA.value else None
    return FileView(
        id=file.id,
        jenis=DocumentType(file.jenis),
        riwayat=file.riwayat,
        state=FileState(file.state),
        code=file.code,
        message=file.message,
        marked_at=marked,
        openable=file.key is not None and file.state == FileState.DITERIMA.value,
        promised_at=promised,
    )


def _instant(at: int | None) -> datetime | None:
    return None if at is None else clock.from_millis(at).astimezone(clock.WIB)
