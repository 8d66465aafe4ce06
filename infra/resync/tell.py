"""Tell facts again from what the tables hold: for a consumer that has lost some, or is new.

A table's item is translated as if it were new, by the relay's own rules, so that a fact told again is the same as the
last one of its item. Consumers take facts twice and in any order (services/kernel/events/facts.py): who knows it
already changes nothing. What an item no longer says is not told: facts speak of how things are.
"""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from infra.audit_verify.source import Source
from services.announcements.facts.translate_change import translate_change as of_announcements
from services.documents.files.translate_change import translate_change as of_documents
from services.finalization.translate import translate as of_finalization
from services.kernel.aws.dynamodb import Item, decode, encode
from services.kernel.aws.events import portions
from services.kernel.events.facts import Fact
from services.kernel.events.parcels import Parcel, pack
from services.kernel.events.relay import Change
from services.registration.facts.translate_change import translate_change as of_registration

MAX_TRIES = 6
Pause = Callable[[float], None]


@dataclass(frozen=True)
class Teller:
    """One service that tells facts: its table (an output of the shared stack), and what a change of it means."""

    service: str
    table: str
    translate: Callable[[Change], Iterable[Fact]]


TELLERS = (
    Teller("finalization", "FinTable", of_finalization),
    Teller("registration", "RegTable", of_registration),
    Teller("documents", "DocTable", of_documents),
    Teller("announcements", "AnnTable", of_announcements),
)
"""In this order: who takes people in wants to know their institution."""


@dataclass(frozen=True)
class Wish:
    """How to tell them."""

    place: Path
    """Notes, after each page, how far it came."""
    rate: float = 500.0
    """Facts a second at most."""
    institution: str | None = None
    """Only facts of this one; None: of all."""
    page: int = 250
    """Items read at once."""


def tell(source: Source, teller: Teller, wish: Wish, pause: Pause = time.sleep) -> Counter[str]:
    """Tell one service's facts again, from where an earlier call was interrupted; returns how many of each.

    Raises:
        RuntimeError: the bus refuses for long; call again to go on.
    """
    told: Counter[str] = Counter()
    for items, following in _pages(source, source.values[teller.table], wish):
        facts = [fact for item in items for fact in teller.translate(_as_new(item)) if _wanted(fact, wish)]
        for call in portions(pack(facts), lambda parcel: parcel.size):
            _publish(source, teller.service, call, pause)
            pause(sum(len(parcel.places) for parcel in call) / wish.rate)
        told.update(fact.name for fact in facts)
        _note(wish.place, following)
    return told


def _as_new(item: Item) -> Change:
    return Change(item["pk"], item["sk"], None, item)


def _wanted(fact: Fact, wish: Wish) -> bool:
    return wish.institution in {None, fact.institution}


def _pages(source: Source, table: str, wish: Wish) -> Iterator[tuple[list[Item], Mapping[str, str] | None]]:
    """The table page by page, each with the key that the next begins after."""
    after: Mapping[str, str] | None = json.loads(wish.place.read_text()) if wish.place.exists() else None
    while True:
        start = {"ExclusiveStartKey": encode(after)} if after else {}
        answer = source.aws.dynamodb.scan(TableName=table, Limit=wish.page, **start)  # type: ignore[arg-type]
        after = decode(answer["LastEvaluatedKey"]) if "LastEvaluatedKey" in answer else None
        yield [decode(item) for item in answer["Items"]], after
        if after is None:
            return


def _note(place: Path, following: Mapping[str, str] | None) -> None:
    if following is None:
        place.unlink(missing_ok=True)
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(json.dumps(following))


def _publish(source: Source, service: str, call: Sequence[Parcel], pause: Pause) -> None:
    """Put the parcels of one call on the bus; what it does not take at once is sent again, ever later."""
    left = list(call)
    for attempt in range(MAX_TRIES):
        answer = source.aws.events.put_events(
            Entries=[
                {
                    "EventBusName": source.values["Bus"],
                    "Source": f"pendataan.{service}",
                    "DetailType": parcel.name,
                    "Detail": parcel.detail,
                }
                for parcel in left
            ]
        )
        left = [parcel for parcel, entry in zip(left, answer["Entries"], strict=True) if "ErrorCode" in entry]
        if not left:
            return
        pause(2.0**attempt)
    raise RuntimeError(f"the bus refuses facts of {service}; run it again, it goes on from here")
