"""An import as its institution sees it, and which imports somebody sees."""

from datetime import datetime

from pydantic import BaseModel

from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Actor
from services.kernel.web.languages import Sentence
from services.kernel.web.watched import Watched, patience
from services.registration.adapters import import_store, work_files
from services.registration.model.import_job import Job, JobState, Outcome


class FileProblem(BaseModel):
    """Why a whole file was refused, and what to do."""

    code: str
    message: Sentence


class ImportView(BaseModel):
    """An import with its progress: `done` of `rows` are answered; the other numbers count them by answer.

    `held` rows void a verdict and wait for an admin, `confirm_until` at the longest, where the import waits for him.
    """

    id: str
    filename: str
    state: JobState
    rows: int
    done: int
    accepted: int
    rejected: int
    duplicates: int
    conflicts: int
    closed: int
    corrected: int
    unchanged: int
    held: int
    confirm_until: datetime | None
    problem: FileProblem | None
    at: datetime


def view_import(job: Job) -> ImportView:
    """The import as it stands."""
    counted = job.outcomes
    return ImportView(
        id=job.id,
        filename=job.filename,
        state=job.state,
        rows=job.rows,
        done=job.done,
        accepted=counted[Outcome.DITERIMA],
        rejected=counted[Outcome.DITOLAK],
        duplicates=counted[Outcome.DUPLIKAT],
        conflicts=counted[Outcome.KONFLIK],
        closed=counted[Outcome.DITUTUP],
        corrected=counted[Outcome.DIPERBAIKI],
        unchanged=counted[Outcome.SAMA],
        held=counted[Outcome.DITAHAN],
        confirm_until=_confirm_until(job),
        problem=FileProblem(code=job.problem[0], message=job.problem[1]) if job.problem else None,
        at=job.at,
    )


def _confirm_until(job: Job) -> datetime | None:
    waits = job.state is JobState.MENUNGGU_KONFIRMASI
    return job.arrival + work_files.KEPT if waits else None


def watch_import(job: Job, now: datetime) -> Watched[ImportView]:
    """The import as it stands, for who waits for its end."""
    return Watched(view_import(job), None if job.state.is_at_rest else patience(job.received or job.at, now))


def is_visible(job: Job, actor: Actor) -> bool:
    """Whoever works for some units sees his own imports only, of no other unit: others name people of other units.

    An import that he made while he worked for more than he does now is none of these.
    """
    own = job.by == actor.id and bool(job.units) and all(map(actor.works_for, job.units))
    return not actor.units or own


def load_visible(import_id: str, institution: str, actor: Actor) -> Job:
    """An import the actor may see.

    Raises:
        Problem: `not-found`.
    """
    actor.require_institution(institution)
    job = import_store.load(import_id)
    if job.institution != institution or not is_visible(job, actor):
        raise Problem(Code.NOT_FOUND)
    return job
