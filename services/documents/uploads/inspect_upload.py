"""Look into what arrived in quarantine, keep a clean copy or say what is wrong with it.

Not gated: a file that was promised in time is inspected after the deadline and counts. Events come at least once and
in any order; the first verdict on a file is its only one, whichever of several objects sent to the same place it is on.
"""

import base64
import hashlib
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from services.documents.adapters import objects, store
from services.documents.inspection import Inspection, draw_bounded, inspect_bounded, read_number_bounded
from services.documents.model.file import File
from services.documents.subjects.project_case import let_go_if_late
from services.documents.uploads.arrival import Arrival
from services.documents.uploads.settle_file import settle_file
from services.kernel.documents import PDF, DocumentType, FileFault, FileState, rule_of
from services.kernel.log import LogLine, log
from services.kernel.writes import ungated


def inspect_upload(envelope: Mapping[str, Any]) -> None:
    """Inspect the object that S3's event (`Object Created`, in EventBridge's envelope) speaks of, and settle its file.

    Raises:
        WorkerError: our own inspecting process did not start; the event must come again.
        Problem: `try-again` when the verdict could not be written; the event must come again.
    """
    arrival = Arrival.model_validate(envelope)
    file = store.find_incoming(objects.incoming_name(arrival.key))
    if file is None:
        log(LogLine.FILE_UNKNOWN)
        return
    if not file.is_open:
        log(LogLine.FILE_SETTLED, institution=file.institution, jenis=file.id.jenis, state=file.state)
        return
    started = time.perf_counter()
    _begin(file)
    settled = settle_file(_judged(file, arrival), arrival.time)
    let_go_if_late(settled)
    log(
        LogLine.FILE_INSPECTED,
        institution=settled.institution,
        jenis=settled.id.jenis,
        state=settled.state,
        code=settled.code,
        milliseconds=round((time.perf_counter() - started) * 1000),
    )


def _begin(file: File) -> None:
    """Show that the object arrived. Whoever else moved the file meanwhile knows more: then nothing is shown."""
    if file.state is FileState.MENUNGGU_UNGGAH:
        ungated.commit([store.changed_file(replace(file, v=file.v + 1, state=FileState.DIPERIKSA))])


def _judged(file: File, arrival: Arrival) -> File:
    found = _look(file, arrival)
    if found.fault:
        return replace(file, state=FileState.DITOLAK, code=found.fault.value, message=found.message)
    key = _key(file, arrival)
    objects.keep(key, found.content, found.content_type)
    return replace(
        file,
        state=FileState.DITERIMA,
        key=key,
        sha256=found.sha256,
        size=len(found.content),
        content_type=found.content_type,
        flags=tuple(flag.value for flag in found.flags),
        pages=_drawn(file, key, found),
        printed_number=read_number_bounded(found.content) if found.jenis is DocumentType.SPTJM else None,
    )


def _drawn(file: File, key: str, found: Inspection) -> tuple[int, ...]:
    """Draw the pages of a PDF and keep the pictures; where that fails the file is accepted and opened all the same."""
    if found.content_type != PDF:
        return ()
    pictures = draw_bounded(found.content)
    if pictures:
        objects.keep_pages(key, pictures)
    else:
        log(LogLine.PAGES_NOT_DRAWN, institution=file.institution, jenis=file.id.jenis)
    return tuple(len(picture) for picture in pictures)


def _look(file: File, arrival: Arrival) -> Inspection:
    jenis = file.id.jenis
    if arrival.size > rule_of(jenis).most:  # never read: it would fill the function's memory
        return Inspection(jenis, FileFault.TOO_LARGE, {"bytes": arrival.size})
    content = objects.read_incoming(file.incoming, arrival.version)
    if content is None:
        return Inspection(jenis, FileFault.DAMAGED, {"bytes": arrival.size})
    return inspect_bounded(jenis, content)


def _key(file: File, arrival: Arrival) -> str:
    """The kept copy's key: the same at every attempt with the same object, another one for another object."""
    digest = hashlib.sha256(f"{file.incoming}\x1f{arrival.mark}".encode()).digest()
    return f"{file.id.jenis.lower()}/{base64.b32encode(digest[:20]).decode().lower()}"
