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
ALL = {"ProjectionType": "ALL"}
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


NAMES = {"#n": "n", "#s": "steps", "#m": "map", "#x": "x", "#set": "set", "#pk": "pk"}
AT_HAND: Item = {
    ":one": {"N": "1"},
    ":two": {"N": "2"},
    ":s": {"S": "s"},
    ":none": {"S": ""},
    ":null": {"NULL": True},
    ":list": {"L": [{"N": "5"}]},
    ":set": {"SS": ["a", "c"]},
}
UPDATES = (
    "SET #n = :one",
    "SET x = :two, y=:s , #m.deep.n = :one",
    "SET #n = #n + :two, x = n - :one REMOVE #s[1], #s[0], flag ADD z :one DELETE #set :set",
    "REMOVE steps[0], steps[2] SET #x = if_not_exists(x, :two) + :one",
    "SET #x = if_not_exists(#n, :two), #s = list_append(#s, :list), y = if_not_exists(#m.none, :s)",
    "SET steps[7] = :one, steps[0] = :list ADD #set :set",
    "SET #m.none.n = :one",
    "SET #x = y",
    "SET #n = #n + :s",
    "SET #s = list_append(#s, :one)",
    "SET #s = list_append(y, :list)",
    "SET #x = :missing",
    "SET #missing = :one",
    "SET name = :one",
    "SET #pk = :s",
    "SET pk = :one",
    "SET i = :one",
    "SET i = :none",
    "SET #n = :one SET #x = :one",
    "ADD n :one ADD x :one SET y = :one SET z = :one",
    "SET y = :one SET z = :one ADD n :one ADD x :one",
    "REMOVE x REMOVE #n",
    "SET n = :one, n = :two",
    "SET #n = :one, n = :two",
    "SET #m.a = :one, #m.a = :two REMOVE x, x",
    "SET map.deep = :one, map.deep.n = :two",
    "SET map = :one SET y = :one REMOVE map.deep",
    "SET",
    "SET n",
    "SET n = = :one",
    "SET n[a] = :one",
    "NOTHING n",
)
CONDITIONS = (
    "#n = :one",
    "n = :two OR #n < :two AND NOT attribute_exists(x)",
    "(n = :two OR #n < :two) AND attribute_not_exists(x)",
    "n BETWEEN :one AND :two AND n IN (:s, :one)",
    "n BETWEEN :null AND :two",
    "begins_with(pk, :s) OR contains(#set, :s) OR size(#s) = :two",
    "attribute_type(#m, :s)",
    "#m.deep.n >= :two AND #s[0] <> :two",
    "size(y) = :one",
    "#missing = :one",
    "n = :missing",
    "name = :one",
    "((n = :one))",
    "n = ",
    "(n = :one",
    "n = :one)",
    "n = :one AND",
    "begins_with(pk)",
    "size(:one) = :one",
    "n ! :one",
)


@pytest.mark.parametrize("expression", UPDATES)
def test_an_update_does_what_it_does_in_moto(monkeypatch: pytest.MonkeyPatch, expression: str) -> None:
    wanted = updated(expression)
    light_moto.install(monkeypatch)
    assert updated(expression) == wanted
    assert updated(expression) == wanted  # the second time it is remembered


@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_condition_is_what_it_is_in_moto(monkeypatch: pytest.MonkeyPatch, condition: str) -> None:
    wanted = updated("SET last = :one", condition)
    light_moto.install(monkeypatch)
    assert updated("SET last = :one", condition) == wanted
    assert updated("SET last = :one", condition) == wanted


def test_a_remembered_condition_asks_for_the_values_and_names_of_this_call(monkeypatch: pytest.MonkeyPatch) -> None:
    light_moto.install(monkeypatch)
    assert [judged("#a = :v", name, number) for name, number in (("n", "1"), ("n", "2"), ("x", "1"), ("n", "1"))] == [
        True,
        False,
        False,
        True,
    ]


@mock_aws
def updated(expression: str, condition: str | None = None) -> list[Any]:
    """Update an item that is there, one that is not, and one in a transaction; the answers and what is stored then."""
    client = _client("dynamodb")
    _tables(client, i="S")
    client.put_item(TableName="ranged", Item=A1 | VALUES)
    client.put_item(TableName="ranged", Item=B1 | VALUES)
    text = f"{expression} {condition or ''}"
    more = {
        "ExpressionAttributeNames": {name: of for name, of in NAMES.items() if name in text},
        "ExpressionAttributeValues": {name: of for name, of in AT_HAND.items() if name in text},
        "ConditionExpression": condition,
    }
    asked = {"UpdateExpression": expression} | {name: value for name, value in more.items() if value}
    said = [_said(client.update_item, TableName="ranged", Key=key, ReturnValues="ALL_NEW", **asked) for key in (A1, A2)]
    part = {"Update": {"TableName": "ranged", "Key": B1, **asked}}
    return [said, _said(client.transact_write_items, TransactItems=[part]), client.scan(TableName="ranged")["Items"]]


@mock_aws
def judged(condition: str, name: str, number: str) -> bool:
    """Whether an item that holds n = 1 fulfils it."""
    client = _client("dynamodb")
    _tables(client)
    client.put_item(TableName="ranged", Item=A1 | VALUES)
    names, values = {"#a": name}, {":v": {"N": number}}
    found = client.scan(
        TableName="ranged",
        FilterExpression=condition,
        ExpressionAttributeNames=names,
        ExpressionAttributeValues=values,
    )
    return bool(found["Items"])


def _said(call: Any, **asked: Any) -> Any:
    """The answer or the refusal; the class of what moto stumbles over."""
    try:
        answer = call(**asked)
    except ClientError as refused:
        return refused.response["Error"], refused.response.get("CancellationReasons")
    except Exception as error:  # noqa: BLE001 - moto's own, whatever it is
        return type(error), str(error)
    return {name: value for name, value in answer.items() if name != "ResponseMetadata"}


@mock_aws
def play(transactions: tuple[list[Item], ...]) -> list[Any]:
    """Send them to an empty cloud; returns for each the refusal, and what is then in the tables and the streams."""
    client, streams = _client("dynamodb"), _client("dynamodbstreams")
    _tables(client)
    seen = []
    for parts in transactions:
        refusal = _send(client, parts)
        items = [client.scan(TableName=name)["Items"] for name in TABLES]
        seen.append([refusal, items, [_stream(client, streams, name) for name in TABLES]])
    return seen


def _tables(client: Any, **indexed: str) -> None:
    """Make the tables; `indexed` are more attributes with their types, each the key of an index."""
    for name, keys in TABLES.items():
        typed = {key["AttributeName"]: "S" for key in keys} | indexed
        by = [{"AttributeName": attribute, "KeyType": "HASH"} for attribute in indexed]
        indexes = [{"IndexName": f"by-{one['AttributeName']}", "KeySchema": [one], "Projection": ALL} for one in by]
        client.create_table(
            TableName=name,
            KeySchema=keys,
            AttributeDefinitions=[{"AttributeName": each, "AttributeType": of} for each, of in typed.items()],
            BillingMode="PAY_PER_REQUEST",
            StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
            **({"GlobalSecondaryIndexes": indexes} if indexes else {}),
        )


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
