"""An audit chain whose head stands in an item of the service's own table, and the two ways to add a link to it.

`add` joins the transaction of what the link tells of; `record` adds one by itself: who read what is restricted, written
down before anything is shown (domain.md, section 8).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from services.kernel.audit import chain as audit
from services.kernel.audit.chain import GENESIS, Event, Link
from services.kernel.audit.check import Head
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Operation
from services.kernel.problems import Code, Problem
from services.kernel.security import privacy
from services.kernel.settings import settings
from services.kernel.writes import ungated


@dataclass(frozen=True)
class Standing:
    """Where a chain stands: the number and hash of its last link, and the salt its head keeps, if it keeps one yet."""

    number: int = 0
    hash: str = GENESIS
    salt: bytes | None = None


@dataclass(frozen=True)
class AuditLog:
    """One chain, and the item with the attributes `v`, `head` and `salt` where its head stands.

    Args:
        chain: the chain's name (chain.py).
        key: of the head's item in the service's table.
        institution: whose data key encrypts the links.
        salt: of 16 bytes, where the links are encrypted with one that is kept elsewhere; without it the head keeps its
            own.
        beside: what else the head's item says from the first link on.
    """

    chain: str
    key: Mapping[str, str]
    institution: str
    salt: bytes | None = None
    beside: Mapping[str, Any] = field(default_factory=dict)

    def head(self) -> Head | None:
        """The number and hash of the last link, or None while there is none."""
        standing = self.standing()
        return Head(standing.number, standing.hash) if standing.number else None

    def add(self, event: Event, standing: Standing | None = None, **changed: object) -> tuple[Operation, Link]:
        """Move the head by one link, on condition that nobody else moved it meanwhile.

        `standing` is what the caller read, if he decided by it; else the head is read here. Returns the operation on
        the head's item, which also sets `changed`, and the link, whose operation goes with it.
        """
        was = standing or self.standing()
        salt = self.salt or was.salt or privacy.new_salt()
        link = audit.link(self.chain, was.number + 1, was.hash, event, institution=self.institution, salt=salt)
        own = {} if self.salt else {"salt": salt}
        values = {**self.beside, "v": was.number + 1, "head": link.hash, **own, **changed}
        same = Attr("v").eq(was.number) if was.number else Attr("v").not_exists()
        return dynamodb.update(settings().table, self.key, values=values, when=same), link

    def record(self, event: Event) -> None:
        """Add a link that tells of nothing that is written.

        Raises:
            Problem: `try-again`; then nothing may be shown.
        """
        for _ in range(ungated.MAX_TRIES):
            moved, link = self.add(event)
            if ungated.commit([moved, link.operation]):
                return
        raise Problem(Code.TRY_AGAIN, retry_after=1)

    def standing(self) -> Standing:
        """Where the chain stands now."""
        item = dynamodb.get(settings().table, self.key) or {}
        return Standing(item.get("v", 0), item.get("head", GENESIS), item.get("salt"))
