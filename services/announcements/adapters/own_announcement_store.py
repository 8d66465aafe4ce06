"""What an institution recorded of announcing its lists by itself: `A#<code>`/`OWN#<list>`, and the chain of who did.

The stream tells of every change (facts/translate_change.py).
"""

from collections.abc import Sequence
from datetime import date
from typing import Final

from services.announcements.adapters.audit_lane import Lane
from services.announcements.model.institution import Announced, Place
from services.announcements.model.own_announcement import ListName, OwnAnnouncement
from services.announcements.settings import settings
from services.kernel import clock
from services.kernel.audit.chain import Event
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Item, KeyPart, Operation
from services.kernel.writes import ungated

PREFIX: Final = "OWN#"
LANE: Final = Lane("announced", "ANNOUNCED")


def load(code: str) -> dict[ListName, OwnAnnouncement]:
    """All that an institution recorded, by list."""
    when = KeyPart("pk").eq(f"A#{code}") & KeyPart("sk").begins_with(PREFIX)
    found = map(to_announcement, dynamodb.query_all(settings().table, when))
    return {one.of: one for one in found}


def keep(code: str, after: OwnAnnouncement, event: Event, also: Sequence[Operation] = ()) -> bool:
    """Keep what was recorded of a list, its next version, with its link and `also`; False when somebody was faster."""
    key = {"pk": f"A#{code}", "sk": f"{PREFIX}{after.of}"}
    item = {
        **key,
        "v": after.v,
        "place": after.told.place.value,
        "day": after.told.on.isoformat(),
        "address": after.told.address,
        "file": after.file,
        "by": after.by,
        "at": clock.millis(after.at),
    }
    when = Attr("v").eq(after.v - 1) if after.v > 1 else Attr("v").not_exists()
    head, link = LANE.log(code).add(event)
    return ungated.commit([dynamodb.put(settings().table, item, when=when), head, link.operation, *also])


def to_announcement(item: Item) -> OwnAnnouncement:
    """What an item says.

    Raises:
        ValueError: it is of no list.
    """
    of = ListName.parse(item["sk"].removeprefix(PREFIX))
    if of is None:
        raise ValueError(item["sk"])
    return OwnAnnouncement(
        of=of,
        v=item["v"],
        told=Announced(Place(item["place"]), date.fromisoformat(item["day"]), item["address"]),
        by=item["by"],
        at=clock.from_millis(item["at"]),
        file=item["file"],
    )
