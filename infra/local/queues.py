"""From a queue to its function: batches, partial failures, and the emulator's own redrive to the dead letters.

Two differences from AWS are meant. A message that failed is tried again after seconds (growing), not after the queue's
visibility timeout, because nobody at a desk waits minutes for a retry; how often it is tried is the queue's. And a
batch is sent off as soon as the queue is empty, not when the batching window is over; a backlog still makes full ones.
"""

import json
import sys
import threading
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from infra.aws import Aws
from infra.local import polls
from infra.local.batches import failed_identifiers
from infra.local.clock import ShiftedClock
from infra.local.pool import Outcome, Pool
from infra.local.wiring import QueueTrigger
from services.kernel.events.parcels import PART

if TYPE_CHECKING:
    from mypy_boto3_sqs.type_defs import MessageTypeDef

_WAIT_SECONDS = 6
_BATCH_SIZE = 10
"""SQS gives and deletes at most ten messages a call; Lambda puts larger batches together itself."""
_MAX_BACKOFF = 30
_HELD_SECONDS = 0.2
_STAMPED_BY_MACHINE = ("aws.s3", "pendataan.")
"""Sources of the events that the emulator puts its own time on: of S3, and of our bus."""

PortalTime = Callable[[datetime], datetime]
"""From an instant of the machine's clock to what the portal's showed then."""


class QueueReader:
    """Takes messages of one queue to one function, in `threads` threads of its own."""

    def __init__(self, trigger: QueueTrigger, pool: Pool, aws: Aws, clock: ShiftedClock, threads: int) -> None:
        """Start nothing yet."""
        self._trigger = trigger
        self._pool = pool
        self._aws = aws
        self._clock = clock
        self._stopping = threading.Event()
        self._next = threading.Lock()
        self.held = False
        """Whether messages wait although the function could run, as if it were throttled or far behind."""
        self._url = ""
        name = trigger.function.name
        self._threads = [threading.Thread(target=self._run, name=name, daemon=True) for _ in range(threads)]

    @property
    def name(self) -> str:
        """`service-function`."""
        return self._trigger.function.name

    def start(self) -> None:
        """Begin to take messages."""
        name = self._trigger.queue_arn.rsplit(":", 1)[-1]
        self._url = self._aws.sqs.get_queue_url(QueueName=name)["QueueUrl"]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Finish the invocations under way, end; messages not taken stay in the queue."""
        self._stopping.set()
        if self._aws.endpoint:
            polls.end(self._aws.endpoint)
        for thread in self._threads:
            thread.join()

    def waiting(self) -> int:
        """Messages in the queue: visible, hidden and delayed."""
        counts = self._aws.sqs.get_queue_attributes(QueueUrl=self._url, AttributeNames=["All"])["Attributes"]
        return sum(int(count) for name, count in counts.items() if name.startswith("ApproximateNumberOfMessages"))

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                messages = [] if self.held else self._receive()
                if messages:
                    self._settle(messages, self._invoke(messages))
                elif self.held:
                    self._stopping.wait(_HELD_SECONDS)
            except (BotoCoreError, ClientError):
                self._stopping.wait(1)
            except Exception as failed:  # noqa: BLE001 - a reader that ends is a queue that stands still
                print(f"! queue {self.name}: {type(failed).__name__}", file=sys.stderr, flush=True)
                self._stopping.wait(1)

    def _receive(self) -> "list[MessageTypeDef]":
        """A batch: its first messages are waited for, by one thread at a time, then whatever is there."""
        with self._next:
            messages = self._take(self._trigger.batch_size, _WAIT_SECONDS)
        while messages and (room := self._trigger.batch_size - len(messages)):
            more = self._take(room, 0)
            if not more:
                break
            messages += more
        return messages

    def _take(self, most: int, wait: int) -> "list[MessageTypeDef]":
        answer = self._aws.sqs.receive_message(
            QueueUrl=self._url,
            MaxNumberOfMessages=min(_BATCH_SIZE, most),
            WaitTimeSeconds=wait,
            VisibilityTimeout=self._trigger.visibility,
            MessageSystemAttributeNames=["All"],
            MessageAttributeNames=["All"],
        )
        return answer.get("Messages", [])

    def _invoke(self, messages: "Sequence[MessageTypeDef]") -> Outcome:
        if self.held:  # since they were asked for
            return Outcome(error="Held")
        arn, shown_at = self._trigger.queue_arn, self._clock.shown_at
        records = [as_event_record(message, arn, self._aws.region, shown_at) for message in messages]
        return self._pool.invoke({"Records": records}, self._clock.offset)

    def _settle(self, messages: "Sequence[MessageTypeDef]", outcome: Outcome) -> None:
        """Delete what went through; let what failed come again."""
        failed = failed_messages(outcome, [m["MessageId"] for m in messages], partial=self._trigger.partial)
        for message in (m for m in messages if m["MessageId"] in failed):
            tries = int(message["Attributes"]["ApproximateReceiveCount"])
            self._aws.sqs.change_message_visibility(
                QueueUrl=self._url,
                ReceiptHandle=message["ReceiptHandle"],
                VisibilityTimeout=min(2 ** (tries - 1), _MAX_BACKOFF, self._trigger.visibility),
            )
        done = [m["ReceiptHandle"] for m in messages if m["MessageId"] not in failed]
        for start in range(0, len(done), _BATCH_SIZE):
            entries = [{"Id": str(n), "ReceiptHandle": one} for n, one in enumerate(done[start : start + _BATCH_SIZE])]
            self._aws.sqs.delete_message_batch(QueueUrl=self._url, Entries=entries)  # type: ignore[arg-type]


def failed_messages(outcome: Outcome, identifiers: Sequence[str], *, partial: bool) -> set[str]:
    """Identifiers of the messages to be tried again; a report Lambda would not understand fails them all."""
    if outcome.error is not None:
        return set(identifiers)
    failed = failed_identifiers(outcome.result) if partial else set()
    return set(identifiers) if failed is None or not failed <= set(identifiers) else failed


def as_event_record(message: "MessageTypeDef", arn: str, region: str, portal_time: PortalTime) -> dict[str, Any]:
    """A message as Lambda hands it to a function.

    The emulator stamps events with the machine's clock: what the portal's showed then is put in its place, the same
    at every attempt.
    """
    return {
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "body": _with_portal_time(message["Body"], portal_time),
        "attributes": message.get("Attributes", {}),
        "messageAttributes": {
            name: {f"{key[0].lower()}{key[1:]}": value for key, value in attribute.items()}
            for name, attribute in message.get("MessageAttributes", {}).items()
        },
        "md5OfBody": message["MD5OfBody"],
        "eventSource": "aws:sqs",
        "eventSourceARN": arn,
        "awsRegion": region,
    }


def _with_portal_time(body: str, portal_time: PortalTime) -> str:
    try:
        envelope = json.loads(body)
    except ValueError:
        return body
    if not isinstance(envelope, dict) or not str(envelope.get("source")).startswith(_STAMPED_BY_MACHINE):
        return body
    if PART in str(envelope.get("id")):  # sent back out of a parcel that had the portal's time already
        return body
    # It is stamped to the second: one of the second in which the clock was moved is taken to come after the move.
    second = timedelta(seconds=1)
    stamped = datetime.fromisoformat(envelope["time"]) + second
    return json.dumps({**envelope, "time": f"{portal_time(stamped) - second:%Y-%m-%dT%H:%M:%SZ}"})
