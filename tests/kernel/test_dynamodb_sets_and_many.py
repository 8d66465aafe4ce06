"""Sets in updates, reading and writing many items, and what a refusal tells: what claims and counters rest on."""

import pytest

from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Cancelled
from services.kernel.settings import settings
from services.kernel.writes import ungated


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


@pytest.mark.usefixtures("here")
def test_whose_condition_did_not_hold_is_told_by_label_with_what_was_there() -> None:
    table, new = settings().table, Attr("pk").not_exists()
    dynamodb.transact([dynamodb.put(table, {**_key("N#1"), "n": 1}), dynamodb.put(table, {**_key("N#2"), "n": 2})])
    with pytest.raises(Cancelled) as cancelled:
        dynamodb.transact(
            [
                dynamodb.check(table, _key("N#3"), new, label="absent"),
                dynamodb.put(table, _key("N#1"), new, label="put"),
                dynamodb.update(table, _key("N#2"), add={"n": 1}, when=Attr("n").eq(1), label="update"),
                dynamodb.delete(table, _key("N#4"), Attr("pk").exists(), label="delete"),
            ]
        )
    assert cancelled.value.failed() == {
        "put": {**_key("N#1"), "n": 1},
        "update": {**_key("N#2"), "n": 2},
        "delete": None,
    }
    assert not cancelled.value.busy


@pytest.mark.usefixtures("here")
def test_of_many_writes_that_stand_alone_those_refused_are_told_by_label() -> None:
    table = settings().table
    there = {"3", "99", "100", "129"}
    dynamodb.transact([dynamodb.put(table, _key(f"N#{name}")) for name in there])
    new = Attr("pk").not_exists()
    puts = [dynamodb.put(table, {**_key(f"N#{n}"), "n": n}, when=new, label=str(n)) for n in range(130)]
    assert ungated.commit_each(puts) == there
    kept = dynamodb.get_many(table, [_key(f"N#{n}") for n in range(130)])
    assert {str(n) for n, item in enumerate(kept) if item is not None and "n" not in item} == there
    assert None not in kept
