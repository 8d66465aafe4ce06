"""EventBridge and SQS behind plain functions."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from services.kernel.aws import clients

BATCH = 10
"""PutEvents and SendMessageBatch take at most ten entries a call."""
ROOM = 256_000
"""Bytes of all entries of one call together; AWS says 256 KB of both."""

T = TypeVar("T")


def portions(items: Iterable[T], size: Callable[[T], int], *, most: int = BATCH, room: int = ROOM) -> Iterator[list[T]]:
    """Cut into lists, in order, of at most `most` items and `room` bytes; what alone is larger goes alone."""
    part: list[T] = []
    left = room
    for item in items:
        needs = size(item)
        if part and (len(part) == most or needs > left):
            yield part
            part, left = [], room
        part.append(item)
        left -= needs
    if part:
        yield part


def put_events(bus: str, source: str, entries: Sequence[tuple[str, str]]) -> list[int]:
    """Put the (detail type, JSON) entries of one call on the bus; returns the positions it did not take."""
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
    """Send messages to a standard queue, as many a call as it takes; they show up after `delay` seconds.

    Raises:
        RuntimeError: when SQS did not take all of them; whoever sends again must be idempotent.
    """
    for batch in portions(bodies, lambda body: len(body.encode())):
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
