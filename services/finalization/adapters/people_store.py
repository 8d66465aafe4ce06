"""What finalization keeps of a person (`P#<pid>`/`@`), and the counters of his institution that move with it."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.finalization.adapters.institution_items import key
from services.finalization.adapters.parts import COUNTERS, MARK, MATTER, day_counter, person_counter
from services.finalization.model.counts import DECIDED
from services.finalization.settings import settings
from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Item, Operation
from services.kernel.events.facts import PersonListed
from services.kernel.states import Category, Matter, PersonState, VerdictMark

SHARDS = 8
"""Counters of one institution: transactions about different people seldom meet on one item."""


@dataclass(frozen=True)
class Counted:
    """A person as he is counted now, by the version of registration's fact."""

    v: int
    state: PersonState
    category: Category
    matters: Mapping[Matter, int] = field(default_factory=dict)
    judged: Sequence[VerdictMark] = ()


@dataclass(frozen=True)
class Recount:
    """A fact that is newer than what is known of the person; `was` is None for somebody new."""

    fact: PersonListed
    was: Counted | None


def load(pids: Sequence[str]) -> list[Counted | None]:
    """What is known of these people, in this order."""
    return [_to_counted(item) for item in dynamodb.get_many(settings().table, [_key(pid) for pid in pids])]


def keep(institution: str, moved: Sequence[Recount]) -> list[Operation]:
    """The operations that keep these facts of people of one institution, unless somebody else was faster, and count."""
    return [*map(_person, moved), *_counters(institution, moved)]


def _key(pid: str) -> dict[str, str]:
    return {"pk": f"P#{pid}", "sk": "@"}


def _to_counted(item: Item | None) -> Counted | None:
    if item is None:
        return None
    matters = {Matter(kind): n for kind, n in item.get("matters", {}).items()}
    judged = tuple(map(VerdictMark, item.get("judged", ())))
    return Counted(item["v"], PersonState(item["state"]), Category(item["category"]), matters, judged)


def _person(moved: Recount) -> Operation:
    fact = moved.fact
    item: dict[str, Any] = {
        **_key(fact.pid),
        "institution": fact.institution,
        "state": fact.state.value,
        "category": fact.kategori.value,
        "v": fact.v,
        **({"matters": {kind.value: n for kind, n in fact.matters.items()}} if fact.matters else {}),
        **({"judged": [mark.value for mark in fact.judged]} if fact.judged else {}),
    }
    when = Attr("pk").not_exists() if moved.was is None else Attr("v").eq(moved.was.v)
    return dynamodb.put(settings().table, item, when=when)


def _counters(institution: str, moved: Sequence[Recount]) -> list[Operation]:
    sums: Counter[str] = Counter()
    for each in moved:
        sums.update(_counted(_now(each.fact)))
        if each.was is not None:
            sums.subtract(_counted(each.was))
    sums[day_counter(clock.now().astimezone(clock.WIB).date())] += sum(map(_decided, moved))
    add = {name: n for name, n in sums.items() if n}
    if not add:
        return []
    shard = random.randrange(SHARDS)  # noqa: S311 - spreads load, guards nothing
    return [dynamodb.update(settings().table, key(institution, f"{COUNTERS}{shard}"), add=add)]


def _decided(moved: Recount) -> int:
    """1 for a verdict that came, -1 for one that went, as far as facts tell: on the day that they arrive."""
    return int(moved.fact.state in DECIDED) - int(moved.was is not None and moved.was.state in DECIDED)


def _now(fact: PersonListed) -> Counted:
    return Counted(fact.v, fact.state, fact.kategori, fact.matters, fact.judged)


def _counted(person: Counted) -> Counter[str]:
    """By the counter's name, how much this person adds to it."""
    matters = {f"{MATTER}{kind.value}": n for kind, n in person.matters.items()}
    judged = {f"{MARK}{mark.value}": 1 for mark in person.judged}
    return Counter({person_counter(person.state, person.category): 1, **matters, **judged})
