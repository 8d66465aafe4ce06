"""The queues of institutions that something is due of: one message each, never two of the same institution at work.

They are first in, first out within an institution: SQS hands out nothing more of an institution while one of its
messages is being worked on, and takes no second message of the same deduplication id for five minutes. So what waits
is bounded whatever the schedule does: one message per institution, epoch and `SPELL`.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from services.finalization.model.due_message import DueMessage
from services.finalization.model.folder import Due
from services.kernel.aws import events
from services.kernel.aws.events import Ordered

SPELL = timedelta(minutes=3)
"""How long one message stands for an institution; then, should it still be due, it is asked for again.

As long as a message that fails at every try takes to reach the dead letters (infra/finalization/merge.yaml), so that
the messages of a poisoned institution do not pile up.
"""


def send(queue: str, due: Sequence[Due], now: datetime) -> list[Due]:
    """Ask for the work on these institutions; returns those the queue did not take."""
    refused: list[Due] = []
    for start in range(0, len(due), events.BATCH):
        batch = due[start : start + events.BATCH]
        positions = events.send_many_in_order(queue, [_message(one, now) for one in batch])
        refused += [batch[at] for at in positions]
    return refused


def _message(one: Due, now: datetime) -> Ordered:
    spell = int(now.timestamp() // SPELL.total_seconds())
    body = DueMessage(institution=one.code, at=now).model_dump_json()
    return Ordered(group=one.code, deduplication=f"{one.code}-{one.epoch}-{spell}", body=body)
