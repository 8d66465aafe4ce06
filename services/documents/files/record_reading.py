"""Write down who read whose files (domain.md, section 8: restricted, logged)."""

from collections.abc import Sequence
from datetime import datetime

from services.documents.adapters import store
from services.documents.model.file import File, Subject
from services.kernel.audit.chain import Event
from services.kernel.security.sessions import Actor


def record_reading(subject: Subject, actor: Actor, action: str, files: Sequence[File], at: datetime) -> None:
    """Add a link to the subject's audit chain before anything is shown.

    Raises:
        Problem: `try-again`; then nothing may be shown.
    """
    delta = {"role": actor.role.value, "files": [str(file.id) for file in files]}
    store.log_of(subject).record(Event(actor.id, action, at, delta))
