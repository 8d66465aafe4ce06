"""Sets in updates and reading many items: what claims on a NIK and counters rest on."""

import pytest

from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr
from services.kernel.settings import settings


def _key(pk: str) -> dict[str, str]:
    return {"pk": pk, "sk": "@"}


@pytest.mark.usefixtures("here")
def test_members_join_and_leave_a_set() -> None:
    table = settings().table
    dynamodb.transact([dynamodb.put(table, {**_key("N#1"), "claimants": {"9901#a"}})])
    dynamodb.transact([dynamodb.update(table, _key("N#1"), add={"claimants": {"9902#b", "9901#a"}})])
    held = dynamodb.get(table, _key("N#1"))
    assert held is not None
    assert held["claimants"] == {"9901#a", "9902#b"}
    leave = dynamodb.update(
        table, _key("N#1"), values={"pid": "b"}, discard={"claimants": {"9901#a"}}, when=Attr("claimants").size().eq(2)
    )
    dynamodb.transact([leave])
    held = dynamodb.get(table, _key("N#1"))
    assert held is not None
    assert (held["claimants"], held["pid"]) == ({"9902#b"}, "b")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("count", [0, 1, 130])
def test_many_items_come_in_the_order_asked(count: int) -> None:
    table = settings().table
    kept = [number for number in range(count) if number % 2 == 0]
    for start in range(0, len(kept), 50):
        puts = [dynamodb.put(table, {**_key(f"C#{number}"), "n": number}) for number in kept[start : start + 50]]
        dynamodb.transact(puts)
    found = dynamodb.get_many(table, [_key(f"C#{number}") for number in range(count)])
    assert [item and item["n"] for item in found] == [number if number % 2 == 0 else None for number in range(count)]
