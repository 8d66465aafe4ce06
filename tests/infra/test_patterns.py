"""Event patterns: what a stream's filter lets through, as Lambda reads it."""

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from infra.local.clock import ShiftedClock
from infra.local.patterns import passes
from infra.local.pool import Outcome
from infra.local.streams import StreamReader
from infra.local.wiring import Function, StreamTrigger, filters
from infra.services import Service

HEADS = {"eventName": ["INSERT", "MODIFY"], "dynamodb": {"Keys": {"pk": {"S": [{"prefix": "P#"}]}, "sk": {"S": ["@"]}}}}
NEW_ONES = {"eventName": ["INSERT"]}


def record(pk: str, sk: str, name: str = "MODIFY") -> dict[str, Any]:
    keys = {"pk": {"S": pk}, "sk": {"S": sk}}
    return {"eventName": name, "dynamodb": {"Keys": keys, "SequenceNumber": pk}}


@pytest.mark.parametrize(
    ("given", "through"),
    [
        (record("P#a", "@"), True),
        (record("P#a", "@", "INSERT"), True),
        (record("P#a", "@", "REMOVE"), False),
        (record("P#a", "H#1"), False),
        (record("p#a", "@"), False),
        (record("C#a", "@"), False),
        ({"eventName": "MODIFY"}, False),
        ({"eventName": "MODIFY", "dynamodb": {"Keys": {"pk": {"N": "1"}, "sk": {"S": "@"}}}}, False),
    ],
)
def test_every_part_of_a_pattern_must_be_met(given: dict[str, Any], through: bool) -> None:
    assert passes(given, [HEADS]) is through


def test_one_pattern_of_several_is_enough_and_without_any_all_goes_through() -> None:
    assert passes(record("X", "X", "INSERT"), [HEADS, NEW_ONES])
    assert not passes(record("X", "X"), [HEADS, NEW_ONES])
    assert passes(record("X", "X"), [])


@pytest.mark.parametrize("rule", [{"anything-but": ["@"]}, {"exists": True}, {"prefix": "a", "suffix": "b"}, 1])
def test_a_rule_that_is_not_known_here_is_told(rule: object) -> None:
    with pytest.raises(ValueError, match="not a rule of ours"):
        passes(record("P#a", "@"), [{"eventName": [rule]}])


def test_patterns_are_read_from_the_mapping() -> None:
    assert filters({"FilterCriteria": {"Filters": [{"Pattern": '{"eventName": ["INSERT"]}'}]}}) == (NEW_ONES,)
    assert filters({}) == ()


class Streams:
    """A stream that holds four changes."""

    def __init__(self) -> None:
        self.left = [record("P#a", "@"), record("C#1", "@"), record("P#b", "@", "REMOVE"), record("P#c", "@")]
        self.ended = threading.Event()

    def describe_stream(self, **_: Any) -> dict[str, Any]:
        return {"StreamDescription": {"Shards": [{"ShardId": "s"}]}}

    def get_shard_iterator(self, **_: Any) -> dict[str, str]:
        return {"ShardIterator": "i"}

    def get_records(self, **_: Any) -> dict[str, Any]:
        records, self.left = self.left, []
        if not records:
            self.ended.set()
        return {"Records": records, "NextShardIterator": "i"}


class Around:
    """What a reader needs of the cloud around it."""

    def __init__(self) -> None:
        self.streams = Streams()


class Works:
    """A pool that notes what it was called with."""

    def __init__(self) -> None:
        self.given: list[list[str]] = []

    def invoke(self, event: dict[str, Any], _: timedelta) -> Outcome:
        self.given.append([one["dynamodb"]["SequenceNumber"] for one in event["Records"]])
        return Outcome(result={"batchItemFailures": []})


def test_a_function_is_called_for_what_goes_through_and_not_at_all_for_nothing(tmp_path: Path) -> None:
    function = Function(Service("own", tmp_path, tmp_path, (), tmp_path), "relay", 5, {}, "arn", ())
    trigger = StreamTrigger(function, "arn", 100, "TRIM_HORIZON", -1, True, True, None, (HEADS,))
    around: Any = Around()
    works: Any = Works()
    reader = StreamReader(trigger, works, around, ShiftedClock(tmp_path / "clock.json"), tmp_path)
    reader.start()
    assert around.streams.ended.wait(10)
    around.streams.left = [record("C#2", "@")]
    around.streams.ended.clear()
    assert around.streams.ended.wait(10)
    reader.stop()
    assert works.given == [["P#a", "P#c"]]
