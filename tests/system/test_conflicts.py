"""The layer of conflicts by itself: who meets a held item hears what DynamoDB says, at the right places."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from infra.aws import Aws
from infra.local.emulator import Emulator
from tests.system.crew import Lines
from tests.system.racecourse import conflicts

TABLE = "items"
HOLD = 600
"""Milliseconds, on average, before a transaction is applied and again after it; at least half of that."""


class Held:
    """A client through the layer, one past it, and what was witnessed."""

    def __init__(self, emulator: Emulator, endpoint: str, witness: Path) -> None:
        self.direct: Any = emulator.aws.dynamodb
        impatient = Config(retries={"total_max_attempts": 1})
        self.client: Any = Aws(endpoint=endpoint).session.client("dynamodb", endpoint_url=endpoint, config=impatient)
        self._witness = witness

    def applied(self) -> list[list[str]]:
        """The keys of every transaction that was applied, in order."""
        lines = Lines(self._witness).read()
        return [[part["pk"] for part in line["applied"]] for line in lines if "applied" in line]


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Held]:
    folder = tmp_path_factory.mktemp("conflicts")
    emulator = Emulator(folder)
    emulator.start()
    try:
        emulator.aws.dynamodb.create_table(
            TableName=TABLE,
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )
        with conflicts(emulator.endpoint, folder / "witness.jsonl", HOLD) as through:
            yield Held(emulator, through["AWS_ENDPOINT_URL_DYNAMODB"], folder / "witness.jsonl")
    finally:
        emulator.stop()


def test_a_transaction_is_cancelled_at_the_places_of_held_items(held: Held) -> None:
    with ThreadPoolExecutor(1) as other:
        first = hold(held, other, "a", "b")
        assert reasons(held, first, puts("x", "b", "y")) == ["None", "TransactionConflict", "None"]
        assert item(held, "x") is None
        first.result()
    held.client.transact_write_items(TransactItems=puts("x", "b", "y"))
    assert held.applied()[-2:] == [["a", "b"], ["x", "b", "y"]]


def test_a_check_holds_and_is_held_up_like_a_write(held: Held) -> None:
    check = {"ConditionCheck": {**key("c"), "ConditionExpression": "attribute_not_exists(pk)"}}
    with ThreadPoolExecutor(1) as other:
        first = hold(held, other, "d", operations=[check])
        assert reasons(held, first, [*puts("e"), check]) == ["None", "TransactionConflict"]
        first.result()


def test_a_single_write_is_refused_and_a_plain_read_is_not(held: Held) -> None:
    with ThreadPoolExecutor(1) as other:
        first = hold(held, other, "f")
        error = refused(first, lambda: held.client.put_item(TableName=TABLE, Item={"pk": {"S": "f"}}))
        assert error["Error"]["Code"] == "TransactionConflictException"
        assert held.client.get_item(**key("f"))["ResponseMetadata"]["HTTPStatusCode"] == 200
        first.result()
    held.client.put_item(TableName=TABLE, Item={"pk": {"S": "f"}})


def test_a_reading_transaction_is_cancelled(held: Held) -> None:
    wanted = [{"Get": key("z")}, {"Get": key("g")}]
    with ThreadPoolExecutor(1) as other:
        first = hold(held, other, "g")
        error = refused(first, lambda: held.client.transact_get_items(TransactItems=wanted))
        assert [reason["Code"] for reason in error["CancellationReasons"]] == ["None", "TransactionConflict"]
        first.result()
    assert held.client.transact_get_items(TransactItems=wanted)["Responses"][1]["Item"] == {"pk": {"S": "g"}}


def test_the_same_transaction_sent_again_is_in_progress_and_then_done(held: Held) -> None:
    again = {"TransactItems": puts("h"), "ClientRequestToken": "the-same"}
    with ThreadPoolExecutor(1) as other:
        first = hold(held, other, "h", token="the-same")
        error = refused(first, lambda: held.client.transact_write_items(**again))
        assert error["Error"]["Code"] == "TransactionInProgressException"
        first.result()
    held.client.transact_write_items(**again)


def test_what_fails_is_not_witnessed_and_lets_go(held: Held) -> None:
    held.client.put_item(TableName=TABLE, Item={"pk": {"S": "i"}})
    before = held.applied()
    only_new = [{"Put": {**puts("i")[0]["Put"], "ConditionExpression": "attribute_not_exists(pk)"}}]
    with pytest.raises(held.client.exceptions.TransactionCanceledException) as failed:
        held.client.transact_write_items(TransactItems=only_new)
    assert [reason["Code"] for reason in failed.value.response["CancellationReasons"]] == ["ConditionalCheckFailed"]
    assert held.applied() == before
    held.client.put_item(TableName=TABLE, Item={"pk": {"S": "i"}})


def hold(
    held: Held, other: ThreadPoolExecutor, *pks: str, operations: Sequence[Any] = (), token: str = ""
) -> "Future[Any]":
    """Let another client's transaction take these items; it has them when this returns."""
    more = {"ClientRequestToken": token} if token else {}
    first = other.submit(held.client.transact_write_items, TransactItems=[*operations, *puts(*pks)], **more)
    refused(first, lambda: held.client.transact_get_items(TransactItems=[{"Get": key(pks[-1])}]))
    return first


def refused(first: "Future[Any]", ask: Any) -> Any:
    """The error of who meets the items that `first` holds; asks until it does."""
    while not first.done():
        try:
            ask()
        except ClientError as error:
            return error.response
    pytest.fail("nothing was held")


def reasons(held: Held, first: "Future[Any]", operations: Sequence[Any]) -> list[str]:
    """The codes of the reasons for which a transaction was cancelled."""
    error = refused(first, lambda: held.client.transact_write_items(TransactItems=operations))
    assert error["Error"]["Code"] == "TransactionCanceledException"
    return [reason["Code"] for reason in error["CancellationReasons"]]


def item(held: Held, pk: str) -> Any:
    """An item as the emulator has it."""
    return held.direct.get_item(**key(pk)).get("Item")


def key(pk: str) -> Any:
    """Table and key."""
    return {"TableName": TABLE, "Key": {"pk": {"S": pk}}}


def puts(*pks: str) -> list[Any]:
    """Operations that put these items."""
    return [{"Put": {"TableName": TABLE, "Item": {"pk": {"S": pk}}}} for pk in pks]
