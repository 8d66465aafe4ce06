"""An admin lets an import void more than 50 verdicts, or it is withdrawn (domain.md, section 3, *Putting right*)."""

from collections.abc import Sequence

from pydantic import BaseModel

from services.kernel.aws.dynamodb import Operation
from services.kernel.problems import Code, Problem
from services.kernel.web.request import Request
from services.kernel.writes import gate, ungated
from services.registration.adapters import access_log, answer_store, import_store, work_files
from services.registration.corrections.correcting import WINDOW_OF_CORRECTIONS
from services.registration.imports.end_pass import send_held
from services.registration.imports.import_view import ImportView, load_visible, view_import
from services.registration.model.import_job import Job, JobState

_NOT_WAITING = "Impor ini tidak menunggu konfirmasi. Muat ulang halaman untuk melihat keadaannya."
_TOO_OLD = (
    "Berkas impor disimpan paling lama 5 hari sesudah tiba, jadi baris yang ditahan tidak dapat diterapkan lagi. "
    "Tarik impor ini, lalu unggah kembali berkasnya."
)


class Settled(BaseModel):
    """What is remembered of it: of which import."""

    id: str


def confirm_import(import_id: str, *, institution: str, request: Request) -> ImportView:
    """Let the rows that are held be corrected; the corrections are received now, and gated as every other.

    Raises:
        Problem: `not-found`, `window-closed`, `window-not-open`, `conflict` for an import that does not wait or whose
            file is kept no longer, `own-record` where his own row is among them, `try-again`.
    """
    job = load_visible(import_id, institution, request.actor)
    request.once.answer(Settled, lambda: _confirm(job, request))
    return _resumed(job)


def withdraw_import(import_id: str, *, institution: str, request: Request) -> ImportView:
    """Leave the rows that are held as they are, for good; those that were corrected stay corrected.

    Raises:
        Problem: `not-found`, `conflict` for an import that does not wait, `try-again`.
    """
    job = load_visible(import_id, institution, request.actor)
    request.once.answer(Settled, lambda: _withdraw(job, request))
    return view_import(import_store.load(job.id))


def _confirm(job: Job, request: Request) -> Settled:
    gate.read_round(job.institution).require(WINDOW_OF_CORRECTIONS, request.received)
    _require_waiting(job)
    if request.received >= job.arrival + work_files.KEPT:
        raise Problem(Code.CONFLICT, _TOO_OLD)
    _require_others(job, request)
    confirmed = import_store.confirm(job, request.actor.id, request.received)
    noted = access_log.link_of_lists(
        job.institution, request.actor, "confirm-import", request.received, {"import": job.id, "held": job.held}
    )
    return _settle(job, [confirmed, *noted], request)


def _resumed(job: Job) -> ImportView:
    """Send what is held; again at a retry, for its first request may have ended before."""
    confirmed = import_store.load(job.id)
    if confirmed.state is JobState.MEMPERBAIKI:
        send_held(confirmed)
    return view_import(confirmed)


def _withdraw(job: Job, request: Request) -> Settled:
    _require_waiting(job)
    noted = access_log.link_of_lists(
        job.institution, request.actor, "withdraw-import", request.received, {"import": job.id, "held": job.held}
    )
    return _settle(job, [import_store.withdraw(job), *noted], request)


def _settle(job: Job, moved: Sequence[Operation], request: Request) -> Settled:
    settled = Settled(id=job.id)
    if not ungated.commit([*moved, *request.once.remember(settled)]):
        _require_waiting(import_store.load(job.id))
        raise Problem(Code.TRY_AGAIN, retry_after=1)
    return settled


def _require_waiting(job: Job) -> None:
    if job.state is not JobState.MENUNGGU_KONFIRMASI:
        raise Problem(Code.CONFLICT, _NOT_WAITING)


def _require_others(job: Job, request: Request) -> None:
    """Nobody decides on his own row (domain.md, section 2): neither here, where his verdict would be void."""
    own = request.actor.own
    if own and any(answer.pid == own for _, answers in answer_store.load(job) for answer in answers):
        raise Problem(Code.OWN_RECORD)
