"""Sets of places: which people of an institution a word, a unit or a state stands for (docs/adr/0018).

Everybody in an institution's index has a place, a number from 0 on. A set of places is an int whose bit `n` says
whether the person at place `n` is in it, so that any number of filters are one `&`, and how many fit one `bit_count`.

Stored, a set is a list of four-byte steps from each place to the next, or a row of bits, whichever is shorter. Sets
that are asked for together are one bucket: `{term: stored set}`, packed.
"""

import gzip
import json
import re
from array import array
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate, chain, pairwise
from typing import Final

_LIST, _BITS = b"l", b"b"
_WIDTH: Final = 4
_BIT: Final = [tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256)]
"""The bits of each byte."""
_SOMEBODY: Final = re.compile(rb"[^\0]")

Bucket = Mapping[str, bytes]
"""Sets as they are stored, by term."""


def of(places: Iterable[int]) -> int:
    """The set of these places."""
    listed = list(places)
    return _of_list(listed) if listed else 0


def members(places: int, start: int = 0) -> Iterator[int]:
    """The places of a set from `start` on, in order."""
    first = start & ~7
    rest = places >> start << (start - first)
    for found in _SOMEBODY.finditer(rest.to_bytes((rest.bit_length() + 7) // 8, "little")):
        for bit in _BIT[found[0][0]]:
            yield first + 8 * found.start() + bit


def store(places: int) -> bytes:
    """A set as it stands in a bucket."""
    if _WIDTH * 8 * places.bit_count() < places.bit_length():
        return _LIST + array("I", [b - a for a, b in pairwise(chain((0,), members(places)))]).tobytes()
    return _BITS + places.to_bytes((places.bit_length() + 7) // 8, "little")


def union(stored: Iterable[bytes]) -> int:
    """Everybody who is in any of these stored sets."""
    bits, listed = 0, list[int]()
    for one in stored:
        if one[:1] == _LIST:
            listed += accumulate(array("I", one[1:]))
        else:
            bits |= int.from_bytes(one[1:], "little")
    return bits | _of_list(listed) if listed else bits


def pack(bucket: Bucket) -> bytes:
    """A bucket as an item holds it; the same sets, the same bytes."""
    kept = sorted(bucket.items())
    index = json.dumps([[term, len(stored)] for term, stored in kept], ensure_ascii=False, separators=(",", ":"))
    whole = b"\n".join([index.encode(), b"".join(stored for _, stored in kept)])
    return gzip.compress(whole, compresslevel=6, mtime=0)


def unpack(packed: bytes) -> dict[str, bytes]:
    """The bucket in an item."""
    index, _, rest = gzip.decompress(packed).partition(b"\n")
    bucket, at = dict[str, bytes](), 0
    for term, length in json.loads(index):
        bucket[term] = rest[at : at + length]
        at += length
    return bucket


def _of_list(listed: list[int]) -> int:
    held = bytearray(max(listed) // 8 + 1)
    for place in listed:
        held[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(held, "little")
