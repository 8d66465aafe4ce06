"""A change of the doc table as facts: a file was accepted or refused, or a copy of somebody's files was made.

Papers of a case are told to announcements alone, by a fact of their own.
"""

from typing import Any

from services.documents.adapters.items import to_file
from services.documents.model.file import File
from services.kernel import copies
from services.kernel.aws.dynamodb import Item
from services.kernel.documents import FileState, case_of
from services.kernel.events.facts import CaseFileInspected, Fact, FileAccepted, FileRejected, FilesCopied
from services.kernel.events.relay import Change


def translate_change(change: Change) -> list[Fact]:
    """The facts in one change; most changes hold none. The fact's `v` is the file's.

    Which of two accepted files in the same place counts is told by the number in their ids, not by `v`.
    """
    if change.sk == copies.SK and change.new is not None and change.moved("made"):
        return _copied(change.new)
    if not change.sk.startswith("D#") or change.new is None or not change.moved("state"):
        return []
    file = to_file(change.new)
    case = case_of(file.id.subject)
    if case is not None:
        return _of_case(file, case)
    if file.state is FileState.DITERIMA:
        return [FileAccepted.model_validate({**_common(file), **_kept(file)})]
    if file.state is FileState.DITOLAK:
        return [FileRejected.model_validate({**_common(file), "code": file.code, "message": file.message})]
    return []


def _of_case(file: File, case: str) -> list[Fact]:
    """Announcements keeps what became of a case's papers, and nobody else hears of them."""
    if file.state not in {FileState.DITERIMA, FileState.DITOLAK}:
        return []
    accepted = file.state is FileState.DITERIMA
    told = {"institution": file.institution, "v": file.v, "case": case, "file": str(file.id)}
    return [CaseFileInspected(**told, accepted=accepted, message=None if accepted else file.message)]


def _copied(item: Item) -> list[Fact]:
    job = copies.to_job(item)
    if job.until is None:
        return []
    return [FilesCopied(institution=job.institution, v=job.v, pid=job.pid, copy_id=job.id, until=job.until)]


def _kept(file: File) -> dict[str, Any]:
    return {
        "key": file.key,
        "sha256": file.sha256,
        "size": file.size,
        "flags": file.flags,
        "uploaded_by": file.uploaded_by,
        "printed_number": file.printed_number,
    }


def _common(file: File) -> dict[str, Any]:
    return {
        "institution": file.institution,
        "v": file.v,
        "file": str(file.id),
        "subject": file.id.subject,
        "jenis": file.id.jenis,
        "riwayat": file.riwayat,
        "enrolment": file.enrolment,
    }
