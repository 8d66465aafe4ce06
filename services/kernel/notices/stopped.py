"""Addresses that are not written to: mail to them bounced for good, or their owner complained of it.

Kept by a keyed hash of the address (domain.md, section 8). Who signs in with such an address is asked for another one
(domain.md, section 11), and what may not be missed goes out all the same (`About.always`).
"""

from typing import Literal

from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.security import privacy
from services.kernel.settings import settings
from services.kernel.writes import ungated

Why = Literal["bounce", "complaint"]


def stop(address: str, why: Why, lookup_key: bytes) -> None:
    """Mark an address."""
    item = {**_key(address, lookup_key), "why": why, "at": clock.millis(clock.now())}
    ungated.commit([dynamodb.put(settings().table, item)])


def why(address: str, lookup_key: bytes) -> Why | None:
    """Why an address is not written to; None: it is."""
    item = dynamodb.get(settings().table, _key(address, lookup_key))
    return None if item is None else item["why"]


def _key(address: str, lookup_key: bytes) -> dict[str, str]:
    hashed = privacy.blind(lookup_key, "address", address.strip().casefold())
    return {"pk": f"STOP#{hashed}", "sk": "@"}
