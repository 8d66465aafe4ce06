"""Which files are in the copy that a person takes, and what each is called in it."""

from services.documents.access import may_open
from services.documents.files.list_files import counting
from services.documents.files.view import file_name
from services.documents.model.file import File, Subject
from services.kernel.documents import FIRST_HISTORY, FileState


def own_files(subject: Subject) -> list[File]:
    """The accepted files of his record as they count now, of those that he may open; by kind and number."""
    return [file for file in counting(subject) if file.state is FileState.DITERIMA and may_open(subject, file)]


def name_files(files: list[File]) -> dict[str, File]:
    """The files by the names that people read, those of an appointment in a folder of its own.

    `ktp-1.jpg`, `riwayat-pertama/sk-1.pdf`, `riwayat-2/sk-3.pdf`: kind and number, and nothing of the person.
    """
    others = sorted({file.riwayat for file in files if file.riwayat and file.riwayat != FIRST_HISTORY})
    folders = {FIRST_HISTORY: "riwayat-pertama/", **{row: f"riwayat-{at}/" for at, row in enumerate(others, 2)}}
    return {f"{folders.get(file.riwayat or '', '')}{file_name(file)}": file for file in files}
