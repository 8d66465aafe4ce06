"""Audit chains of an institution as a whole: one a kind of deed, its head in an item of its own (docs/audit.md)."""

from typing import Any

from services.announcements.model.lane import Lane
from services.announcements.settings import settings
from services.kernel.audit import chain as audit
from services.kernel.audit.chain import GENESIS, Event
from services.kernel.audit.check import Head
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Operation
from services.kernel.security import privacy


def add(institution: str, lane: Lane, event: Event) -> list[Operation]:
    """The operations that add a link: they hold while nobody else adds one, and join the transaction they speak of."""
    key = lane.key(institution)
    head: dict[str, Any] = dynamodb.get(settings().table, key) or {"v": 0, "chain": GENESIS, "salt": privacy.new_salt()}
    link = audit.link(
        lane.chain(institution), head["v"] + 1, head["chain"], event, institution=institution, salt=head["salt"]
    )
    moved = {**key, "v": head["v"] + 1, "chain": link.hash, "salt": head["salt"]}
    when = Attr("v").eq(head["v"]) if head["v"] else Attr("v").not_exists()
    return [dynamodb.put(settings().table, moved, when=when), link.operation]


def head(institution: str, lane: Lane) -> Head | None:
    """The head of an institution's chain, or None while there is no link."""
    item = dynamodb.get(settings().table, lane.key(institution))
    return None if item is None else Head(item["v"], item["chain"])
