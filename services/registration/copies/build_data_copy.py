"""Make a copy of somebody's data, as the queue asks for it."""

from services.kernel import clock, copies
from services.kernel.copies import KEPT, CopyMessage
from services.kernel.writes import ungated
from services.registration.adapters import copy_files, person_store
from services.registration.adapters.copy_files import Form
from services.registration.copies.own_data import own_data
from services.registration.copies.render_copy import render_copy
from services.registration.shared.tell_person import tell_copy_ready


def build_data_copy(message: CopyMessage) -> None:
    """Write both forms, then note the copy as made and tell him: broken off, it is made again as if nothing had been.

    Raises:
        Problem: `not-found` or `unauthenticated` for a person or an account that is gone, `try-again`.
    """
    job = copies.load_wanted(message)
    if job is None:
        return
    copy = own_data(job.pid, clock.now())
    copy_files.write(job, Form.JSON, copy.model_dump_json(indent=2).encode())
    copy_files.write(job, Form.PDF, render_copy(copy))
    told = tell_copy_ready(person_store.load(job.pid), job.id, copy.made_at + KEPT)
    ungated.commit([copies.made(job, copy.made_at), *told])
