"""A person's files as registration knows them: which one counts, and what is shown of it."""

from collections.abc import Iterable, Sequence

from pydantic import BaseModel

from services.kernel.documents import DocumentType, FileState, parse_file_id
from services.registration.people.record import KnownFile

ENROLMENT_FILES = (DocumentType.KTP, DocumentType.FOTO)
"""What an account cannot be made without."""
PROOFS_OF_APPOINTMENT = (DocumentType.SK, DocumentType.SK_LEGALISIR, DocumentType.SURAT_PERNYATAAN)
"""An SK, or one of the substitutes for a lost one (domain.md, section 6)."""


class FileView(BaseModel):
    """A file as its person sees it; `code` and `message` say why it was refused."""

    id: str
    jenis: DocumentType
    riwayat: str | None
    state: FileState
    code: str | None
    message: str | None


def accepted(files: Iterable[KnownFile], jenis: DocumentType, riwayat: str | None = None) -> KnownFile | None:
    """The latest accepted file of a kind (for a history row, of that row), or None."""
    matching = [
        file
        for file in files
        if (file.jenis, file.riwayat, file.state) == (jenis.value, riwayat, FileState.DITERIMA.value)
    ]
    return max(matching, key=_number, default=None)


def is_proved(files: Sequence[KnownFile], riwayat: str) -> bool:
    """Whether an appointment's SK, or a substitute for it, and its proof of pay are accepted."""
    has_sk = any(accepted(files, jenis, riwayat) for jenis in PROOFS_OF_APPOINTMENT)
    return has_sk and accepted(files, DocumentType.BUKTI_BAYAR, riwayat) is not None


def view_files(files: Iterable[KnownFile]) -> list[FileView]:
    """Of each kind and history row the file that counts, and a newer one that was refused."""
    groups: dict[tuple[str, str | None], list[KnownFile]] = {}
    for file in sorted(files, key=_number):
        if file.state != FileState.DIGANTI.value:
            groups.setdefault((file.jenis, file.riwayat), []).append(file)
    return [_view(file) for group in groups.values() for file in _counting(group)]


def _counting(group: list[KnownFile]) -> list[KnownFile]:
    good = [file for file in group if file.state == FileState.DITERIMA.value]
    return good[-1:] if good and group[-1] is good[-1] else [*good[-1:], group[-1]]


def _number(file: KnownFile) -> int:
    return parse_file_id(file.id).n


def _view(file: KnownFile) -> FileView:
    return FileView(
        id=file.id,
        jenis=DocumentType(file.jenis),
        riwayat=file.riwayat,
        state=FileState(file.state),
        code=file.code,
        message=file.message,
    )
