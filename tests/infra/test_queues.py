"""What a function is told of a message, and what its answer means."""

import json
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from infra.local.clock import ShiftedClock
from infra.local.pool import Outcome
from infra.local.queues import QueueReader, as_event_record, failed_messages
from infra.local.wiring import Function, QueueTrigger, period
from infra.services import Service
from services.kernel.events.parcels import PART

ARN = "arn:aws:sqs:ap-southeast-3:000000000000:q"


def message(body: str, **more: Any) -> Any:
    return {"MessageId": "1", "ReceiptHandle": "h", "Body": body, "MD5OfBody": "m", **more}


@pytest.mark.parametrize(
    ("outcome", "partial", "failed"),
    [
        (Outcome(result={}), True, set()),
        (Outcome(result={"batchItemFailures": [{"itemIdentifier": "b"}]}), True, {"b"}),
        (Outcome(result={"batchItemFailures": [{"itemIdentifier": "b"}]}), False, set()),
        (Outcome(result={"batchItemFailures": [{"itemIdentifier": "z"}]}), True, {"a", "b"}),
        (Outcome(result={"batchItemFailures": [{}]}), True, {"a", "b"}),
        (Outcome(error="ValueError"), True, {"a", "b"}),
    ],
)
def test_which_messages_come_again(outcome: Outcome, partial: bool, failed: set[str]) -> None:
    assert failed_messages(outcome, ["a", "b"], partial=partial) == failed


DAY = timedelta(days=1)
STAMPED = {"detail-type": "any", "time": "2026-11-22T02:00:00Z", "detail": {}}


def later(machine: datetime) -> datetime:
    """A portal one day ahead of the machine."""
    return machine + DAY


@pytest.mark.parametrize("source", ["aws.s3", "pendataan.documents", "pendataan.registration"])
def test_an_event_is_given_the_portals_time(source: str) -> None:
    envelope = {"source": source, **STAMPED}
    record = as_event_record(message(json.dumps(envelope)), ARN, "ap-southeast-3", later)
    assert json.loads(record["body"]) == {**envelope, "time": "2026-11-23T02:00:00Z"}


def test_a_fact_that_was_sent_back_out_of_a_parcel_has_the_portals_time_already() -> None:
    body = json.dumps({"source": "pendataan.documents", **STAMPED, "id": f"e{PART}1"})
    assert as_event_record(message(body), ARN, "x", later)["body"] == body


@pytest.mark.parametrize(
    "body",
    [
        "text",
        '"aws.s3"',
        "[1]",
        json.dumps({"import_id": "x", "time": "2026-11-22T02:00:00Z"}),
        json.dumps({"source": "aws.events", **STAMPED}),
    ],
    ids=["text", "word", "list", "message", "schedule"],
)
def test_other_messages_are_left_as_they_are(body: str) -> None:
    assert as_event_record(message(body), ARN, "x", later)["body"] == body


def test_an_event_keeps_the_time_it_was_put_at_when_the_clock_moves_afterwards(tmp_path: Path) -> None:
    clock = ShiftedClock(tmp_path / "clock.json")
    clock.move_to(datetime(2022, 10, 22, 9, 59, tzinfo=UTC))
    put = datetime.now(UTC)
    before = clock.shown_at(put)
    clock.advance(DAY)
    assert clock.shown_at(put) == before
    assert clock.shown_at(datetime.now(UTC)) - before >= DAY


def test_an_event_of_the_second_in_which_the_clock_was_moved_comes_after_the_move(tmp_path: Path) -> None:
    clock = ShiftedClock(tmp_path / "clock.json")
    clock.advance(DAY)
    envelope = {"source": "pendataan.documents", **STAMPED, "time": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"}
    record = as_event_record(message(json.dumps(envelope)), ARN, "x", clock.shown_at)
    seen = datetime.fromisoformat(json.loads(record["body"])["time"])
    assert abs(seen - clock.now()) < timedelta(seconds=5)


class Sqs:
    """A queue that gives out each of its messages once, one a call."""

    def __init__(self, *bodies: str) -> None:
        self.waiting = [message(body, Attributes={"ApproximateReceiveCount": "1"}) for body in bodies]
        self.deleted = threading.Event()

    def get_queue_url(self, QueueName: str) -> dict[str, str]:  # noqa: N803 - boto3's names
        return {"QueueUrl": f"http://sqs/{QueueName}"}

    def receive_message(self, **_: Any) -> dict[str, Any]:
        time.sleep(0.01)
        return {"Messages": [self.waiting.pop(0)]} if self.waiting else {}

    def delete_message_batch(self, **_: Any) -> None:
        self.deleted.set()


@dataclass(frozen=True)
class Around:
    """What a reader needs of the cloud around it."""

    sqs: Sqs
    region: str = "x"
    endpoint: None = None


class Works:
    """A pool whose every invocation goes well."""

    def invoke(self, *_: object) -> Outcome:
        return Outcome(result={})


def test_a_reader_goes_on_after_a_message_that_nobody_thought_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    function = Function(Service("own", tmp_path, tmp_path, (), tmp_path), "take", 5, {}, "arn", ())
    sqs = Sqs('{"source": "pendataan.x", "time": "yesterday"}', "good")
    clock = ShiftedClock(tmp_path / "clock.json")
    around: Any = Around(sqs)
    works: Any = Works()
    reader = QueueReader(QueueTrigger(function, ARN, 1, partial=True, visibility=30), works, around, clock, 1)
    reader.start()
    assert sqs.deleted.wait(10), "the good message was never done"
    reader.stop()
    assert capsys.readouterr().err == "! queue own-take: ValueError\n"


def test_what_is_held_waits_and_then_goes_on(tmp_path: Path) -> None:
    function = Function(Service("own", tmp_path, tmp_path, (), tmp_path), "take", 5, {}, "arn", ())
    sqs = Sqs("good")
    around: Any = Around(sqs)
    works: Any = Works()
    trigger = QueueTrigger(function, ARN, 1, partial=True, visibility=30)
    reader = QueueReader(trigger, works, around, ShiftedClock(tmp_path / "clock.json"), 1)
    reader.held = True
    reader.start()
    assert not sqs.deleted.wait(0.5), "a held message was taken"
    reader.held = False
    assert sqs.deleted.wait(10), "the message was never done"
    reader.stop()


def test_attributes_are_named_as_lambda_names_them() -> None:
    given = message(
        "x", MessageAttributes={"a": {"StringValue": "1", "DataType": "String"}}, Attributes={"SenderId": "s"}
    )
    record = as_event_record(given, ARN, "x", later)
    assert record["messageAttributes"] == {"a": {"stringValue": "1", "dataType": "String"}}
    assert record["attributes"] == {"SenderId": "s"}
    assert record["eventSource"] == "aws:sqs"


def test_a_rate_is_read() -> None:
    assert [period("rate(1 minute)"), period("rate(5 hours)")] == [timedelta(minutes=1), timedelta(hours=5)]
    with pytest.raises(ValueError, match="cron"):
        period("cron(0 * * * ? *)")
