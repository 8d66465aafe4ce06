"""The queue that carries reminding from page to page: in order and one at a time, so that a rate can be kept."""

import hashlib
from collections.abc import Sequence
from typing import Final

from services.kernel.aws import events
from services.kernel.aws.events import Ordered
from services.registration.model.reminder_step import ReminderStep
from services.registration.settings import settings

_GROUP: Final = "reminders"
"""One group for all: whatever is in it comes one after the other."""
_ERRANDS: Final = "errands"
"""What bkn has told now, which must not wait behind a large day's reminders."""


def send(steps: Sequence[ReminderStep]) -> None:
    """Ask for these steps; the same step twice within five minutes is one.

    Raises:
        RuntimeError: when SQS did not take all of them; whoever sends again must be idempotent.
    """
    messages = [_message(step) for step in steps]
    for batch in events.portions(messages, lambda message: len(message.body.encode())):
        if events.send_many_in_order(settings().reminders_queue, batch):
            raise RuntimeError("the queue refused messages")


def _message(step: ReminderStep) -> Ordered:
    body = step.model_dump_json()
    group = _GROUP if step.message is None and step.reopened is None else _ERRANDS
    return Ordered(group, hashlib.sha256(body.encode()).hexdigest(), body)
