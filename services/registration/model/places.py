"""Sets of places: which people of an institution a word, a unit or a state stands for (docs/adr/0018).

Everybody in an institution's index has a place, a number from 0 on. A set of places is an int whose bit `n` says
whether the person at place `n` is in it, so that any number of filters are one `&`, and how many fit one `bit_count`.

Stored, a set is a list of four-byte steps from each place to the next, or a row of bits, whichever is shorter. Sets
that are asked for together are one bucket: `{term: stored set}`, packed.
"""

import gzip
import json
from array import array
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate, chain, compress, pairwise
from typing import Final

_LIST, _BITS = b"l", b"b"
_WIDTH: Final = 4
_WORD: Final = 64
_FEW: Final = 2000
"""Up to so many places are looked for one by one in a stored list, which is then not made a set of."""

Bucket = Mapping[str, bytes]
"""Sets as they are stored, by term."""


def of(places: Iterable[int]) -> int:
    """The set of these places."""
    listed = list(places)
    return _of_list(listed) if listed else 0


def members(places: int, start: int = 0) -> Iterator[int]:
    """The places of a set from `start` on, in order."""
    rest = places >> start
    words = array("Q", rest.to_bytes(_WORD // 8 * -(-rest.bit_length() // _WORD), "little"))
    for at in compress(range(len(words)), words):
        word = words[at]
        while word:
            yield start + _WORD * at + (word & -word).bit_length() - 1
            word &= word - 1


def in_turn(places: int, turns: Iterable[bytes]) -> Iterator[int]:
    """The places of a set, each once: those in the first of these stored sets, and so on; at last those in none."""
    many, told = places.bit_count(), set[int]()
    few = frozenset(members(places) if many <= _FEW else ())
    for stored in turns:
        if len(told) == many:
            return
        for place in _in_both(places, few, stored):
            if place not in told:
                told.add(place)
                yield place
    yield from (place for place in members(places) if place not in told)


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


def _in_both(places: int, few: frozenset[int], stored: bytes) -> Iterable[int]:
    """The places of a set that are in a stored one, in order; `few` are the same, unless they are many."""
    if few and stored[:1] == _LIST:
        return sorted(few.intersection(accumulate(array("I", stored[1:]))))
    return members(places & union([stored]))


def _of_list(listed: list[int]) -> int:
    held = bytearray(max(listed) // 8 + 1)
    for place in listed:
        held[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(held, "little")
