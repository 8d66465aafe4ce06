"""An institution's index of people (docs/adr/0018): items of `SEARCH#<institution>`, kept by one writer at a time.

- `@`: how many places have been given out
- `N#<registration number>`: the place of who has it
- `R#<block>`: the rows of sixteen places one after the other, packed
- `T`: what was counted over all lines, and when (search/keep_counts.py)
- `W#<bucket>`: sets of places (model/places.py), packed, with the number of times they were written

It is a projection: everything in it is made again of the people's own items, and nothing is decided by it.
"""

import gzip
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Item, KeyPart, Operation
from services.kernel.writes import ungated
from services.registration.model import places
from services.registration.model.counted import Counted
from services.registration.model.search_row import SearchRow
from services.registration.settings import settings

ROWS: Final = 16
"""Rows of a block: half a unit reads an item up to 4 KB, and neighbours are often listed together."""
_ROOM: Final = 3_000_000
"""Bytes of one transaction; DynamoDB takes 4 MB."""
_UNIT: Final = 4096
_COUNTED: Final = "T"

Rows = Mapping[int, SearchRow]
"""Rows by their places."""


class Overtaken(Exception):
    """Somebody else wrote the index meanwhile; whoever was told must be told again."""


@dataclass(frozen=True)
class Index:
    """Parts of an index as a search reads them: how many places, the place of a number, sets by bucket.

    `units` are the read units this took.
    """

    size: int
    place: int | None
    buckets: Mapping[str, places.Bucket]
    units: float


def read(institution: str, buckets: Sequence[str], number: str | None) -> Index:
    """What one search needs, in one call; not always as of this second.

    Raises:
        Busy: when DynamoDB leaves some out three times.
    """
    wanted = ["@", *([f"N#{number}"] if number else []), *map(_bucket, buckets)]
    items = dynamodb.get_many(settings().table, [_key(institution, sk) for sk in wanted], consistent=False)
    found = {item["sk"]: item for item in items if item}
    head, pointer = found.get("@"), found.get(f"N#{number}")
    return Index(
        head["n"] if head else 0,
        pointer["place"] if pointer else None,
        {name: places.unpack(found[_bucket(name)]["packed"]) for name in buckets if _bucket(name) in found},
        sum(map(_units, items)),
    )


def read_rows(institution: str, wanted: Collection[int], *, consistent: bool = False) -> dict[int, SearchRow]:
    """The rows of these places; who has left his is not among them.

    Raises:
        Busy: when DynamoDB leaves some out three times.
    """
    items = dynamodb.get_many(settings().table, block_keys(institution, wanted), consistent=consistent)
    return rows_in(items, wanted)


