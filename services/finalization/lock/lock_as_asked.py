"""A message asks for one institution to be locked."""

from datetime import datetime

from services.finalization.due.as_asked import as_asked
from services.finalization.lock.lock_institution import lock_institution
from services.finalization.model.due_message import DueMessage
from services.kernel.log import LogLine


def lock_as_asked(message: DueMessage, now: datetime) -> bool:
    """Lock the institution, if it is still due; returns whether this message did it.

    Raises:
        LockStuckError, Problem: see `lock_institution`; the message must come again.
    """
    return as_asked(message, now, lock_institution, LogLine.LOCK_FAILED)
