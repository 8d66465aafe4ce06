"""A table's stream to facts on the bus. A service's relay says only how one change translates.

Lambda gives the records of a shard in order; the first that could not be relayed is reported and Lambda comes again
from there (AWS Lambda, "Reporting batch item failures"). Facts before it may be sent twice: consumers are idempotent.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.kernel.aws import events
from services.kernel.aws.dynamodb import Item, decode
from services.kernel.facts import Fact
from services.kernel.log import LogLine, log
from services.kernel.settings import settings

Failures = dict[str, list[dict[str, str]]]


@dataclass(frozen=True)
class Change:
    """One change of one item: what it was (None: new) and what it is (None: deleted)."""

    pk: str
    sk: str
    old: Item | None
    new: Item | None

    def moved(self, *attributes: str) -> bool:
        """Whether any of the attributes differs between before and after."""
        before, after = self.old or {}, self.new or {}
        return any(before.get(name) != after.get(name) for name in attributes)


def relay(records: Sequence[Mapping[str, Any]], translate: Callable[[Change], Iterable[Fact]]) -> Failures:
    """Translate stream records and put their facts on the bus, in order, ten at a time."""
    waiting: list[tuple[str, Fact]] = []
    for record in records:
        sequence = record["dynamodb"]["SequenceNumber"]
        waiting += [(sequence, fact) for fact in translate(_change(record))]
    for start in range(0, len(waiting), events.BATCH):
        batch = waiting[start : start + events.BATCH]
        refused = publish([fact for _, fact in batch])
        if refused:
            return {"batchItemFailures": [{"itemIdentifier": batch[refused[0]][0]}]}
    log(LogLine.FACTS_PUBLISHED, count=len(waiting))
    return {"batchItemFailures": []}


def publish(facts: Sequence[Fact]) -> list[int]:
    """Put at most ten facts on the bus; returns the positions it did not take."""
    entries = [(fact.name, fact.model_dump_json()) for fact in facts]
    refused = events.put_events(settings().bus, f"pendataan.{settings().service}", entries)
    for at in refused:
        log(LogLine.FACT_REFUSED, fact=facts[at].name)
    return refused


def _change(record: Mapping[str, Any]) -> Change:
    data = record["dynamodb"]
    keys = decode(data["Keys"])
    old, new = data.get("OldImage"), data.get("NewImage")
    return Change(keys["pk"], keys["sk"], decode(old) if old else None, decode(new) if new else None)
