"""Short-lived items of a service: counters of attempts, refresh families, enrolments. No law depends on them.

DynamoDB deletes an expired item some time after its `expires` (seconds on the machine's clock), so whatever must end at
an instant also carries that instant, `until`, by the kernel clock.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from boto3.dynamodb.conditions import ConditionBase

from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Item
from services.kernel.settings import settings

_GRACE = timedelta(hours=1)


def read(key: str) -> Item | None:
    """The item as it was kept, with `until` (milliseconds); None when there is none or its time is over."""
    item = dynamodb.get(settings().ttl_table, {"pk": key})
    return item if item is not None and clock.now() < clock.from_millis(item["until"]) else None


def keep(key: str, values: Mapping[str, Any], until: datetime, when: ConditionBase | None = None) -> bool:
    """Put an item with these attributes, whole, that is over at `until` (kernel clock); False when `when` did not hold.

    What is private among `values` its caller has encrypted.
    """
    item = {"pk": key, **values, "until": clock.millis(until), "expires": _expires(until)}
    return dynamodb.ttl_put(settings().ttl_table, item, when=when)


def count(key: str, until: datetime, by: int = 1) -> int:
    """Count one more, or as many as `by` says, and return the number; a deleted item starts anew."""
    kept = {"until": clock.millis(until), "expires": _expires(until)}
    return int(dynamodb.ttl_add(settings().ttl_table, {"pk": key}, {"n": by}, kept)["n"])


def forget(key: str) -> None:
    """Delete an item; deleting what is not there is fine."""
    dynamodb.ttl_delete(settings().ttl_table, {"pk": key})


def _expires(until: datetime) -> int:
    return int((clock.machine_now() + max(until - clock.now(), timedelta(0)) + _GRACE).timestamp())
