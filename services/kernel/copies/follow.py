"""How a copy stands that somebody asked for, and which one he may fetch."""

from datetime import datetime

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.copies import store
from services.kernel.copies.job import CopyJob, CopyState
from services.kernel.problems import Code, Problem
from services.kernel.web.watched import Watched, patience


class CopyView(BaseModel):
    """A copy as its person sees it; `until` is when it is gone, None while it is not made."""

    id: str
    state: CopyState
    asked_at: datetime
    until: datetime | None


class Copies(BaseModel):
    """The latest copy that somebody asked for; None: he never did."""

    latest: CopyView | None


def list_copies(pid: str, now: datetime) -> Copies:
    """What a page shows before anything is asked for."""
    job = store.load(pid)
    return Copies(latest=None if job is None else view_copy(job, now))


def watch_copy(pid: str, copy: str, now: datetime) -> Watched[CopyView]:
    """How one of his copies stands.

    Raises:
        Problem: `not-found` for any but his latest.
    """
    job = _find(pid, copy)
    under_way = job.state(now) is CopyState.DIMINTA
    return Watched(view_copy(job, now), patience(job.asked_at, now) if under_way else None)


def find_made(pid: str, copy: str, now: datetime) -> CopyJob:
    """One of his copies, to hand it out.

    Raises:
        Problem: `not-found` for any but his latest, also while that is not made, and once its day is over.
    """
    job = _find(pid, copy)
    if job.state(now) is not CopyState.SIAP:
        raise Problem(Code.NOT_FOUND, "Salinan ini belum siap atau sudah dihapus. Minta salinan baru.")
    return job


def view_copy(job: CopyJob, now: datetime) -> CopyView:
    """The copy as its person sees it."""
    until = None if job.until is None else job.until.astimezone(clock.WIB)
    return CopyView(id=job.id, state=job.state(now), asked_at=job.asked_at.astimezone(clock.WIB), until=until)


def _find(pid: str, copy: str) -> CopyJob:
    job = store.load(pid)
    if job is None or job.id != copy:
        raise Problem(Code.NOT_FOUND)
    return job
