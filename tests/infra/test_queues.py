"""What a function is told of a message, and what its answer means."""

import json
from datetime import timedelta
from typing import Any

import pytest

from infra.local.pool import Outcome
from infra.local.queues import as_event_record, failed_messages
from infra.local.wiring import period

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


def test_an_event_of_s3_is_given_the_portals_time() -> None:
    envelope = {"source": "aws.s3", "time": "2026-11-22T02:00:00Z", "detail": {}}
    record = as_event_record(message(json.dumps(envelope)), ARN, "ap-southeast-3", timedelta(days=-1))
    assert json.loads(record["body"])["time"] == "2026-11-21T02:00:00Z"


@pytest.mark.parametrize("body", ["text", '{"source": "pendataan.echo", "time": "2026-11-22T02:00:00Z"}'])
def test_other_messages_are_left_as_they_are(body: str) -> None:
    assert as_event_record(message(body), ARN, "x", timedelta(days=1))["body"] == body


def test_attributes_are_named_as_lambda_names_them() -> None:
    given = message(
        "x", MessageAttributes={"a": {"StringValue": "1", "DataType": "String"}}, Attributes={"SenderId": "s"}
    )
    record = as_event_record(given, ARN, "x", timedelta())
    assert record["messageAttributes"] == {"a": {"stringValue": "1", "dataType": "String"}}
    assert record["attributes"] == {"SenderId": "s"}
    assert record["eventSource"] == "aws:sqs"


def test_a_rate_is_read() -> None:
    assert [period("rate(1 minute)"), period("rate(5 hours)")] == [timedelta(minutes=1), timedelta(hours=5)]
    with pytest.raises(ValueError, match="cron"):
        period("cron(0 * * * ? *)")
