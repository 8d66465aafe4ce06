"""What finalization keeps of a case (`C#<number>`/`@`), and the counter of its institution that moves with it."""

import random
from collections import Counter, defaultdict
from dataclasses import dataclass

from services.finalization.adapters.institution_items import key
from services.finalization.adapters.parts import COUNTERS, MATTER
from services.finalization.adapters.people_store import SHARDS
from services.finalization.model.open_cases import matter_of
from services.finalization.settings import settings
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Item, Operation
from services.kernel.cases import OPEN_CASES, CaseKind, CaseState
from services.kernel.events.facts import CaseMoved


@dataclass(frozen=True)
class Known:
    """A case by the version of announcements' fact: where it is counted, and whether somebody still has to decide."""

    v: int
    institution: str
    kind: CaseKind
    state: CaseState

    @property
    def counts_as(self) -> dict[tuple[str, str], int]:
        """What it adds to which counter of which institution."""
        return {(self.institution, f"{MATTER}{matter_of(self.kind)}"): 1} if self.state in OPEN_CASES else {}


def load(number: str) -> Known | None:
    """What is known of a case."""
    item = dynamodb.get(settings().table, _key(number))
    return None if item is None else _to_known(item)


def keep(fact: CaseMoved, was: Known | None) -> list[Operation]:
    """The operations that keep a fact about a case, unless somebody else was faster, and count it."""
    now = Known(fact.v, fact.institution, fact.kind, fact.state)
    item = {
        **_key(fact.case),
        "institution": now.institution,
        "kind": now.kind.value,
        "state": now.state.value,
        "v": now.v,
    }
    when = Attr("pk").not_exists() if was is None else Attr("v").eq(was.v)
    return [dynamodb.put(settings().table, item, when=when), *_counters(now, was)]


def _counters(now: Known, was: Known | None) -> list[Operation]:
    """One operation for each institution whose sums move: two where a case goes from one to another."""
    sums = Counter(now.counts_as)
    sums.subtract(was.counts_as if was else {})
    add: dict[str, dict[str, int]] = defaultdict(dict)
    for (institution, counter), n in sums.items():
        if n:
            add[institution][counter] = n
    shard = random.randrange(SHARDS)  # noqa: S311 - spreads load, guards nothing
    return [dynamodb.update(settings().table, key(code, f"{COUNTERS}{shard}"), add=n) for code, n in add.items()]


def _key(number: str) -> dict[str, str]:
    return {"pk": f"C#{number}", "sk": "@"}


def _to_known(item: Item) -> Known:
    return Known(item["v"], item["institution"], CaseKind(item["kind"]), CaseState(item["state"]))
