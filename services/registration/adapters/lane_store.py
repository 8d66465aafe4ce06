"""The head of an import lane's audit chain; it stands in the lane's counter item and moves with the counters."""

from collections.abc import Mapping

from services.kernel.audit import chain as audit
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Operation
from services.kernel.security import privacy
from services.registration.adapters.counter_store import lane_key
from services.registration.model.lane import LaneHead
from services.registration.settings import settings


def load(institution: str, lane: str) -> LaneHead:
    """The head as it stands; a fresh one for a lane nobody has written on."""
    item = dynamodb.get(settings().table, lane_key(institution, lane)) or {}
    return LaneHead(
        institution=institution,
        lane=lane,
        number=item.get("links", 0),
        hash=item.get("head", audit.GENESIS),
        salt=item.get("salt") or privacy.new_salt(),
    )


def advance(head: LaneHead, own_hash: str, counters: Mapping[str, int]) -> Operation:
    """Count, and put the next link's hash in the place of `head`; refused when the head has moved."""
    same = Attr("links").eq(head.number) if head.number else Attr("links").not_exists()
    return dynamodb.update(
        settings().table,
        lane_key(head.institution, head.lane),
        values={"links": head.number + 1, "head": own_hash, "salt": head.salt},
        add=counters,
        when=same,
    )
