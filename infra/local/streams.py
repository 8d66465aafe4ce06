"""From a table's stream to its function: in order, with Lambda's rules for failures.

The emulator forgets stream records when it ends, so on stopping, what was not processed is kept in a file and comes
first at the next start; that file is the checkpoint.

One difference from AWS is meant: a batch is sent off as soon as the stream is read to its end, not when the batching
window is over; a backlog still makes full ones.
"""

import base64
import json
import threading
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from botocore.exceptions import BotoCoreError, ClientError

from infra.aws import Aws
from infra.local.activity import Activity
from infra.local.batches import Record, Rules, steps
from infra.local.clock import ShiftedClock
from infra.local.patterns import passes
from infra.local.pool import Outcome, Pool
from infra.local.wiring import StreamTrigger

if TYPE_CHECKING:
    from mypy_boto3_dynamodbstreams.type_defs import RecordTypeDef

_POLL_SECONDS = 0.1
_BUSY_SECONDS = 0.4
_QUIET_SECONDS = 2.0
"""How long a stream is left alone at most: while an invocation runs, and while none does; pauses grow by halves."""
_MAX_BACKOFF = 5.0


class StreamReader:
    """Reads one stream for one function, in a thread of its own."""

    def __init__(
        self,
        trigger: StreamTrigger,
        pool: Pool,
        aws: Aws,
        clock: ShiftedClock,
        kept: Path,
        activity: Activity | None = None,
    ) -> None:
        """Start nothing yet; `kept` is the folder for what is left over at the end."""
        self._activity = activity or Activity()
        self._trigger = trigger
        self._pool = pool
        self._aws = aws
        self._clock = clock
        self._file = kept / f"{trigger.function.name}.jsonl"
        self._stopping = threading.Event()
        self._read_at = -1
        self._pause = _POLL_SECONDS
        self._last: str | None = None
        self._thread = threading.Thread(target=self._run, name=trigger.function.name, daemon=True)
        self._rules = Rules(trigger.retries, trigger.bisect, trigger.partial)

    def look(self) -> int:
        """Look again at once; returns the number of that look, for `is_read`."""
        return self._activity.look()

    def is_read(self, since: int) -> bool:
        """Whether it was found read to its end by this look or a later one."""
        return self._read_at >= since

    def start(self) -> None:
        """Begin to read."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the invocation under way, keep what was not processed, end."""
        self._stopping.set()
        self.look()
        self._thread.join()

    def _run(self) -> None:
        kept = self._take_kept()
        position = self._open()
        left = self._process(kept)
        while not self._stopping.is_set():
            happened = self._activity.times
            try:
                records, position = self._read(position)
            except (BotoCoreError, ClientError):  # also an iterator older than 15 minutes: the machine slept
                self._stopping.wait(1)
                position = self._open()
                continue
            if records:
                left = self._process(records)
                self._last = records[-1]["dynamodb"]["SequenceNumber"]
                self._pause = _POLL_SECONDS
            else:
                self._read_at = happened
                self._rest_a_while(happened)
        self._keep([*left, *self._rest(position)])

    def _rest_a_while(self, since: int) -> None:
        """A moment, and ever longer as long as no invocation ends."""
        if self._stopping.wait(_POLL_SECONDS):
            return
        self._pause = min(self._pause * 1.5, _BUSY_SECONDS if self._activity.running else _QUIET_SECONDS)
        if self._activity.wait(since, self._pause - _POLL_SECONDS):
            self._pause = _POLL_SECONDS

    def _process(self, records: Sequence[Record]) -> Sequence[Record]:
        """Work through the records in batches; returns what was not processed when stopped meanwhile."""
        size = self._trigger.batch_size
        records = [record for record in records if passes(record, self._trigger.filters)]
        for start in range(0, len(records), size):
            if self._stopping.is_set():
                return records[start:]
            unfinished = self._process_batch(records[start : start + size])
            if unfinished:
                return [*unfinished, *records[start + size :]]
        return []

    def _process_batch(self, batch: Sequence[Record]) -> Sequence[Record]:
        for step in steps(batch, self._rules, self._invoke):
            if step.given_up:
                self._give_up(step.records, step.attempts)
            elif self._stopping.wait(min(0.2 * 2.0**step.attempts, _MAX_BACKOFF)):
                return step.records
        return []

    def _invoke(self, batch: Sequence[Record]) -> Outcome:
        return self._pool.invoke({"Records": list(batch)}, self._clock.offset)

    def _give_up(self, records: Sequence[Record], attempts: int) -> None:
        if self._trigger.on_failure is None:
            return
        letter = {
            "requestContext": {
                "functionArn": self._trigger.function.arn,
                "condition": "RetryAttemptsExhausted",
                "approximateInvokeCount": attempts,
            },
            "version": "1.0",
            "timestamp": datetime.now(UTC).isoformat(),
            "DDBStreamBatchInfo": {
                "startSequenceNumber": records[0]["dynamodb"]["SequenceNumber"],
                "endSequenceNumber": records[-1]["dynamodb"]["SequenceNumber"],
                "batchSize": len(records),
                "streamArn": self._trigger.stream_arn,
            },
        }
        url = self._aws.sqs.get_queue_url(QueueName=self._trigger.on_failure.rsplit(":", 1)[-1])["QueueUrl"]
        self._aws.sqs.send_message(QueueUrl=url, MessageBody=json.dumps(letter))

    def _open(self) -> str:
        arn = self._trigger.stream_arn
        shard = self._aws.streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"][0]["ShardId"]
        if self._last is None:
            found = self._aws.streams.get_shard_iterator(StreamArn=arn, ShardId=shard, ShardIteratorType="TRIM_HORIZON")
        else:
            found = self._aws.streams.get_shard_iterator(
                StreamArn=arn,
                ShardId=shard,
                ShardIteratorType="AFTER_SEQUENCE_NUMBER",
                SequenceNumber=self._last,
            )
        return found["ShardIterator"]

    def _read(self, position: str) -> tuple[list[Record], str]:
        answer = self._aws.streams.get_records(ShardIterator=position, Limit=self._trigger.batch_size)
        records = [as_event_record(record, self._trigger.stream_arn) for record in answer["Records"]]
        return records, answer["NextShardIterator"]

    def _rest(self, position: str) -> list[Record]:
        rest: list[Record] = []
        while True:
            records, position = self._read(position)
            if not records:
                return rest
            rest += records

    def _take_kept(self) -> list[Record]:
        if not self._file.exists():
            return []
        records = [json.loads(line) for line in self._file.read_text().splitlines()]
        self._file.unlink()
        return records

    def _keep(self, records: Sequence[Record]) -> None:
        if records:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._file.write_text("".join(json.dumps(record) + "\n" for record in records))


def as_event_record(record: "RecordTypeDef", stream_arn: str) -> Record:
    """A record of the Streams API as Lambda hands it to a function: instants as seconds, binary as base64."""
    change: Record = _plain(record)
    change["eventSourceARN"] = stream_arn
    return change


def _plain(value: Any) -> Any:  # noqa: ANN401 - a record is a tree of anything
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [_plain(item) for item in value]
    if isinstance(value, (bytes, bytearray)):
        return base64.b64encode(value).decode()
    return value.timestamp() if isinstance(value, datetime) else value
