"""Word to institutions that the round's calendar has changed: one message each."""

import json
from collections.abc import Sequence

from services.finalization.settings import settings
from services.kernel.aws import events


def send(codes: Sequence[str]) -> None:
    """Send for every institution.

    Raises:
        RuntimeError: when the queue did not take all of them; setting the same calendar again sends them again.
    """
    events.send(settings().calendars_queue, [json.dumps({"institution": code}) for code in codes])