def block_keys(institution: str, wanted: Collection[int]) -> list[dict[str, str]]:
    """The keys under which the rows of these places stand, for whoever reads them together with something else."""
    return [_key(institution, _block(block)) for block in sorted({place // ROWS for place in wanted})]


def rows_in(items: Iterable[Item | None], wanted: Collection[int]) -> dict[int, SearchRow]:
    """The rows of these places in the items of their keys; who has left his is not among them."""
    held = dict[int, str]()
    for item in items:
        if item is not None:
            held |= _lines_of(item)
    return {place: _row(held[place]) for place in wanted if place in held}


def place_of(institution: str, number: str) -> int | None:
    """The place of who has this registration number; None while he is not in the index."""
    item = dynamodb.get(settings().table, _key(institution, f"N#{number}"), consistent=False)
    return None if item is None else item["place"]


def all_rows(institution: str) -> Iterator[tuple[int, SearchRow]]:
    """Every row with its place."""
    when = KeyPart("pk").eq(_pk(institution)) & KeyPart("sk").begins_with("R#")
    for item in dynamodb.query_all(settings().table, when):
        yield from _rows_of(item).items()


def places_of(institution: str, numbers: Sequence[str]) -> dict[str, int]:
    """The places of these registration numbers; those that have none yet are given the next ones, for good.

    Raises:
        Overtaken: somebody else gave places out meanwhile.
        Busy: when DynamoDB leaves some out three times.
    """
    keys = [_key(institution, f"N#{number}") for number in numbers]
    head, *known = dynamodb.get_many(settings().table, [_key(institution, "@"), *keys])
    found = {number: item["place"] for number, item in zip(numbers, known, strict=True) if item}
    new = [number for number in numbers if number not in found]
    size = head["n"] if head else 0
    for start in range(0, len(new), dynamodb.MAX_OPERATIONS - 1):
        part = new[start : start + dynamodb.MAX_OPERATIONS - 1]
        given = {number: size + at for at, number in enumerate(part)}
        _commit([_head(institution, size, len(part)), *(_pointer(institution, *each) for each in given.items())])
        size += len(part)
        found |= given
    return found


def move(institution: str, into: Mapping[str, Mapping[str, int]], out_of: Mapping[str, Mapping[str, int]]) -> None:
    """Put places into sets and take them out, by bucket and term; once more changes nothing.

    Raises:
        Overtaken: somebody else wrote one of the buckets meanwhile.
        Busy: when DynamoDB leaves some out three times.
    """
    names = sorted({*into, *out_of})
    items = dynamodb.get_many(settings().table, [_key(institution, _bucket(name)) for name in names])
    moved = (
        _moved(institution, name, item, into.get(name, {}), out_of.get(name, {}))
        for name, item in zip(names, items, strict=True)
    )
    _commit_all(moved)


def put_rows(institution: str, rows: Mapping[int, SearchRow | None]) -> None:
    """Store rows at their places; None leaves one empty.

    Raises:
        Busy: when DynamoDB leaves some of the blocks out three times.
    """
    blocks = sorted({place // ROWS for place in rows})
    items = dynamodb.get_many(settings().table, [_key(institution, _block(block)) for block in blocks])
    held: dict[int, SearchRow | None] = {}
    for item in items:
        held |= _rows_of(item) if item else {}
    held |= rows
    _commit_all(_put_block(institution, block, held) for block in blocks)


def read_counted(institution: str) -> Counted:
    """What was counted last over the whole institution."""
    item = dynamodb.get(settings().table, _key(institution, _COUNTED), consistent=False)
    if item is None:
        return Counted()
    shared, titles = json.loads(gzip.decompress(item["packed"]))
    return Counted(shared, titles, item["lines"], clock.from_millis(item["at"]))


def put_counted(institution: str, counted: Counted) -> None:
    """Keep a count."""
    packed = gzip.compress(json.dumps([counted.shared, counted.titles], ensure_ascii=False).encode(), mtime=0)
    at = clock.millis(counted.at) if counted.at else 0
    _commit(
        [
            dynamodb.put(
                settings().table, {**_key(institution, _COUNTED), "at": at, "lines": counted.lines, "packed": packed}
            )
        ]
    )


def forget(institution: str) -> None:
    """Take the whole index away, to be made anew."""
    table = settings().table
    found = dynamodb.query_all(table, KeyPart("pk").eq(_pk(institution)))
    _commit_all(dynamodb.delete(table, {"pk": item["pk"], "sk": item["sk"]}) for item in list(found))


def _moved(
    institution: str, name: str, item: Item | None, into: Mapping[str, int], out_of: Mapping[str, int]
) -> Operation:
    bucket = places.unpack(item["packed"]) if item else {}
    for term in {*into, *out_of}:
        held = places.union([bucket[term]]) if term in bucket else 0
        left = (held & ~out_of.get(term, 0)) | into.get(term, 0)
        if left:
            bucket[term] = places.store(left)
        else:
            bucket.pop(term, None)
    v = item["v"] if item else 0
    when = Attr("v").eq(v) if item else Attr("pk").not_exists()
    stored = {**_key(institution, _bucket(name)), "v": v + 1, "packed": places.pack(bucket)}
    return dynamodb.put(settings().table, stored, when=when)


def _put_block(institution: str, block: int, held: Mapping[int, SearchRow | None]) -> Operation:
    rows = [held.get(place) for place in range(block * ROWS, (block + 1) * ROWS)]
    text = "\n".join(_line(row) if row else "" for row in rows)
    item = {**_key(institution, _block(block)), "packed": gzip.compress(text.encode(), compresslevel=6, mtime=0)}
    return dynamodb.put(settings().table, item)


def _rows_of(item: Item) -> dict[int, SearchRow]:
    return {place: _row(line) for place, line in _lines_of(item).items()}


def _lines_of(item: Item) -> dict[int, str]:
    """The rows of a block as they are stored: most are not asked for, and reading JSON is what a page is slow by."""
    first = int(item["sk"].removeprefix("R#")) * ROWS
    lines = gzip.decompress(item["packed"]).decode().split("\n")
    return {first + at: line for at, line in enumerate(lines) if line}


def _line(row: SearchRow) -> str:
    return json.dumps(row.to_list(), ensure_ascii=False, separators=(",", ":"))


def _row(line: str) -> SearchRow:
    return SearchRow.from_list(json.loads(line))


def _head(institution: str, size: int, more: int) -> Operation:
    when = Attr("n").eq(size) if size else Attr("pk").not_exists()
    return dynamodb.put(settings().table, {**_key(institution, "@"), "n": size + more}, when=when)


def _pointer(institution: str, number: str, place: int) -> Operation:
    item = {**_key(institution, f"N#{number}"), "place": place}
    return dynamodb.put(settings().table, item, when=Attr("pk").not_exists())


def _commit_all(operations: Iterable[Operation]) -> None:
    """In as few transactions as their number and size allow; each is whole, and together they need not be."""
    part, room = list[Operation](), _ROOM
    for operation in operations:
        size = len(operation.request.get("Put", {}).get("Item", {}).get("packed", {}).get("B", b""))
        if part and (len(part) == dynamodb.MAX_OPERATIONS or size > room):
            _commit(part)
            part, room = [], _ROOM
        part.append(operation)
        room -= size
    _commit(part)


def _commit(operations: Sequence[Operation]) -> None:
    if operations and not ungated.commit(operations):
        raise Overtaken


def _units(item: Item | None) -> float:
    size = len(item["packed"]) if item and "packed" in item else 1
    return 0.5 * -(-(size + 100) // _UNIT)


def _pk(institution: str) -> str:
    return f"SEARCH#{institution}"


def _key(institution: str, sk: str) -> dict[str, str]:
    return {"pk": _pk(institution), "sk": sk}


def _bucket(name: str) -> str:
    return f"W#{name}"


def _block(block: int) -> str:
    return f"R#{block:05d}"
