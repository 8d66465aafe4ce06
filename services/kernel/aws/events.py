"""EventBridge and SQS behind plain functions."""

from collections.abc import Sequence
from dataclasses import dataclass

from services.kernel.aws import clients

BATCH = 10
"""PutEvents and SendMessageBatch take at most ten entries a call."""


def put_events(bus: str, source: str, entries: Sequence[tuple[str, str]]) -> list[int]:
    """Put at most ten (detail type, JSON) entries on the bus; returns the positions it did not take."""
    answer = clients.events().put_events(
        Entries=[
            {"EventBusName": bus, "Source": source, "DetailType": name, "Detail": detail} for name, detail in entries
        ]
    )
    return [at for at, entry in enumerate(answer["Entries"]) if "ErrorCode" in entry]


def send_in_order(queue_url: str, group: str, deduplication: str, body: str) -> None:
    """Send to a FIFO queue: messages of one group are handled one after the other."""
    clients.sqs().send_message(
        QueueUrl=queue_url, MessageBody=body, MessageGroupId=group, MessageDeduplicationId=deduplication
    )


def send(queue_url: str, bodies: Sequence[str], *, delay: int = 0) -> None:
    """Send messages to a standard queue, ten a call; they show up after `delay` seconds.

    Raises:
        RuntimeError: when SQS did not take all of them; whoever sends again must be idempotent.
    """
    for start in range(0, len(bodies), BATCH):
        batch = bodies[start : start + BATCH]
        entries = [{"Id": str(at), "MessageBody": body, "DelaySeconds": delay} for at, body in enumerate(batch)]
        answer = clients.sqs().send_message_batch(QueueUrl=queue_url, Entries=entries)  # type: ignore[arg-type]
        if answer.get("Failed"):
            raise RuntimeError("the queue refused messages")


@dataclass(frozen=True)
class Ordered:
    """A message for a FIFO queue: `group` is handled one after the other, `deduplication` is sent once in 5 minutes."""

    group: str
    deduplication: str
    body: str


def send_many_in_order(queue_url: str, messages: Sequence[Ordered]) -> list[int]:
    """Send at most ten messages to a FIFO queue; returns the positions it did not take."""
    answer = clients.sqs().send_message_batch(
        QueueUrl=queue_url,
        Entries=[
            {
                "Id": str(at),
                "MessageBody": message.body,
                "MessageGroupId": message.group,
                "MessageDeduplicationId": message.deduplication,
            }
            for at, message in enumerate(messages)
        ],
    )
    return [int(entry["Id"]) for entry in answer.get("Failed", [])]
