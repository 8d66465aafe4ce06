"""The lighter moto does what moto does: the same transactions in both, and everything that is seen is compared."""

from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from tests.support import light_moto
from tests.support.aws import REGION

Item = dict[str, Any]

KEYS = [{"AttributeName": "pk", "KeyType": "HASH"}, {"AttributeName": "sk", "KeyType": "RANGE"}]
TABLES = {"ranged": KEYS, "hashed": KEYS[:1]}
VALUES: Item = {
    "n": {"N": "1"},
    "flag": {"BOOL": False},
    "none": {"NULL": True},
    "bytes": {"B": b"\x00\xff"},
    "set": {"SS": ["a", "b"]},
    "steps": {"L": [{"N": "2"}, {"S": ""}, {"M": {}}]},
    "map": {"M": {"deep": {"M": {"n": {"N": "7"}, "b": {"B": b"x"}}}}},
}
X: Item = {"pk": {"S": "X"}}
A1, A2, B1, C1 = ({"pk": {"S": pk}, "sk": {"S": sk}} for pk, sk in ("A1", "A2", "B1", "C1"))
REFUSED = {"ConditionExpression": "attribute_not_exists(pk)", "ReturnValuesOnConditionCheckFailure": "ALL_OLD"}


def put(table: str, key: Item) -> Item:
    return {"Put": {"TableName": table, "Item": key | VALUES}}


def update(table: str, key: Item, expression: str, **more: Any) -> Item:
    asked = {"TableName": table, "Key": key, "UpdateExpression": expression}
    return {"Update": {**asked, "ExpressionAttributeValues": {":one": {"N": "1"}}, **more}}


def delete(table: str, key: Item) -> Item:
    return {"Delete": {"TableName": table, "Key": key}}


TRANSACTIONS = (
    [put("ranged", A1), put("ranged", A2), put("hashed", X)],
    [update("ranged", A1, "SET steps[0] = :one ADD n :one"), update("ranged", B1, "SET x = :one")],
    [
        update("ranged", A1, "SET steps[1] = :one ADD n :one"),
        update("hashed", X, "ADD x :one"),
        delete("ranged", B1),
        put("ranged", C1),
        update("ranged", A2, "ADD x :one", **REFUSED),  # what the parts before it did is undone
    ],
    [update("ranged", A1, "ADD n :one"), delete("ranged", A2), update("hashed", X, "SET y = :one")],
    [put("hashed", X), put("hashed", X)],
)


@pytest.mark.parametrize("parts", range(1, len(TRANSACTIONS) + 1))
def test_it_does_what_moto_does(monkeypatch: pytest.MonkeyPatch, parts: int) -> None:
    wanted = play(TRANSACTIONS[:parts])
    light_moto.install(monkeypatch)
    assert play(TRANSACTIONS[:parts]) == wanted


def test_a_refused_transaction_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    light_moto.install(monkeypatch)
    (_, *before), (refused, *after) = play(TRANSACTIONS[:2])[-1], play(TRANSACTIONS[:3])[-1]
    assert refused[0]["Code"] == "TransactionCanceledException"
    assert refused[1][-1]["Item"] == A2 | VALUES
    assert after == before


@mock_aws
def play(transactions: tuple[list[Item], ...]) -> list[Any]:
    """Send them to an empty cloud; returns for each the refusal, and what is then in the tables and the streams."""
    client, streams = _client("dynamodb"), _client("dynamodbstreams")
    for name, keys in TABLES.items():
        client.create_table(
            TableName=name,
            KeySchema=keys,
            AttributeDefinitions=[{"AttributeName": key["AttributeName"], "AttributeType": "S"} for key in keys],
            BillingMode="PAY_PER_REQUEST",
            StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
        )
    seen = []
    for parts in transactions:
        refusal = _send(client, parts)
        items = [client.scan(TableName=name)["Items"] for name in TABLES]
        seen.append([refusal, items, [_stream(client, streams, name) for name in TABLES]])
    return seen


def _send(client: Any, parts: list[Item]) -> Any:
    try:
        client.transact_write_items(TransactItems=parts)
    except ClientError as refused:
        return refused.response["Error"], refused.response.get("CancellationReasons")
    return None


def _stream(client: Any, streams: Any, table: str) -> list[Any]:
    arn = client.describe_table(TableName=table)["Table"]["LatestStreamArn"]
    shard = streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"][0]["ShardId"]
    start = streams.get_shard_iterator(StreamArn=arn, ShardId=shard, ShardIteratorType="TRIM_HORIZON")
    records = streams.get_records(ShardIterator=start["ShardIterator"])["Records"]
    named = ("Keys", "OldImage", "NewImage", "SequenceNumber")
    return [(record["eventName"], [record["dynamodb"].get(name) for name in named]) for record in records]


def _client(service: str) -> Any:
    return boto3.client(service, REGION, aws_access_key_id="test", aws_secret_access_key="test")  # type: ignore[call-overload]
