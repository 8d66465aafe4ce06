"""A seal, and how far its making has come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.kernel.events.facts import LeafChunk
from services.registration.model.edition import Edition


@dataclass(frozen=True)
class Seal:
    """What was made of a locked roster: the list's root, the root of all rows (hex), and what they hold."""

    edition: Edition
    list_key: str
    root: str
    roster_root: str
    people: int
    thk2: int
    non_asn: int
    by_state: Mapping[str, int]
    list_chunks: Sequence[LeafChunk]
    roster_chunks: Sequence[LeafChunk]

    @property
    def total(self) -> int:
        """People on the list."""
        return self.thk2 + self.non_asn


@dataclass(frozen=True)
class Plan:
    """How far the making is: so many parts, and those `left` to be read in this attempt."""

    attempt: int
    parts: int
    left: frozenset[int]
