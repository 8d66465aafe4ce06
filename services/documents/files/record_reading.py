"""Write down who read whose files (domain.md, section 8: restricted, logged)."""

from collections.abc import Sequence
from datetime import datetime

from services.documents.adapters import store
from services.documents.model.file import File
from services.kernel.audit.chain import Event
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Actor
from services.kernel.writes import ungated


def record_reading(subject: str, actor: Actor, action: str, files: Sequence[File], at: datetime) -> None:
    """Add a link to the subject's audit chain before anything is shown.

    Raises:
        Problem: `not-found`, or `try-again`; then nothing may be shown.
    """
    delta = {"role": actor.role.value, "files": [str(file.id) for file in files]}
    for _ in range(ungated.TRIES):
        found = store.load_subject(subject)
        if found is None:
            raise Problem(Code.NOT_FOUND)
        head, link = store.chain(found, Event(actor.id, action, at, delta))
        if ungated.commit([head, link.operation]):
            return
    raise Problem(Code.TRY_AGAIN, retry_after=1)
