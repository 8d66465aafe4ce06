"""A spreadsheet has arrived: read it, refuse it as a whole or cut it into chunks, and ask for them to be committed.

Nothing is sent on before the whole file has been read. When the message comes again, the same chunks are written and
asked for again; what was answered is not done twice.
"""

import io
from datetime import datetime
from typing import Final

from services.kernel import gate
from services.kernel.log import LogLine, log
from services.kernel.problems import Code, Problem
from services.registration.adapters import import_store, work_files
from services.registration.imports.check_file import check_file
from services.registration.imports.chunk import encode_chunk
from services.registration.imports.job import Job, JobState
from services.registration.imports.read_file import read_file
from services.registration.imports.refused_file import FileCode, RefusedFile

ROWS_PER_CHUNK: Final = 240
"""Five transactions: a chunk stays well within the function's thirty seconds, and progress shows in small steps."""


def take_file(
    import_id: str, received: datetime, object_version: str | None, *, rows_per_chunk: int = ROWS_PER_CHUNK
) -> None:
    """Take the file of an import that arrived at `received` (S3's own time, in whole seconds)."""
    job = _find(import_id)
    if job is None:
        return
    if import_store.begin_reading(job, received, object_version) or job.state is JobState.DIBACA:
        _read(import_store.load(import_id), rows_per_chunk)
    job = import_store.load(import_id)
    if job.state is JobState.DIPROSES:
        _send(job)


def _find(import_id: str) -> Job | None:
    try:
        return import_store.load(import_id)
    except Problem as problem:
        if problem.code is not Code.NOT_FOUND:
            raise
        return None


def _read(job: Job, rows_per_chunk: int) -> None:
    try:
        chunks, rows = _cut(work_files.read_upload(job.id, job.object_version), rows_per_chunk)
    except RefusedFile as refused:
        import_store.refuse(job, refused.code.value, refused.message)
        log(LogLine.IMPORT_REFUSED, import_id=job.id, institution=job.institution, code=refused.code.value)
        return
    for number, chunk in enumerate(chunks):
        work_files.write_chunk(job.id, number, chunk)
    import_store.begin_processing(job, rows=rows, chunks=len(chunks))
    log(LogLine.IMPORT_READ, import_id=job.id, institution=job.institution, count=rows)


def _cut(content: bytes | None, rows_per_chunk: int) -> tuple[list[bytes], int]:
    """The chunks of the file, and how many rows they hold."""
    if content is None:
        raise RefusedFile(FileCode.GONE)
    chunks, rows = [], 0
    for batch in check_file(read_file(io.BytesIO(content), rows_per_chunk)):
        chunks.append(encode_chunk(batch))
        rows += len(batch)
    return chunks, rows


def _send(job: Job) -> None:
    lanes = gate.read_round(job.institution).import_lanes
    for chunk in range(job.chunks):
        lane = f"{gate.IMPORT_LANE}{chunk % lanes}"
        work_files.send_chunk(job.id, chunk, institution=job.institution, lane=lane)
