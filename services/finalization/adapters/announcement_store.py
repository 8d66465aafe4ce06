"""What finalization keeps of an institution's own announcements: one item for each numbered list."""

from collections.abc import Iterable
from datetime import date

from services.finalization.adapters.institution_items import key
from services.finalization.model.announced import Announced
from services.finalization.settings import settings
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Item, Operation
from services.kernel.events.facts import AnnouncementRecorded

ANNOUNCED = "OWN#"
"""Leads the sort key of what was recorded of a list: `OWN#<number>`."""


def keep_announcement(fact: AnnouncementRecorded) -> Operation:
    """The operation that keeps what was recorded of a list, unless something newer is known."""
    item_key = key(fact.institution, f"{ANNOUNCED}{fact.list_number}")
    item = {**item_key, "number": fact.list_number, "on": fact.on.isoformat(), "place": fact.place, "v": fact.v}
    return dynamodb.put(settings().table, item, when=Attr("v").not_exists() | Attr("v").lt(fact.v))


def to_announced(items: Iterable[Item]) -> tuple[Announced, ...]:
    """What was recorded, the newest list last."""
    found = (Announced(item["number"], date.fromisoformat(item["on"]), item["place"]) for item in items)
    return tuple(sorted(found, key=lambda each: each.number))
