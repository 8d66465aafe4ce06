"""EventBridge and SQS behind plain functions."""

from collections.abc import Sequence

from services.kernel.aws import clients

BATCH = 10
"""PutEvents takes at most ten entries a call."""


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
