"""The append-only trail: who did what to whom, as a hash chain per service and person (or per import lane).

Each link carries the hash of the one before it; the head's hash stands in the item the chain is about and moves in the
same transaction, so that a changed, missing or cut-off link shows. What changed is encrypted with the person's key, and
a link commits to that ciphertext: a hash of the plain delta could be guessed at, and a chain can still be checked when
the person's key has been destroyed. What checks them is in `check.py`, `run.py` and docs/audit.md.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from services.kernel import clock
from services.kernel.aws.dynamodb import Attr, Item, KeyPart, Operation, put, query_all
from services.kernel.security import privacy
from services.kernel.settings import settings

GENESIS = ""
"""The previous hash of a chain's first link."""
COMMITTED: Final = ("pk", "sk", "actor", "action", "at", "previous", "delta_sha256")
"""What a link's own hash is taken over, and `by` where there is one. The delta itself is committed to by its hash."""
DEEDS: Final = "deeds"
"""The index of the audit table by who of the staff did it: `by`, in the order of `at`; it shows `action` as well."""
_STAFF: Final = re.compile(r"\d+\.[a-z2-7]{32}", re.ASCII)
"""An account's id (security/privacy.py, `blind`): people act under their pid, functions under their name."""


@dataclass(frozen=True)
class Link:
    """A link ready to be written: its hash becomes the head, its operation joins the transaction."""

    hash: str
    operation: Operation


@dataclass(frozen=True)
class Event:
    """What is recorded: `actor` (a pid, an account's id or `system:<function>`), `action`, and `delta`, encrypted.

    `action` names the deed, such as `confirm-active`. `delta` is JSON-able and may hold personal data: as a rule
    `{field: [before, after]}`, None for what was not there or is gone.
    """

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


def case_chain(number: str) -> str:
    """The chain of one case in this service."""
    return f"{settings().service}#C#{number}"


def link(chain: str, version: int, previous: str, event: Event, *, institution: str, salt: bytes) -> Link:
    """Make link number `version` (from 1) of a chain whose head is `previous` (hex; `GENESIS` before the first).

    `institution` and `salt` (16 bytes, of whom or what the chain is about, kept in the item of its head) make the key
    that encrypts the delta: with the salt the delta is gone, the chain can still be checked.
    """
    key = {"pk": chain, "sk": sort_key(version)}
    place = privacy.Place(settings().audit_table, key["pk"], key["sk"])
    delta = privacy.encrypt(event.delta, institution=institution, salt=salt, place=place)
    content = {
        **key,
        "actor": event.actor,
        "action": event.action,
        "at": clock.millis(event.at),
        "previous": previous,
        "delta_sha256": hashlib.sha256(delta).hexdigest(),
        **index_of(event.actor),
    }
    own = own_hash(content)
    item = {**content, "hash": own, "delta": delta}
    return Link(own, put(settings().audit_table, item, when=Attr("pk").not_exists(), label=f"link {chain}"))


def index_of(actor: str) -> dict[str, str]:
    """`{"by": actor}` for a member of staff, which puts a link in the index `DEEDS`; nothing for anybody else.

    Nobody reads what 2.4 million people did one by one, and a function's links would all crowd in one partition of it.
    """
    return {"by": actor} if _STAFF.fullmatch(actor) else {}


def own_hash(link: Mapping[str, Any]) -> str:
    """SHA-256, hex, of a link's item as far as it is `COMMITTED`, whatever hash it claims itself."""
    return privacy.digest({name: link[name] for name in (*COMMITTED, "by") if name in link})


def sort_key(version: int) -> str:
    """Under what a chain's link of this number stands."""
    return f"{version:010d}"


def read_between(chain: str, first: int, last: int) -> Iterator[Item]:
    """Those links of a chain that stand from number `first` to `last`, both of them too, as `read`."""
    between = KeyPart("pk").eq(chain) & KeyPart("sk").between(sort_key(first), sort_key(last))
    return query_all(settings().audit_table, between)


def read(chain: str) -> Iterator[Item]:
    """A chain's links as they stand, by number: the `COMMITTED` attributes, `hash`, and `delta` as encrypted bytes."""
    return query_all(settings().audit_table, KeyPart("pk").eq(chain))


def open_delta(link: Mapping[str, Any], *, institution: str, salt: bytes) -> dict[str, Any]:
    """The `delta` of a link's item, decrypted, as `Event` was given it.

    Raises:
        cryptography.exceptions.InvalidTag: when the delta was altered or stood elsewhere.
    """
    place = privacy.Place(settings().audit_table, link["pk"], link["sk"])
    return privacy.decrypt(link["delta"], institution=institution, salt=salt, place=place)
