"""Make a copy of somebody's files, as the queue asks for it."""

import tempfile

from services.documents.adapters import file_copies, objects, store
from services.documents.copies.build_archive import build_archive
from services.documents.copies.own_files import name_files, own_files
from services.kernel import clock, copies
from services.kernel.copies import CopyMessage
from services.kernel.problems import Code, Problem
from services.kernel.writes import ungated


def build_file_copy(message: CopyMessage) -> None:
    """Write the archive on the function's disk, keep it whole, then note it as made; broken off, it is made again.

    Raises:
        Problem: `not-found` for a person of whom nothing is known here, `try-again`.
        LookupError: a kept copy is missing, or is not what was accepted.
    """
    job = copies.load_wanted(message)
    if job is None:
        return
    subject = store.load_subject(job.pid)
    if subject is None:
        raise Problem(Code.NOT_FOUND)
    at = clock.now()
    with tempfile.TemporaryFile() as archive:
        build_archive(archive, name_files(own_files(subject)), objects.read_kept, at)
        archive.seek(0)
        file_copies.write(job, archive)
    ungated.commit([copies.made(job, at)])
