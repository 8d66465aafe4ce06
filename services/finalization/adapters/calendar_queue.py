"""The queue by which each institution is brought under a changed calendar: one message each, its code."""

import json
from collections.abc import Sequence

from services.finalization.settings import settings
from services.kernel.aws import events


def send(codes: Sequence[str]) -> None:
    """Put `{"institution": <code>}` into the queue for each of these codes.

    Raises:
        RuntimeError: when the queue did not take all of them; setting the same calendar again sends them again.
    """
    events.send(settings().calendars_queue, [json.dumps({"institution": code}) for code in codes])
