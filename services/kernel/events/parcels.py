"""Parcels: many facts of one type in one event of the bus, packed by who tells them, unpacked by who listens.

EventBridge counts, bills and throttles events and their deliveries (in Jakarta 750 deliveries a second for an account:
EventBridge user guide, "Quotas"), whatever is in them. So facts that are told by the thousand (`Fact.many`) travel
together. Each of the others is an event of its own: what one of them sets off, a list or a seal, takes a function's
whole time. A parcel of one is the plain event of that fact.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.kernel.aws.events import portions
from services.kernel.events.facts import Fact

MAX_FACTS = 100
"""Facts in a parcel: so many transactions its listener makes at worst, in a few of its thirty seconds."""
ROOM = 200_000
"""Bytes of a parcel's detail, in UTF-8. An entry of the bus and a message of SQS end at 256 KiB, envelope and all."""
PART = "#"
"""Stands in the id of an event that was taken out of a parcel, before its place there."""

Record = Mapping[str, Any]
"""A message of SQS as Lambda delivers it."""

_OPENS, _CLOSES = '{"facts":[', "]}"


@dataclass(frozen=True)
class Parcel:
    """An event to be put on the bus: its type, its JSON detail, and where its facts stood among those packed."""

    name: str
    detail: str
    places: tuple[int, ...]

    @property
    def size(self) -> int:
        """Bytes of the detail."""
        return len(self.detail.encode())


def pack(facts: Sequence[Fact]) -> list[Parcel]:
    """Every fact once, in the order of the first one in each parcel."""
    kinds: dict[object, list[tuple[int, str]]] = {}
    for place, fact in enumerate(facts):
        kinds.setdefault(fact.name if fact.many else place, []).append((place, fact.model_dump_json()))
    parcels = [_parcel(facts[part[0][0]].name, part) for told in kinds.values() for part in _parts(told)]
    return sorted(parcels, key=lambda parcel: parcel.places[0])


def _parts(told: Sequence[tuple[int, str]]) -> Sequence[Sequence[tuple[int, str]]]:
    room = ROOM - len(_OPENS + _CLOSES) + 1  # there is a comma fewer than facts
    return list(portions(told, lambda one: len(one[1].encode()) + 1, most=MAX_FACTS, room=room))


def _parcel(name: str, part: Sequence[tuple[int, str]]) -> Parcel:
    places, details = tuple(place for place, _ in part), [detail for _, detail in part]
    return Parcel(name, details[0] if len(part) == 1 else _OPENS + ",".join(details) + _CLOSES, places)


def unpack(record: Record) -> list[Record]:
    """The messages that a parcel's facts would have come in, each with an id of its own; else the message as it is."""
    try:
        envelope = json.loads(record["body"])
        facts = envelope["detail"]["facts"]
    except (ValueError, KeyError, TypeError):
        return [record]
    if not isinstance(facts, list) or not facts:
        return [record]
    return [_alone(record, envelope, place, fact) for place, fact in enumerate(facts)]


def _alone(record: Record, envelope: Mapping[str, Any], place: int, fact: object) -> Record:
    body = {**envelope, "id": f"{envelope.get('id')}{PART}{place}", "detail": fact}
    return {**record, "messageId": f"{record['messageId']}{PART}{place}", "body": json.dumps(body)}
