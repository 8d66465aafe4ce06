"""What follows once every row of an import has an answer (domain.md, section 3, *Putting right*).

Corrections that would void a standing verdict are held until then, for only then is it known how many there are. Up to
50 go on by themselves; more than that nobody voids without an admin who has seen them, and all admins are told.
"""

from typing import Final

from services.kernel.writes import gate
from services.registration.adapters import answer_store, import_store, work_files
from services.registration.model.import_job import Job, JobState
from services.registration.shared.tell_staff import tell_import_waits

MOST_VOIDED: Final = 50
"""How many verdicts an import voids without asking (domain.md, section 3)."""


def end_pass(import_id: str) -> None:
    """End the import, go on with what is held, or let it wait for an admin; nothing while rows have no answer."""
    job = import_store.load(import_id)
    if job.state is JobState.DIPROSES and job.chunks_done == job.chunks:
        _end_first_pass(job)
        job = import_store.load(import_id)
    if job.state is JobState.MEMPERBAIKI and not import_store.finish_correcting(job):
        send_held(job)


def _end_first_pass(job: Job) -> None:
    if not job.held:
        import_store.finish(job)
    elif job.held > MOST_VOIDED:
        tell_import_waits(job)  # before it waits: who dies between comes again and tells nobody twice
        import_store.hold(job)
    else:
        import_store.begin_correcting(job)


def send_held(job: Job) -> None:
    """Ask for the rows that are held to be corrected; what has been answered meanwhile stays as it is."""
    lanes = gate.read_round(job.institution).import_lanes
    for chunk in answer_store.held_chunks(job):
        lane = f"{gate.IMPORT_LANE}{chunk % lanes}"
        work_files.send_chunk(job.id, chunk, institution=job.institution, lane=lane, held=True)
