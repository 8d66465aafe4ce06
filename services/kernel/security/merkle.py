"""Merkle trees as Certificate Transparency has them (RFC 9162, section 2.1, with SHA-256).

A tree is given by the hashes of its leaves, in order. The tree of a list of n leaves splits at the largest power of two
below n; paired level by level, with an odd last node moving up unchanged, it is the same tree.
"""

import hashlib
from collections.abc import Sequence

_LEAF = b"\x00"
_NODE = b"\x01"


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one leaf's content; the prefix keeps leaves and nodes apart (second preimages)."""
    return hashlib.sha256(_LEAF + entry).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The Merkle Tree Hash, 32 bytes; that of no leaves is the SHA-256 of nothing."""
    if not leaves:
        return hashlib.sha256().digest()
    level = leaves
    while len(level) > 1:
        level = _above(level)
    return level[0]


def path(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """The inclusion proof of the leaf at `index`, from the bottom up (RFC 9162, section 2.1.3.1).

    Raises:
        IndexError: there is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    siblings, level = [], leaves
    while len(level) > 1:
        beside = index ^ 1
        if beside < len(level):
            siblings.append(level[beside])
        level, index = _above(level), index // 2
    return siblings


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(_NODE + left + right).digest()


def _above(level: Sequence[bytes]) -> list[bytes]:
    above = [_node(left, right) for left, right in zip(level[::2], level[1::2], strict=False)]
    return [*above, level[-1]] if len(level) % 2 else above
