"""An anchor: one hash over the heads of all chains of an institution, to be put where nobody can change it.

The heads are the leaves of a Merkle tree (RFC 9162), one a chain in the order of their names, each the text
`<chain> <version> <hash>`. They are kept beside the anchor, one a line. Heads only ever move forward, so at the next
check a chain must reach and still hold what the last anchor speaks of, whatever its data item says by then.
"""

import hashlib
from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict

from services.kernel.audit.check import Head
from services.kernel.security import merkle
from services.kernel.security.canonical import canonical

Heads = Mapping[str, Head]
"""Chain to head."""


class Anchor(BaseModel):
    """What is written under Object Lock; `number` counts an institution's anchors in a service from 1.

    `occasion` is the day (WIB) or `seal-<epoch>`; `root` is over `chains` leaves, which lie under the key `heads`;
    `links` is the sum of the heads' versions; `faults` is how many were found; `previous` is the SHA-256 of the anchor
    before this one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal["pendataan-anchor-1"] = "pendataan-anchor-1"
    service: str
    institution: str
    number: int
    occasion: str
    at: str
    chains: int
    links: int
    faults: int
    root: str
    heads: str
    previous: str | None

    def content(self) -> bytes:
        """Its bytes: canonical JSON."""
        return canonical(self.model_dump())


def digest(content: bytes) -> str:
    """How the next anchor names this one: SHA-256 of its bytes, hex."""
    return hashlib.sha256(content).hexdigest()


def to_text(heads: Heads) -> bytes:
    """The leaves, one a line: chain, version and hash of its head, parted by spaces."""
    return b"".join(leaf + b"\n" for leaf in _leaves(heads))


def from_text(text: bytes) -> dict[str, Head]:
    """The heads in a text of leaves.

    Raises:
        ValueError: when a line is no leaf.
    """
    parts = (line.split(" ") for line in text.decode().splitlines())
    return {chain: Head(int(version), own_hash) for chain, version, own_hash in parts}


def root(heads: Heads) -> str:
    """The Merkle Tree Hash over the leaves, in hex."""
    return merkle.root([merkle.leaf_hash(leaf) for leaf in _leaves(heads)]).hex()


def forward(last: Heads, now: Heads) -> dict[str, Head]:
    """Of every chain the head that is further on.

    A chain that was found faulty is not in `now`: the last anchored head stays, and the fault shows again next time.
    """
    ahead = {chain: head for chain, head in now.items() if chain not in last or head.version >= last[chain].version}
    return {**last, **ahead}


def _leaves(heads: Heads) -> list[bytes]:
    return [f"{chain} {head.version} {head.hash}".encode() for chain, head in sorted(heads.items())]
