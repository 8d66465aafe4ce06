"""A spreadsheet has arrived: read it, refuse it as a whole or cut it into chunks, and ask for them to be committed.

Nothing is sent on before the whole file has been read. When the message comes again, the same chunks are written and
asked for again; what was answered is not done twice.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from services.kernel.log import LogLine, log
from services.kernel.problems import Code, Problem
from services.kernel.writes import gate
from services.registration.adapters import import_store, work_files
from services.registration.imports.cut_bounded import cut_bounded
from services.registration.imports.cut_file import Cut, refuse
from services.registration.imports.refused_file import FileCode, RefusedFile
from services.registration.model.import_job import Job, JobState

ROWS_PER_CHUNK: Final = 240
"""Five transactions: a chunk stays well within the function's thirty seconds, and progress shows in small steps."""


Cutter = Callable[[bytes, int], Cut]
"""Cuts a file into chunks of so many rows."""


def take_file(
    import_id: str,
    received: datetime,
    object_version: str | None,
    *,
    rows_per_chunk: int = ROWS_PER_CHUNK,
    cut: Cutter = cut_bounded,
) -> None:
    """Take the file of an import that arrived at `received` (S3's own time, in whole seconds).

    Raises:
        WorkerError: the process that reads it could not be started; the event must come again.
    """
    job = find_job(import_id)
    if job is None:
        return
    if import_store.begin_reading(job, received, object_version) or job.state is JobState.DIBACA:
        _read(import_store.load(import_id), rows_per_chunk, cut)
    job = import_store.load(import_id)
    if job.state is JobState.DIPROSES:
        send_chunks(job)


def find_job(import_id: str) -> Job | None:
    """Return an import, or None when nobody asked for it."""
    try:
        return import_store.load(import_id)
    except Problem as problem:
        if problem.code is not Code.NOT_FOUND:
            raise
        return None


def _read(job: Job, rows_per_chunk: int, cut: Cutter) -> None:
    content = work_files.read_upload(job.id, job.object_version)
    found = refuse(RefusedFile(FileCode.GONE)) if content is None else cut(content, rows_per_chunk)
    for place in found.unforeseen:
        log(LogLine.IMPORT_UNFORESEEN, import_id=job.id, institution=job.institution, error=place)
    if found.problem is not None:
        import_store.refuse(job, *found.problem)
        log(LogLine.IMPORT_REFUSED, import_id=job.id, institution=job.institution, code=found.problem[0])
        return
    for number, chunk in enumerate(found.chunks):
        work_files.write_chunk(job.id, number, chunk)
    import_store.begin_processing(job, rows=found.rows, chunks=len(found.chunks))
    log(LogLine.IMPORT_READ, import_id=job.id, institution=job.institution, count=found.rows)


def send_chunks(job: Job) -> None:
    """Ask for every chunk of an import to be committed; those that have been answered stay as they are."""
    lanes = gate.read_round(job.institution).import_lanes
    for chunk in range(job.chunks):
        lane = f"{gate.IMPORT_LANE}{chunk % lanes}"
        work_files.send_chunk(job.id, chunk, institution=job.institution, lane=lane)
