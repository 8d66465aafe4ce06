"""A message asks for something that is due of one institution."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime

from services.finalization.model.due_message import DueMessage
from services.kernel.log import LogLine, log


def as_asked(message: DueMessage, now: datetime, work: Callable[[str, datetime], bool], failed: LogLine) -> bool:
    """Do the work on the institution, if it is still due; returns whether this message did it.

    This machine's clock may be behind the one that found it due: then that one's instant counts, or the message would
    be answered with "not yet" and the institution stay as it is until the next.

    Raises:
        Exception: whatever the work raises, after a line of the log; the message must come again.
    """
    with ExitStack() as failing:
        failing.callback(log, failed, institution=message.institution)
        done = work(message.institution, max(now, message.at))
        failing.pop_all()
    return done
