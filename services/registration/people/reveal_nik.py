"""A person's NIK in full, on a click that is written down (domain.md, section 8)."""

from datetime import datetime

from pydantic import BaseModel

from services.kernel.security.sessions import Actor
from services.registration.access.scope import load_to_work_on
from services.registration.adapters import access_log


class ShownNik(BaseModel):
    """The sixteen digits."""

    nik: str


def reveal_nik(pid: str, *, institution: str, actor: Actor, received: datetime) -> ShownNik:
    """Write down who looks, then show.

    Raises:
        Problem: `not-found`, `own-record`, or `try-again` when it could not be written down; then nothing is shown.
    """
    person = load_to_work_on(actor, institution, pid)
    access_log.record_access(person, actor, "show-nik", received)
    return ShownNik(nik=person.row["nik"])
