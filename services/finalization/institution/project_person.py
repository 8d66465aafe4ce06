"""Keep, of every person, the state and category: what the counts and the checklist are made of."""

import random
from collections import Counter
from typing import Any

from services.finalization.adapters.institution_items import key
from services.finalization.adapters.parts import person_counter
from services.finalization.institution.start_entry import start_entry
from services.finalization.settings import settings
from services.kernel import ungated
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Item, Operation
from services.kernel.facts import PersonListed
from services.kernel.problems import Code, Problem
from services.kernel.states import Category, PersonState

SHARDS = 8
"""Counters of one institution: facts about different people seldom meet on one item."""


def project_person(fact: PersonListed) -> None:
    """Take a person's state over, unless something newer is known; counters move in the same transaction.

    Facts may come twice and in any order: what is not newer than the version known changes nothing.

    Raises:
        Problem: `not-found` for an institution that has no round; `try-again`.
    """
    for _ in range(ungated.TRIES):
        known = dynamodb.get(settings().table, _key(fact.pid))
        if known is None:
            start_entry(fact.institution)
        elif known["v"] >= fact.v:
            return
        if ungated.commit([_person(fact, known), *_counters(fact, known)]):
            return  # else another fact about the same person came between
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


def _counters(fact: PersonListed, known: Item | None) -> list[Operation]:
    moved: Counter[str] = Counter({person_counter(fact.state, fact.kategori): 1})
    if known is not None:
        moved.subtract([person_counter(PersonState(known["st"]), Category(known["category"]))])
    add = {name: n for name, n in moved.items() if n}
    if not add:
        return []
    shard = random.randrange(SHARDS)  # noqa: S311 - spreads load, guards nothing
    return [dynamodb.update(settings().table, key(fact.institution, f"CNT#{shard}"), add=add)]
