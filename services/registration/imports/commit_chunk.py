"""Commit one chunk of an import: the engine judges each sound row, the rows are stored, every row is answered.

Idempotent: the answers of a chunk are stored once, together with the job's counters, and a row that was stored before
finds itself under its `pid`, which the same institution and NIK always give. Who is found there by another row is
corrected (`correct_row.py`); what would void a verdict is held until the end of the pass (`end_pass.py`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.log import LogLine, log
from services.kernel.problems import Code
from services.kernel.security import privacy
from services.kernel.values.numbers import number_text
from services.kernel.values.units import is_among
from services.kernel.writes import gate
from services.registration.access.scope import OUTSIDE_SCOPE, OUTSIDE_SCOPE_TEXT
from services.registration.adapters import answer_store, import_store, list_store, rules_store, work_files
from services.registration.imports.checked_batch import FileRow
from services.registration.imports.chunk import decode_chunk
from services.registration.imports.claimed_elsewhere import claimed_elsewhere
from services.registration.imports.commit_held import commit_held
from services.registration.imports.commit_rows import Candidate, Fate, commit_rows
from services.registration.imports.correct_row import correct_row
from services.registration.imports.end_pass import end_pass
from services.registration.imports.refused_file import FileCode, RefusedFile
from services.registration.imports.row_answer import open_criteria, refused
from services.registration.model.entry import Origin
from services.registration.model.import_job import Job, JobState, Outcome
from services.registration.model.person import Person
from services.registration.rows.answer import Answer
from services.registration.rows.new_person import new_person
from services.registration.rows.row_problems import RowProblem
from services.registration.rows.unlisted import Lists, find_unlisted
from services.registration.settings import lookup_key

_OWN = RowProblem("nik", Code.OWN_RECORD.value, "NIK ini milik Anda sendiri; minta petugas lain memasukkannya.")
_OUTSIDE = RowProblem("unit_kerja", OUTSIDE_SCOPE, OUTSIDE_SCOPE_TEXT)


class ChunkMessage(BaseModel):
    """The message that asks for one chunk, and the lane it belongs to; `held`: for those of its rows that were held."""

    import_id: str
    chunk: int
    lane: str
    held: bool = False


def commit_chunk(message: ChunkMessage) -> None:
    """Commit a chunk unless it has been answered; the last one ends the pass (imports/end_pass.py).

    Raises:
        Problem: `try-again` when the lane is too busy; the message comes again.
        LookupError: when the chunk is not there and should be.
    """
    job = import_store.load(message.import_id)
    if job.state is JobState.MEMPERBAIKI and message.held:
        commit_held(job, message.chunk)
    elif job.state is JobState.DIPROSES:
        _commit_new(job, message)
    end_pass(job.id)


def _commit_new(job: Job, message: ChunkMessage) -> None:
    if not answer_store.is_answered(job, message.chunk):
        content = work_files.read_chunk(job.id, message.chunk)
        if content is None:
            _give_up(job)
        else:
            _commit(decode_chunk(content), job, message)


def _commit(rows: Sequence[FileRow], job: Job, message: ChunkMessage) -> None:
    answer_store.store(job, message.chunk, answer_rows(rows, job, message.lane))
    log(LogLine.IMPORT_CHUNK, import_id=job.id, institution=job.institution, lane=message.lane, count=len(rows))


def _give_up(job: Job) -> None:
    """The message has waited for longer than the rows are kept.

    Raises:
        LookupError: it has not, so they must be there.
    """
    if clock.now() < job.arrival + work_files.KEPT:
        raise LookupError("chunk is gone")
    gone = RefusedFile(FileCode.ROWS_GONE, left=number_text(job.rows - job.done), rows=number_text(job.rows))
    import_store.give_up(job, gone.code.value, gone.message)
    log(LogLine.IMPORT_REFUSED, import_id=job.id, institution=job.institution, code=gone.code.value)


def answer_rows(rows: Sequence[FileRow], job: Job, lane: str) -> list[Answer]:
    """Store the rows that can be stored; return an answer for every row, in the order of the file.

    Raises:
        Problem: `try-again` when the lane is too busy.
    """
    rules_store.keep_fresh()
    refused = {row.number: answer for row in rows if (answer := _refusal(row, job)) is not None}
    origin = Origin(job.id, job.by, lane, gate.read_round(job.institution), job.arrival)
    fates = commit_rows(list(_candidates((row for row in rows if row.number not in refused), job)), origin)
    lists = list_store.load(job.institution)
    return [refused.get(row.number) or _answer(row, fates[row.number], job, lists) for row in rows]


def _answer(row: FileRow, fate: Fate, job: Job, lists: Lists) -> Answer:
    if fate.outcome is not None:
        return _accepted(row, fate.outcome, fate, lists)
    if fate.person is None:
        raise LookupError("a row that was not stored has nobody to correct")
    if fate.person.pid == job.own:
        return refused(row, Outcome.DITOLAK, _OWN)
    answer = correct_row(row, fate.person, job, may_void=False)
    return replace(answer, warnings=(*answer.warnings, *find_unlisted(row.checked.row or {}, lists)))


def _refusal(row: FileRow, job: Job) -> Answer | None:
    """The answer on a row that is not stored: malformed, twice in the file, of another's unit, the importer's own."""
    checked = row.checked
    if checked.row is None:
        outcome = Outcome.DITOLAK if row.first is None else Outcome.DUPLIKAT
        return Answer(row.number, outcome, nama=checked.name, problems=checked.problems)
    if job.units and not is_among(checked.row.get("unit_kerja", ""), job.units):
        return Answer(row.number, Outcome.DITOLAK, nama=checked.name, problems=[_OUTSIDE])
    if job.own and privacy.person_id(lookup_key(), job.institution, checked.row["nik"]) == job.own:
        return Answer(row.number, Outcome.DITOLAK, nama=checked.name, problems=[_OWN])
    return None


def _candidates(rows: Iterable[FileRow], job: Job) -> Iterator[Candidate]:
    for number, checked, _ in rows:
        if checked.row is not None:
            person = new_person(
                checked.row, is_draft=checked.is_draft, institution=job.institution, entered_by=job.by, at=job.arrival
            )
            yield Candidate(number, person)


def _accepted(row: FileRow, outcome: Outcome, fate: Fate, lists: Lists) -> Answer:
    stored: Person | None = fate.person
    elsewhere = claimed_elsewhere(stored) if stored and outcome is Outcome.KONFLIK else ()
    return Answer(
        row=row.number,
        outcome=outcome,
        nama=row.checked.name,
        registration_number=stored.registration_number if stored else "",
        overall=stored.overall if stored else "",
        problems=(*fate.problems, *elsewhere),
        warnings=(*row.checked.warnings, *find_unlisted(row.checked.row or {}, lists)),
        missing=row.checked.missing,
        pid=stored.pid if stored else "",
        criteria=open_criteria(stored) if stored else (),
    )
