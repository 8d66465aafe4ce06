"""Write a verdict on a file, and what it means for the older files in its place, in one transaction."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from services.documents.adapters import store
from services.documents.model.file import File, Subject
from services.kernel.audit.chain import Event
from services.kernel.documents import FILE_MOVES, FileState
from services.kernel.problems import Code, Problem
from services.kernel.writes import ungated

INSPECTOR = "inspection"
"""Who acts in the audit trail when nobody does."""
_MAX_REPLACED = 90
"""A transaction holds 100 operations."""


def settle_file(judged: File, at: datetime) -> File:
    """Write the verdict unless another one was faster; returns the file as it then stands.

    An accepted file takes the place of all older ones, also of promises never kept; one that comes after a newer one
    was accepted is itself replaced. A file of an enrolment that has not made the account has a place of its own.

    Raises:
        Problem: `try-again`.
    """
    for _ in range(ungated.MAX_TRIES):
        subject = store.load_subject(judged.id.subject)
        if subject is None:
            return judged
        known = store.files_of(judged.id.subject, judged.id.jenis)
        rivals = [file for file in known if subject.place_of(file) == subject.place_of(judged)]
        current = next((file for file in rivals if file.id == judged.id), None)
        if current is None or not FILE_MOVES.allowed(current.state, judged.state):
            return current or judged
        final = replace(judged, v=current.v + 1, state=_state(judged, rivals))
        if _written(subject, final, _replaced(final, rivals), at):
            return final
    raise Problem(Code.TRY_AGAIN, retry_after=1)


def _state(judged: File, rivals: Sequence[File]) -> FileState:
    overtaken = any(file.state is FileState.DITERIMA and file.id.n > judged.id.n for file in rivals)
    return FileState.DIGANTI if overtaken else judged.state


def _replaced(final: File, rivals: Sequence[File]) -> list[File]:
    """The older files that end with this one; the accepted one first, if ever there are too many."""
    if final.state is not FileState.DITERIMA:
        return []
    older = [file for file in rivals if file.id.n < final.id.n and FILE_MOVES.allowed(file.state, FileState.DIGANTI)]
    older.sort(key=lambda file: file.state is not FileState.DITERIMA)
    return [replace(file, v=file.v + 1, state=FileState.DIGANTI) for file in older[:_MAX_REPLACED]]


def _written(subject: Subject, final: File, replaced: Sequence[File], at: datetime) -> bool:
    delta = {
        "file": str(final.id),
        "state": final.state.value,
        "code": final.code,
        "sha256": final.sha256,
        "replaces": [str(file.id) for file in replaced],
    }
    head, link = store.chain(subject, Event(INSPECTOR, "inspect-upload", at, delta))
    changes = [store.changed_file(file) for file in (final, *replaced)]
    return ungated.commit([head, *changes, link.operation])
