"""Write down who read whose files (domain.md, section 8: restricted, logged)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from services.documents.adapters import store
from services.documents.model.file import File, Subject
from services.kernel.audit.chain import Event
from services.kernel.aws import ttl_store
from services.kernel.security.sessions import Actor

ONCE: Final = timedelta(minutes=1)
"""Who turns the pages of a file reads it once; a link of the chain a page would say no more."""


def record_reading(subject: Subject, actor: Actor, action: str, files: Sequence[File], at: datetime) -> None:
    """Add a link to the subject's audit chain before anything is shown.

    Raises:
        Problem: `try-again`; then nothing may be shown.
    """
    delta = {"role": actor.role.value, "files": [str(file.id) for file in files]}
    store.log_of(subject).record(Event(actor.id, action, at, delta))


def record_opening(subject: Subject, actor: Actor, file: File, at: datetime) -> None:
    """Write down that a member of staff opens a file, once a minute.

    That it was is noted after the link: nothing is shown that was not written down, and two requests at the same moment
    leave a link each.

    Raises:
        Problem: `try-again`; then nothing may be shown.
    """
    noted = f"reading#{actor.id}#{file.id}"
    if ttl_store.read(noted) is None:
        record_reading(subject, actor, "read-file", [file], at)
        ttl_store.keep(noted, {}, at + ONCE)
