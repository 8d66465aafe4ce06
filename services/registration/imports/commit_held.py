"""Correct the rows of a chunk that were held because they void a verdict; they may now.

Idempotent as the first pass is: the new answers are stored once, with the import's counters.
"""

from collections.abc import Callable

from services.kernel.log import LogLine, log
from services.registration.adapters import answer_store, person_store, work_files
from services.registration.imports.checked_batch import FileRow
from services.registration.imports.chunk import decode_chunk
from services.registration.imports.correct_row import correct_row
from services.registration.model.import_job import Job, Outcome
from services.registration.rows.answer import Answer
from services.registration.rows.row_problems import RowCode, row_problem

Correct = Callable[[FileRow, str, Job], Answer]
"""Answers a row, whose person has that pid."""
_GONE = row_problem("", RowCode.HELD_GONE)


def commit_held(job: Job, chunk: int, correct: Correct | None = None) -> None:
    """Answer every row of the chunk that is held.

    Raises:
        Problem: `try-again` when the lanes are too busy; the message comes again.
    """
    before = answer_store.load_chunk(job, chunk)
    if not any(answer.outcome is Outcome.DITAHAN for answer in before):
        return
    content = work_files.read_chunk(job.id, chunk)
    rows = {row.number: row for row in decode_chunk(content)} if content is not None else {}
    after = [_again(answer, rows, job, correct or void) for answer in before]
    if answer_store.replace_held(job, chunk, before, after):
        log(LogLine.IMPORT_CHUNK, import_id=job.id, institution=job.institution, count=len(after))


def void(row: FileRow, pid: str, job: Job) -> Answer:
    """Correct the person by the row, whatever verdict stands.

    Raises:
        Problem: `try-again`.
    """
    return correct_row(row, person_store.load(pid), job, may_void=True)


def _again(answer: Answer, rows: dict[int, FileRow], job: Job, correct: Correct) -> Answer:
    if answer.outcome is not Outcome.DITAHAN:
        return answer
    row = rows.get(answer.row)
    if row is None:
        return Answer(answer.row, Outcome.DITOLAK, nama=answer.nama, problems=[_GONE])
    return correct(row, answer.pid, job)
