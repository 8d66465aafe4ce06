"""Merkle trees of RFC 9162, section 2.1 (SHA-256)."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def canonical(value: object) -> bytes:
    """The bytes that are hashed and signed: sorted keys, no spaces, UTF-8."""
    return _encode(value).encode()


def leaf(value: object) -> bytes:
    """The hash of a leaf whose content is the canonical form of `value`."""
    return hashlib.sha256(b"\x00" + canonical(value)).digest()


def commitment(private: Any, salt: str) -> str:  # noqa: ANN401 - any JSON
    """The salted hash, hex, of what a row does not show."""
    return hashlib.sha256(canonical({"private": private, "salt": salt})).hexdigest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes."""
    level = list(leaves)
    if not level:
        return hashlib.sha256().digest()
    sha256 = hashlib.sha256
    while len(level) > 1:
        pairs = zip(level[::2], level[1::2], strict=False)
        last = level[-1:] if len(level) % 2 else []
        level = [sha256(b"\x01" + left + right).digest() for left, right in pairs] + last
    return level[0]


def root_of_path(own: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that leaf `index` of `size` and its path lead to; None for a path that fits no such tree."""
    if not 0 <= index < size:
        return None
    here, last, siblings = own, size - 1, list(path)
    while last:
        if index % 2 or index < last:
            if not siblings:
                return None
            sibling = siblings.pop(0)
            pair = sibling + here if index % 2 else here + sibling
            here = hashlib.sha256(b"\x01" + pair).digest()
        index, last = index // 2, last // 2
    return None if siblings else here
