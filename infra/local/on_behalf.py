"""What Lambda itself does with a function's role around a run of it (AWS Lambda, "Event source mappings").

The local readers of queues and streams act as themselves; whether the role would have let them is judged here.
"""

from collections.abc import Iterator
from pathlib import Path

from infra.local.ledger import Ledger
from infra.local.permissions import Act, judge_one
from infra.local.wiring import Function, Wiring

_OF_A_QUEUE = ("ReceiveMessage", "DeleteMessage", "GetQueueAttributes")
_OF_A_STREAM = ("DescribeStream", "GetRecords", "GetShardIterator")


def judge_readers(wiring: Wiring, logs: Path) -> None:
    """Note in the ledgers what the functions' event sources need, as if each had been asked once."""
    for function, act in acts_on_behalf(wiring):
        judge_one(function.permissions, act, Ledger(function.name, logs))


def acts_on_behalf(wiring: Wiring) -> Iterator[tuple[Function, Act]]:
    """Each function that Lambda feeds, with each thing that Lambda must be allowed for that."""
    for queue in wiring.queues:
        for action in _OF_A_QUEUE:
            yield queue.function, Act(f"sqs:{action}", queue.queue_arn, {})
    for stream in wiring.streams:
        for action in _OF_A_STREAM:
            yield stream.function, Act(f"dynamodb:{action}", stream.stream_arn, {})
        yield stream.function, Act("dynamodb:ListStreams", "*", {})
        if stream.on_failure:
            yield stream.function, Act("sqs:SendMessage", stream.on_failure, {})
