"""An import whose message was given up after its last try: the job says so, and ends in a state that is true.

Without this it would be read, or processed, for ever, and nobody would be told what to do.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from services.kernel.log import LogLine, log, where
from services.kernel.values.numbers import number_text
from services.registration.adapters import answer_store, import_store, work_files
from services.registration.imports.arrival import import_of
from services.registration.imports.checked_batch import FileRow
from services.registration.imports.chunk import decode_chunk
from services.registration.imports.commit_chunk import ChunkMessage, answer_rows
from services.registration.imports.commit_held import commit_held, void
from services.registration.imports.end_pass import end_pass
from services.registration.imports.refused_file import FileCode, RefusedFile
from services.registration.imports.take_file import find_job, send_chunks
from services.registration.model.import_job import Job, JobState, Outcome
from services.registration.rows.answer import Answer
from services.registration.rows.row_problems import RowCode, row_problem

SECONDS: Final = 20
"""How long the rows of a chunk are tried one by one; the function has 30."""
_NOT_PROCESSED: Final = row_problem("", RowCode.NOT_PROCESSED)


def give_up(message: Mapping[str, Any]) -> None:
    """Take a message that was given up: the event of a file, or one that asks for a chunk."""
    if "import_id" in message:
        give_up_chunk(ChunkMessage.model_validate(message))
    else:
        give_up_file(import_of(message))


def give_up_file(import_id: str) -> None:
    """Refuse a file that could not be read; one that was read is sent on again."""
    job = find_job(import_id)
    if job is None:
        return
    failed = RefusedFile(FileCode.FAILED)
    if import_store.refuse(job, failed.code.value, failed.message):
        log(LogLine.IMPORT_GIVEN_UP, import_id=job.id, institution=job.institution, code=failed.code.value)
    elif job.state is JobState.DIPROSES:
        send_chunks(job)


def give_up_chunk(message: ChunkMessage, *, seconds: float = SECONDS) -> None:
    """Answer every row of a chunk, those one by one that nobody could commit together; the last chunk ends the pass.

    So what made the chunk fail costs the rows it is about, and no others.
    """
    job = find_job(message.import_id)
    if job is None:
        return
    until = time.monotonic() + seconds
    if job.state is JobState.DIPROSES:
        _answer_new(job, message, until)
    elif job.state is JobState.MEMPERBAIKI and message.held:
        commit_held(job, message.chunk, lambda row, pid, job: _try_held(row, pid, job, until))
    end_pass(job.id)


def _answer_new(job: Job, message: ChunkMessage, until: float) -> None:
    if not answer_store.is_answered(job, message.chunk):
        rows = _rows(job, message.chunk)
        if rows is None:
            _end(job)
            return
        answers = list(_one_by_one(rows, job, message.lane, until))
        answer_store.store(job, message.chunk, answers)
        log(LogLine.IMPORT_GIVEN_UP, import_id=job.id, institution=job.institution, count=len(answers))


def _rows(job: Job, chunk: int) -> list[FileRow] | None:
    """The rows of a chunk; None when they are gone or cannot be read any more."""
    content = work_files.read_chunk(job.id, chunk)
    try:
        return None if content is None else decode_chunk(content)
    except (ValueError, KeyError, TypeError):
        return None


def _end(job: Job) -> None:
    lost = RefusedFile(FileCode.ROWS_FAILED, left=number_text(job.rows - job.done), rows=number_text(job.rows))
    import_store.give_up(job, lost.code.value, lost.message)
    log(LogLine.IMPORT_GIVEN_UP, import_id=job.id, institution=job.institution, code=lost.code.value)


def _one_by_one(rows: Sequence[FileRow], job: Job, lane: str, until: float) -> Iterator[Answer]:
    for row in rows:
        yield _try(row, job, lane) if time.monotonic() < until else _failed(row)


def _try(row: FileRow, job: Job, lane: str) -> Answer:
    try:
        return answer_rows([row], job, lane)[0]
    except Exception as error:  # noqa: BLE001 - the last resort: whatever happens, each row gets an answer
        log(LogLine.IMPORT_UNFORESEEN, import_id=job.id, institution=job.institution, error=where(error))
        return _failed(row)


def _try_held(row: FileRow, pid: str, job: Job, until: float) -> Answer:
    try:
        return void(row, pid, job) if time.monotonic() < until else _failed(row)
    except Exception as error:  # noqa: BLE001 - as above
        log(LogLine.IMPORT_UNFORESEEN, import_id=job.id, institution=job.institution, error=where(error))
        return _failed(row)


def _failed(row: FileRow) -> Answer:
    return Answer(row.number, Outcome.DITOLAK, nama=row.checked.name, problems=[_NOT_PROCESSED])
