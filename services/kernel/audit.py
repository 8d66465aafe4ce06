"""The append-only trail: who did what to whom, as a hash chain per service and person (or per import lane).

Each link carries the hash of the one before it; the head's hash stands in the item the chain is about and moves in the
same transaction, so that a changed, missing or cut-off link shows. What changed is encrypted with the person's key, and
a link commits to that ciphertext: a hash of the plain delta could be guessed at, and a chain can still be checked when
the person's key has been destroyed.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.kernel import clock, privacy
from services.kernel.aws.dynamodb import Attr, Operation, put
from services.kernel.settings import settings

GENESIS = ""
"""The previous hash of a chain's first link."""


@dataclass(frozen=True)
class Link:
    """A link ready to be written: its hash becomes the head, its operation joins the transaction."""

    hash: str
    operation: Operation


@dataclass(frozen=True)
class Event:
    """What is recorded: `actor` and `action` in clear, `delta` (personal data) encrypted."""

    actor: str
    action: str
    at: datetime
    delta: Mapping[str, Any]


def person_chain(pid: str) -> str:
    """The chain of one person in this service."""
    return f"{settings().service}#P#{pid}"


def access_chain(pid: str) -> str:
    """The chain of who looked at what is masked or restricted of a person in this service."""
    return f"{settings().service}#A#{pid}"


def lane_chain(institution: str, lane: str) -> str:
    """The chain of one import lane of an institution in this service."""
    return f"{settings().service}#I#{institution}#{lane}"


def link(chain: str, version: int, previous: str, event: Event, *, institution: str, salt: bytes) -> Link:
    """Make link number `version` (from 1) of a chain whose head is `previous`."""
    key = {"pk": chain, "sk": f"{version:010d}"}
    place = privacy.Place(settings().audit_table, key["pk"], key["sk"])
    delta = privacy.seal(event.delta, institution=institution, salt=salt, place=place)
    content = {
        **key,
        "actor": event.actor,
        "action": event.action,
        "at": clock.millis(event.at),
        "previous": previous,
        "delta_sha256": hashlib.sha256(delta).hexdigest(),
    }
    own = privacy.digest(content)
    item = {**content, "hash": own, "delta": delta}
    return Link(own, put(settings().audit_table, item, when=Attr("pk").not_exists()))
