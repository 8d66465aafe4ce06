"""A message asks for one institution to be locked."""

from contextlib import ExitStack
from datetime import datetime

from services.finalization.adapters.lock_queue import LockMessage
from services.finalization.lock.lock_institution import lock_institution
from services.kernel.log import LogLine, log


def lock_as_asked(message: LockMessage, now: datetime) -> bool:
    """Lock the institution, if it is still due; returns whether this message did it.

    This machine's clock may be behind the one that found it due: then that one's instant counts, or the message would
    be answered with "not yet" and the institution stay open until the next.

    Raises:
        LockStuckError, Problem: see `lock_institution`; the message must come again.
    """
    with ExitStack() as failing:
        failing.callback(log, LogLine.LOCK_FAILED, institution=message.institution)
        locked = lock_institution(message.institution, max(now, message.at))
        failing.pop_all()
    return locked
