"""What was read, put in order on disk: millions of links would not fit into memory, and a scan knows no order."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Self

from services.kernel.audit.check import START, Head, Seen, look

_TABLES = """
CREATE TABLE link (chain TEXT, sort TEXT, version INTEGER, previous TEXT, hash TEXT, whole INTEGER);
CREATE TABLE head (chain TEXT PRIMARY KEY, version INTEGER, hash TEXT);
CREATE TABLE start (chain TEXT PRIMARY KEY, version INTEGER, hash TEXT);
CREATE TABLE held (chain TEXT, version INTEGER, hash TEXT, UNIQUE (chain, version, hash));
"""


class Ledger:
    """Links, heads, beginnings and anchored heads, by chain."""

    def __init__(self, file: Path) -> None:
        """Begin an empty one."""
        self._db = sqlite3.connect(file)
        self._db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _TABLES)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def add_links(self, items: Iterable[Mapping[str, Any]]) -> None:
        """Take links in; what cannot be one is kept as what it is."""
        rows = ((item, look(item["pk"], item)) for item in items)
        self._db.executemany(
            "INSERT INTO link VALUES (?, ?, ?, ?, ?, ?)",
            ((i["pk"], i["sk"], seen.version, seen.previous, seen.hash, seen.whole) for i, seen in rows),
        )
        self._db.execute("CREATE INDEX IF NOT EXISTS by_chain ON link (chain, sort)")

    def add_heads(self, heads: Iterable[tuple[str, Head]]) -> None:
        """Take in what data items say of their chains."""
        self._add("INSERT OR REPLACE INTO head VALUES (?, ?, ?)", heads)

    def add_starts(self, starts: Iterable[tuple[str, Head]]) -> None:
        """Take in what the chains of imported people follow."""
        self._add("INSERT OR REPLACE INTO start VALUES (?, ?, ?)", starts)

    def add_held(self, heads: Iterable[tuple[str, Head]]) -> None:
        """Take in the heads of an anchor."""
        self._add("INSERT OR IGNORE INTO held VALUES (?, ?, ?)", heads)

    def chains(self) -> Iterator[str]:
        """Every chain that anything speaks of, in order; a beginning alone makes none."""
        found = self._db.execute(
            "SELECT chain FROM head UNION SELECT chain FROM link UNION SELECT chain FROM held ORDER BY chain"
        )
        return (chain for (chain,) in found)

    def links(self, chain: str) -> Iterator[Seen]:
        """A chain's links in order."""
        wanted = "SELECT version, previous, hash, whole FROM link WHERE chain = ? ORDER BY sort"
        return (Seen(v, previous, own, bool(whole)) for v, previous, own, whole in self._db.execute(wanted, (chain,)))

    def head(self, chain: str) -> Head | None:
        """What the data item says, or None."""
        return next(self._heads("head", chain), None)

    def start(self, chain: str) -> Head:
        """What the first link follows."""
        return next(self._heads("start", chain), START)

    def held(self, chain: str) -> list[Head]:
        """The chain's heads at anchors."""
        return list(self._heads("held", chain))

    def count_links(self, service: str) -> int:
        """How many links a service has."""
        (found,) = self._db.execute("SELECT count(*) FROM link WHERE chain LIKE ?", (f"{service}#%",)).fetchone()
        return int(found)

    def _add(self, statement: str, heads: Iterable[tuple[str, Head]]) -> None:
        self._db.executemany(statement, ((chain, head.version, head.hash) for chain, head in heads))

    def _heads(self, table: str, chain: str) -> Iterator[Head]:
        found = self._db.execute(f"SELECT version, hash FROM {table} WHERE chain = ?", (chain,))  # noqa: S608 - our own names
        return (Head(version, own_hash) for version, own_hash in found)
