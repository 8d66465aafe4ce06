"""Keep, of every person, the state and category: what the counts and the checklist are made of."""

import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from services.finalization.adapters.institution_items import key
from services.finalization.adapters.parts import COUNTERS, person_counter
from services.finalization.institution.start_entry import start_entry
from services.finalization.settings import settings
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Item, Operation
from services.kernel.events.facts import PersonListed
from services.kernel.log import LogLine, log, where
from services.kernel.problems import Code, Problem
from services.kernel.states import Category, PersonState
from services.kernel.writes import patience, ungated

SHARDS = 8
"""Counters of one institution: transactions about different people seldom meet on one item."""
TOGETHER = dynamodb.MOST - 1
"""People of one institution in a transaction; one operation more moves the counters."""


def project_people(facts: Sequence[PersonListed]) -> set[int]:
    """Take people's states over, unless something newer is known; counters move in the same transaction.

    Facts may come twice and in any order: what is not newer than the version known changes nothing. Returns the
    positions of the facts that must come again: an institution has no round, or others held its items all the while.
    """
    people: dict[str, dict[str, PersonListed]] = defaultdict(dict)
    for fact in sorted(facts, key=lambda fact: fact.v):
        people[fact.institution][fact.pid] = fact  # the newest stays
    failed: set[str] = set()
    for institution, newest in people.items():
        rows = list(newest.values())
        for start in range(0, len(rows), TOGETHER):
            failed |= _kept_or_failed(institution, rows[start : start + TOGETHER])
    return {at for at, fact in enumerate(facts) if fact.pid in failed}


def _kept_or_failed(institution: str, people: Sequence[PersonListed]) -> set[str]:
    try:
        _keep(institution, people)
    except Problem as problem:
        log(LogLine.MESSAGE_FAILED, error=where(problem), institution=institution, count=len(people))
        return {fact.pid for fact in people}
    return set()


def _keep(institution: str, people: Sequence[PersonListed]) -> None:
    """Keep the newest fact of each of these people of one institution, or of none.

    Raises:
        Problem: `not-found` for an institution that has no round; `try-again`.
    """
    for attempt in range(ungated.TRIES):
        known = dynamodb.get_many(settings().table, [_key(fact.pid) for fact in people])
        moved = [(fact, item) for fact, item in zip(people, known, strict=True) if item is None or item["v"] < fact.v]
        if not moved:
            return
        if any(item is None for _, item in moved):
            start_entry(institution)
        persons = [_person(fact, item) for fact, item in moved]
        if ungated.attempt([*persons, *_counters(institution, moved)]):
            return
        patience.pause(attempt)  # another fact about one of them came between, or somebody held the shard
    raise Problem(Code.TRY_AGAIN)


def _key(pid: str) -> dict[str, str]:
    return {"pk": f"P#{pid}", "sk": "@"}


def _person(fact: PersonListed, known: Item | None) -> Operation:
    item: dict[str, Any] = {
        **_key(fact.pid),
        "institution": fact.institution,
        "st": fact.state.value,
        "category": fact.kategori.value,
        "v": fact.v,
    }
    when = Attr("pk").not_exists() if known is None else Attr("v").eq(known["v"])
    return dynamodb.put(settings().table, item, when=when)


def _counters(institution: str, moved: Sequence[tuple[PersonListed, Item | None]]) -> list[Operation]:
    sums: Counter[str] = Counter()
    for fact, known in moved:
        sums[person_counter(fact.state, fact.kategori)] += 1
        if known is not None:
            sums[person_counter(PersonState(known["st"]), Category(known["category"]))] -= 1
    add = {name: n for name, n in sums.items() if n}
    if not add:
        return []
    shard = random.randrange(SHARDS)  # noqa: S311 - spreads load, guards nothing
    return [dynamodb.update(settings().table, key(institution, f"{COUNTERS}{shard}"), add=add)]
