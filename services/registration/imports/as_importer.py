"""An import asks for what a member of staff asks for by a form: the same use cases, and each row once."""

from services.kernel.security.sessions import Actor, Role
from services.kernel.web.caller import Caller
from services.kernel.web.request import Request
from services.kernel.writes.idempotency import Once
from services.registration.model.import_job import Job


def request_of(job: Job, row: int) -> Request:
    """What the importer asks for by one row of his file; the same row asked twice is answered once.

    Received is the file or, where the import took that, the admin's confirmation.
    """
    actor = Actor(id=job.by, role=Role.OPERATOR, institution=job.institution, units=job.units, own=job.own)
    caller = Caller(address="", request_id=job.id, cookies={}, idempotency_key=None, sent_form=False)
    return Request(job.writing_at, Once(job.by, f"import {job.id}", f"row {row:05d}", None), caller, session=actor)
