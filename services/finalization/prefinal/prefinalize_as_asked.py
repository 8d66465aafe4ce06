"""A message asks for one institution to be pre-finalized by the portal."""

from datetime import datetime

from services.finalization.due.as_asked import as_asked
from services.finalization.model.due_message import DueMessage
from services.finalization.prefinal.prefinalize_ended import prefinalize_ended
from services.kernel.log import LogLine


def prefinalize_as_asked(message: DueMessage, now: datetime) -> bool:
    """Pre-finalize the institution, if it is still due; returns whether this message did it.

    Raises:
        Problem: see `prefinalize_ended`; the message must come again.
    """
    return as_asked(message, now, prefinalize_ended, LogLine.PREFINAL_FAILED)
