"""Somebody asks for a copy of what is his."""

import secrets
from dataclasses import replace
from datetime import datetime
from typing import Final

from pydantic import BaseModel

from services.kernel.aws import events
from services.kernel.copies import store
from services.kernel.copies.follow import CopyView, view_copy
from services.kernel.copies.job import MOST, SPAN, CopyJob, CopyMessage, CopyState
from services.kernel.problems import Code, Problem
from services.kernel.web.request import Request
from services.kernel.writes import ungated

_TOO_MANY: Final = (
    f"Salinan dapat diminta paling banyak {MOST} kali dalam 24 jam. Unduh salinan terakhir, atau minta lagi nanti."
)


class Asked(BaseModel):
    """What is remembered of an asking: which copy."""

    id: str


def request_copy(request: Request, *, institution: str, prefix: str, queue_url: str) -> CopyView:
    """Ask for a copy of what the signed-in person has here; while one is being made, it is that one.

    `prefix` is where this service puts its copies in the exports bucket, `queue_url` whose function makes them. The
    queue is told at each asking, also of one that is under way: what is made already is not made twice.

    Raises:
        Problem: `throttled` after `MOST` of them within `SPAN`; `try-again`.
    """
    pid = request.actor.id
    asked = request.once.answer(Asked, lambda: _asked(request, institution, prefix))
    events.send(queue_url, [CopyMessage(pid=pid, copy_id=asked.id).model_dump_json()])
    job = store.load(pid)
    if job is None:
        raise Problem(Code.TRY_AGAIN, retry_after=1)
    return view_copy(job, request.received)


def _asked(request: Request, institution: str, prefix: str) -> Asked:
    before, now = store.load(request.actor.id), request.received
    if before is not None and before.state(now) is CopyState.DIMINTA:
        return Asked(id=before.id)
    job = _next(before, request.actor.id, institution, prefix, now)
    asked = Asked(id=job.id)
    if not ungated.commit([store.put_new(job), *request.once.remember(asked)]):
        raise Problem(Code.TRY_AGAIN, retry_after=1)
    return asked


def _next(before: CopyJob | None, pid: str, institution: str, prefix: str, now: datetime) -> CopyJob:
    lately = tuple(at for at in before.asked if now < at + SPAN) if before else ()
    if len(lately) >= MOST:
        raise Problem(Code.THROTTLED, _TOO_MANY, retry_after=int((lately[0] + SPAN - now).total_seconds()) + 1)
    job = CopyJob(
        pid=pid,
        institution=institution,
        id=secrets.token_hex(16),
        v=1,
        key=f"{prefix}{secrets.token_urlsafe(32)}",
        asked=(*lately, now),
    )
    return replace(job, v=before.v + 1) if before else job
