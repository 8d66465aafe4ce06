"""Reading an institution's roster by its index, whose shards are merged here (eventually consistent)."""

import heapq
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from boto3.dynamodb.conditions import ConditionBase

from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Item, KeyPart
from services.kernel.states import PersonState
from services.registration.adapters import person_items as items
from services.registration.adapters.counter_store import BATCH_SIZE
from services.registration.settings import settings

_MAX_WORKERS = 8
"""Reads under way at the same time: the largest roster (140,000 people) is swept within a minute."""
_HIGHEST = "\U0010ffff"
_NEXT = "\x00"
_OUTLINE = ("pk", "g1sk", "state", "registration_number", "nama", "unit", "category", "active", "v")
"""What a list is searched by; the rest of a root item, encrypted for the most part, stays where it is."""


def in_state(institution: str, state: PersonState, *, after: str = "", page: int) -> Iterator[Item]:
    """Outlines of root items of one state, by name; `after` is the place (`g1sk`) of the last one seen.

    An outline has the attributes of `_OUTLINE` alone, as far as the index shows them; `roots` reads the items.

    Reads `page` items of every shard at a time, as they are asked for; the first of every shard side by side.
    """
    start = items.roster_place(state, "")
    low = max(start, f"{after}{_NEXT}") if after else start
    shards = [items.roster_key(institution, shard) for shard in range(items.ROSTER_SHARDS)]
    ranges = [KeyPart("g1pk").eq(shard) & KeyPart("g1sk").between(low, f"{start}{_HIGHEST}") for shard in shards]
    with ThreadPoolExecutor(_MAX_WORKERS) as readers:
        firsts = list(readers.map(lambda within: _page(within, page), ranges))
    reads = [_on(within, page, *first) for within, first in zip(ranges, firsts, strict=True)]
    return heapq.merge(*reads, key=lambda item: str(item["g1sk"]))


def roots(outlines: Sequence[Item]) -> list[Item]:
    """The whole root items of these outlines, as they stand now.

    Raises:
        Busy: when DynamoDB leaves some out three times.
    """
    keys = [{"pk": outline["pk"], "sk": "@"} for outline in outlines]
    return [root for root in dynamodb.get_many(settings().table, keys) if root is not None]


def everybody(institution: str) -> set[str]:
    """The ids of everybody on the roster, as far as the index shows them."""
    return set(versions(institution))


def versions(institution: str) -> dict[str, int]:
    """How often everybody on the roster was written, by id, as far as the index shows them."""
    with ThreadPoolExecutor(_MAX_WORKERS) as readers:
        shards = readers.map(lambda shard: _versions(institution, shard), range(items.ROSTER_SHARDS))
        return {pid: v for shard in shards for pid, v in shard.items()}


def job_titles(institution: str, shard: int) -> dict[str, str]:
    """Everybody in a shard of the roster, as far as the index shows them: job titles by id; no record is opened."""
    when = KeyPart("g1pk").eq(items.roster_key(institution, shard))
    found = dynamodb.query_all(settings().table, when, index="roster", only=("pk", "jab"))
    return {item["pk"].removeprefix("P#"): item["jab"] for item in found}


def roots_together(pids: Sequence[str]) -> Iterator[Item]:
    """The root items of these people, none with a transaction pending on it, in transactions of a few.

    Raises:
        Busy: when one of them is being written.
    """
    keys = [items.person_key(pid) for pid in pids]
    batches = [keys[start : start + BATCH_SIZE] for start in range(0, len(keys), BATCH_SIZE)]
    with ThreadPoolExecutor(_MAX_WORKERS) as readers:
        for roots in readers.map(lambda batch: dynamodb.get_together(settings().table, batch), batches):
            yield from (root for root in roots if root is not None)


def _versions(institution: str, shard: int) -> dict[str, int]:
    when = KeyPart("g1pk").eq(items.roster_key(institution, shard))
    return {item["pk"].removeprefix("P#"): item["v"] for item in _on(when, None, *_page(when, None))}


def _page(within: ConditionBase, page: int | None, after: Item | None = None) -> tuple[list[Item], Item | None]:
    return dynamodb.query(settings().table, within, index="roster", after=after, limit=page, only=_OUTLINE)


def _on(within: ConditionBase, page: int | None, found: list[Item], after: Item | None) -> Iterator[Item]:
    """What was found of a shard, and what follows."""
    yield from found
    while after is not None:
        found, after = _page(within, page, after)
        yield from found
