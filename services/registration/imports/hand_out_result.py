"""The answers as a spreadsheet to work on, once every row has one."""

import io
from datetime import datetime

from services.kernel.aws import exports
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import NATIONAL, Actor
from services.registration.adapters import access_log, answer_store
from services.registration.imports.answers import write_answers_xlsx
from services.registration.imports.import_view import load_visible
from services.registration.settings import settings

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NOT_YET = "Impor ini belum selesai. Tunggu sampai semua baris dijawab, lalu unduh hasilnya."


def hand_out_result(import_id: str, *, institution: str, actor: Actor, received: datetime) -> str:
    """Write the answer file and return the short-lived link to it; who from outside takes it is written down first.

    Raises:
        Problem: `not-found`, `conflict` while rows are still being answered or when they never will, or `try-again`
            when the reading could not be written down.
    """
    job = load_visible(import_id, institution, actor)
    if not job.state.is_answered:
        raise Problem(Code.CONFLICT, job.problem[1] if job.problem else _NOT_YET)
    if actor.role in NATIONAL:
        access_log.record_reading(institution, actor, "read-result", received, {"import": job.id})
    made = io.BytesIO()
    write_answers_xlsx(
        made, (answer for _, answers in answer_store.load(job) for answer in answers), settings().site_origin
    )
    filename = f"hasil-impor-{job.id[:8]}.xlsx"
    return exports.hand_out(settings().exports_bucket, made.getvalue(), filename=filename, content_type=_XLSX)
