"""The filters before the relays: whatever tells a fact passes, and most of what tells none does not.

`Cloud.changes` holds every test of the suite that relays to the first half; here it is tried on purpose.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest

from infra.local.patterns import passes
from tests.costing.walk import Walk
from tests.support.aws import Cloud, relay_filters
from tests.support.relaying import meaning

TABLES = ("RegTable", "DocTable", "FinTable", "AnnTable")


@pytest.fixture(scope="module")
def streams() -> dict[str, list[dict[str, Any]]]:
    """Filled once by the first test that asks; the records are plain data."""
    return {}


@pytest.fixture
def walked(cloud: Cloud, streams: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """Every record of the four streams after an import, an account, an upload, a submission, a verdict, a case."""
    if not streams:
        Walk(cloud).go()
        streams.update({table: cloud.records(table, anew=True) for table in TABLES})
    return streams


def kind(record: dict[str, Any]) -> str:
    """What sort of item it is of: the letters that its keys begin with; of accounts also whose."""
    keys, image = record["dynamodb"]["Keys"], record["dynamodb"].get("NewImage") or {}
    whose = "" if keys["pk"]["S"][:2] != "U#" else " person" if image["role"]["S"] == "honorer" else " staff"
    return f"{keys['pk']['S'].partition('#')[0]}/{keys['sk']['S'].partition('#')[0]}{whose}"


@pytest.mark.parametrize("table", TABLES)
def test_whatever_tells_a_fact_passes(walked: dict[str, list[dict[str, Any]]], table: str) -> None:
    telling = [record for record in walked[table] if meaning(table, record)]
    assert telling
    assert all(passes(record, relay_filters(table)) for record in telling)


@pytest.mark.parametrize("table", TABLES)
def test_so_does_whatever_might_have_become_of_the_same_items(
    walked: dict[str, list[dict[str, Any]]], table: str
) -> None:
    """Any image of an item after any other, also made anew and deleted."""
    told = 0
    for record in possible(walked[table]):
        if meaning(table, record):
            told += 1
            assert passes(record, relay_filters(table)), record["dynamodb"]["Keys"]
    assert told


def possible(records: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Records of changes that the images of these allow."""
    images: dict[str, list[dict[str, Any] | None]] = defaultdict(lambda: [None])
    keys: dict[str, Any] = {}
    for record in records:
        data = record["dynamodb"]
        # of an item that an update made, the emulator tells an image before: its bare keys
        found = [data[name] for name in ("OldImage", "NewImage") if data.get(name, data["Keys"]) != data["Keys"]]
        images[str(data["Keys"])] += [image for image in found if image not in images[str(data["Keys"])]]
        keys[str(data["Keys"])] = data["Keys"]
    for item, seen in images.items():
        for old, new in product(seen[:12], seen[:12]):
            if old is not new:
                name = "INSERT" if old is None else "REMOVE" if new is None else "MODIFY"
                yield {"eventName": name, "dynamodb": {"Keys": keys[item], "OldImage": old, "NewImage": new}}


@pytest.mark.parametrize(
    ("table", "heard", "unheard"),
    [
        ("RegTable", {"P/@", "U/@ staff", "U/@ person"}, {"C/@", "N/@", "P/H"}),
        ("DocTable", {"P/D"}, {"P/@"}),
        ("FinTable", {"F/META"}, {"P/@"}),
        ("AnnTable", {"C/@"}, {"A/P", "C/REPORTER"}),
    ],
)
def test_relays_are_not_called_for_what_tells_nothing(
    walked: dict[str, list[dict[str, Any]]], table: str, heard: set[str], unheard: set[str]
) -> None:
    let_through = {kind(record) for record in walked[table] if passes(record, relay_filters(table))}
    kept_back = {kind(record) for record in walked[table] if not passes(record, relay_filters(table))}
    assert heard <= let_through
    assert unheard <= kept_back - let_through
