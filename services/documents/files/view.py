"""What people are told of a file."""

from datetime import datetime

from pydantic import BaseModel

from services.documents.model.file import File
from services.kernel.documents import JPEG, DocumentType, FileFlag, FileState, flag_text
from services.kernel.web.languages import Sentence


class Hint(BaseModel):
    """Something to look at in an accepted file; never a refusal."""

    code: str
    message: Sentence


class FileView(BaseModel):
    """A file as its owner and his institution see it; `ukuran` in bytes, `at` when its place was asked for."""

    id: str
    jenis: DocumentType
    riwayat: str | None
    state: FileState
    code: str | None
    message: Sentence | None
    ukuran: int
    at: datetime
    hints: list[Hint]


def view(file: File) -> FileView:
    """The file without anything that leads to its bytes."""
    return FileView(
        id=str(file.id),
        jenis=file.id.jenis,
        riwayat=file.riwayat,
        state=file.state,
        code=file.code,
        message=file.message,
        ukuran=file.size,
        at=file.received,
        hints=[Hint(code=flag, message=flag_text(FileFlag(flag))) for flag in file.flags],
    )


def file_name(file: File) -> str:
    """What a file is called where people keep it, `ktp-1.jpg`: its kind and number, nothing of the person."""
    suffix = "jpg" if file.content_type == JPEG else "pdf"
    return f"{file.id.jenis.lower()}-{file.id.n}.{suffix}"
