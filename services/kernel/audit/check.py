"""What is wrong with an audit chain: its links in order, held against the head that stands in the data item.

Pure: it reads nothing. A chain is sound when its links are numbered without a gap from where it starts, each is what
its own hash says and names the one before it, the last one is the head, and the last anchor's head is among them.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from services.kernel.audit import chain as audit

_TEXTS: Final = ("pk", "sk", "actor", "action", "previous", "delta_sha256", "hash")
_ATTRIBUTES: Final = frozenset({*_TEXTS, "at", "delta"})
_INDEXED: Final = frozenset({"by"})
"""Only of links that staff made, and of none older than the index; the link's hash says whether it was there."""
_INSTANTS: Final = range(2**63)
"""Milliseconds that can be hashed (security/canonical.py); a number of the table may have 38 digits."""
_NUMBER: Final = re.compile(r"[0-9]{10}", re.ASCII)


class FaultKind(StrEnum):
    """What an auditor is told."""

    TAMPERED = "tampered"
    """A link is not what its own hash says."""
    MISSING = "missing"
    """A link in the middle, or the first, is not there."""
    CUT_TAIL = "cut-tail"
    """The chain ends before the head, or before where it stood at the last anchor."""
    FORKED = "forked"
    """A link is whole, but another one than its neighbour, the head or the last anchor names."""
    EXTRA = "extra"
    """A link stands where none belongs: behind the head, twice, or in another chain's place."""
    GONE = "gone"
    """The head is not there, but links or the last anchor speak of the chain."""


@dataclass(frozen=True)
class Head:
    """The number and the hash of a chain's last link."""

    version: int
    hash: str


START: Final = Head(0, audit.GENESIS)
"""Before the first link."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong: in which chain, at the link of which number."""

    chain: str
    version: int
    kind: FaultKind


@dataclass(frozen=True)
class Seen:
    """What counts of a link that was read: `version` None where its key is no link's of the chain."""

    version: int | None
    previous: str
    hash: str
    whole: bool


def look(chain: str, item: Mapping[str, Any]) -> Seen:
    """What of a link's item the check of a chain needs; the delta, by far the most of it, is let go.

    `whole` is False when its hash or the ciphertext it commits to is another, or an attribute was added or taken away.
    """
    key = str(item.get("sk"))
    version = int(key) if item.get("pk") == chain and _NUMBER.fullmatch(key) else None
    return Seen(version, str(item.get("previous")), str(item.get("hash")), _whole(item))


def check_chain(
    chain: str, links: Iterable[Seen], head: Head, *, start: Head = START, anchored: Iterable[Head] = ()
) -> list[Fault]:
    """Every fault of a chain, each once.

    Args:
        chain: its name.
        links: in the order of their keys.
        head: what the data item says.
        start: what the first link follows; the chain of an imported person follows his import.
        anchored: its heads at anchors; the last one's is enough for who has held it against those before it.
    """
    hashes = {start.version: start.hash}
    found = [*_in_order(links, head, hashes), *_at_the_end(head, hashes)]
    for held in anchored:
        found += _since(held, head, hashes)
    return [Fault(chain, version, kind) for version, kind in dict.fromkeys(found)]


def _in_order(links: Iterable[Seen], head: Head, hashes: dict[int, str]) -> Iterator[tuple[int, FaultKind]]:
    """Walk along the links; `hashes` begins with what the first one follows and takes the hash of each link."""
    here = max(hashes)
    for link in links:
        if link.version is None or not here < link.version <= head.version:
            yield link.version or 0, FaultKind.EXTRA
            continue
        if link.version > here + 1:
            yield here + 1, FaultKind.MISSING
        elif link.previous != hashes[here]:
            yield link.version, FaultKind.FORKED
        if not link.whole:
            yield link.version, FaultKind.TAMPERED
        here = link.version
        hashes[here] = link.hash


def _at_the_end(head: Head, hashes: Mapping[int, str]) -> Iterator[tuple[int, FaultKind]]:
    last = max(hashes)
    if last < head.version:
        yield last + 1, FaultKind.CUT_TAIL
    elif hashes.get(head.version) != head.hash:
        yield head.version, FaultKind.FORKED


def _since(anchored: Head, head: Head, hashes: Mapping[int, str]) -> Iterator[tuple[int, FaultKind]]:
    if head.version < anchored.version:
        yield head.version + 1, FaultKind.CUT_TAIL
    elif hashes.get(anchored.version, anchored.hash) != anchored.hash:
        yield anchored.version, FaultKind.FORKED


def _whole(item: Mapping[str, Any]) -> bool:
    if item.keys() - _INDEXED != _ATTRIBUTES or not isinstance(item["delta"], bytes):
        return False
    if type(item["at"]) is not int or item["at"] not in _INSTANTS:
        return False
    if item.get("by", item["actor"]) != item["actor"]:
        return False
    if not all(isinstance(item[name], str) for name in _TEXTS):
        return False
    committed = hashlib.sha256(item["delta"]).hexdigest() == item["delta_sha256"]
    return bool(committed and audit.own_hash(item) == item["hash"])
