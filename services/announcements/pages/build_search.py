"""What the search of a list reads: a small list's whole index, of a large one the shards for the letters typed.

The largest list's index holds 12 MB: too much for a phone, and for the distribution to pack. So beside `index.json`,
which stays whole for whoever checks the list, a large list has `cari/<letters>.json` with the rows that hold a word
beginning with these letters, `cari/no-<character>.json` by the end of the registration number, and `cari/index.json`,
which says how many rows each holds. web/src/pages/announcements/list.js reads them.
"""

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from services.announcements.model.objects import JSON, Object

LARGE: Final = 5_000
"""Rows above which a list is searched by shards; up to it the whole index is a download of 90 KB (measured)."""
MAX_ROWS: Final = 5_000
"""Rows of a shard of two letters above which it is told apart by a third."""
Cells = tuple[str | None, ...]
"""A row as it is shown: name first, then registration number; where a cell is None, the row is withheld."""
_SHORT, _LONG = 2, 3
_BETWEEN: Final = re.compile(r"[^a-z0-9]+")


def build_search(code: str, rows: Sequence[Cells]) -> Iterator[Object]:
    """The whole index and, of a large list, its shards; `v` is the version of their form.

    Of a withheld row everything but the number is null, and only its number finds it.
    """
    there = f"pengumuman/{code}"
    yield _object(f"{there}/index.json", {"items": rows})
    if not is_large(rows):
        return
    shards = {**_by_words(rows), **_by_number(rows)}
    for letters, held in sorted(shards.items()):
        yield _object(f"{there}/cari/{letters}.json", {"items": held})
    yield _object(f"{there}/cari/index.json", {"shards": {letters: len(held) for letters, held in shards.items()}})


def is_large(rows: Sequence[Cells]) -> bool:
    """Whether a list is searched by shards."""
    return len(rows) > LARGE


def words(name: str) -> list[str]:
    """The words of a name without case, accents and punctuation; as `plain` in web/src/pages/announcements/list.js."""
    bare = "".join(
        each for each in unicodedata.normalize("NFD", name) if not unicodedata.category(each).startswith("M")
    )
    return _BETWEEN.sub(" ", bare.lower()).split()


def _by_words(rows: Sequence[Cells]) -> Mapping[str, Sequence[Cells]]:
    shards = _grouped(rows, _SHORT)
    for letters in [letters for letters, held in shards.items() if len(held) > MAX_ROWS]:
        shards |= _grouped(shards.pop(letters), _LONG, letters)
    return shards


def _grouped(rows: Iterable[Cells], length: int, start: str = "") -> dict[str, list[Cells]]:
    """Each row under the first letters of each of its words that begin so; a row once, whichever words begin alike."""
    shards = defaultdict[str, list[Cells]](list)
    for row in rows:
        for letters in {word[:length] for word in words(row[0] or "") if word.startswith(start)}:
            shards[letters].append(row)
    return shards


def _by_number(rows: Iterable[Cells]) -> Mapping[str, Sequence[Cells]]:
    shards = defaultdict[str, list[Cells]](list)
    for row in rows:
        shards[f"no-{(row[1] or '')[-1:].lower()}"].append(row)
    return shards


def _object(key: str, content: Mapping[str, object]) -> Object:
    text = json.dumps({"v": 1, **content}, ensure_ascii=False, separators=(",", ":"))
    return Object(key, text.encode(), JSON)
