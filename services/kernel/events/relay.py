"""A table's stream to facts on the bus. A service's relay says only how one change translates.

Lambda gives the records of a shard in order; the first that could not be relayed is reported and Lambda comes again
from there (AWS Lambda, "Reporting batch item failures"). Facts after it may be sent twice, and in any order: consumers
are idempotent.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.kernel.aws import events
from services.kernel.aws.dynamodb import Item, decode
from services.kernel.aws.events import portions
from services.kernel.events.facts import Fact
from services.kernel.events.parcels import Parcel, pack
from services.kernel.log import LogLine, log, where
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
    """Translate stream records (as Lambda gives them) and put their facts on the bus, those of many in parcels.

    Returns Lambda's answer for partial failures: `{"batchItemFailures": [{"itemIdentifier": <sequence number>}]}` with
    the first record that must come again, or an empty list.

    A change that cannot be translated is set aside: Lambda would come again with it until it expires, a day long, and
    everything behind it would wait. That is done once the bus has taken what came before, for all else comes again.
    """
    told: list[tuple[int, Fact]] = []
    strange: list[int] = []
    for at, record in enumerate(records):
        try:
            told += [(at, fact) for fact in translate(_change(record))]
        except Exception as error:  # noqa: BLE001 - whatever is wrong with this one, the others must not wait for it
            log(LogLine.CHANGE_SET_ASIDE, error=where(error))
            strange.append(at)
    stop = _tell(told, end=len(records))
    _set_aside([records[at] for at in strange if at < stop])
    again = [{"itemIdentifier": _sequence(record)} for record in records[stop : stop + 1]]
    return {"batchItemFailures": again}


def _tell(told: Sequence[tuple[int, Fact]], end: int) -> int:
    """Put facts on the bus; returns the place of the first record that must come again, or the end."""
    parcels = pack([fact for _, fact in told])
    for call in portions(parcels, lambda parcel: parcel.size):
        refused = publish(call)
        if refused:
            return told[call[refused[0]].places[0]][0]
    log(LogLine.FACTS_PUBLISHED, count=len(told), events=len(parcels))
    return end


def publish(parcels: Sequence[Parcel]) -> list[int]:
    """Put the parcels of one call on the bus; returns the positions it did not take."""
    entries = [(parcel.name, parcel.detail) for parcel in parcels]
    refused = events.put_events(settings().bus, f"pendataan.{settings().service}", entries)
    for at in refused:
        log(LogLine.FACT_REFUSED, fact=parcels[at].name, count=len(parcels[at].places))
    return refused


def _set_aside(records: Sequence[Mapping[str, Any]]) -> None:
    """Dead letters that name the items; their facts are told from the table, the cause once mended (`make resync`)."""
    named = [{**decode(record["dynamodb"]["Keys"]), "sequence": _sequence(record)} for record in records]
    events.send(settings().dead_letters, [json.dumps({"untranslated": settings().service, **item}) for item in named])


def _sequence(record: Mapping[str, Any]) -> str:
    return str(record["dynamodb"]["SequenceNumber"])


def _change(record: Mapping[str, Any]) -> Change:
    data = record["dynamodb"]
    keys = decode(data["Keys"])
    old, new = data.get("OldImage"), data.get("NewImage")
    return Change(keys["pk"], keys["sk"], decode(old) if old else None, decode(new) if new else None)
