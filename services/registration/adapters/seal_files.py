"""The objects of sealing: work in the exports bucket (gone in a day), the list there too, leaves under Object Lock."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from pydantic import TypeAdapter

from services.kernel.aws import s3
from services.kernel.events.facts import LeafChunk
from services.kernel.security.findings import Finding, ListFindings, RowFinding, findings_key
from services.kernel.states import Category, PersonState
from services.registration.model.edition import Edition
from services.registration.model.sealed_row import SealedRow
from services.registration.settings import settings

LEAVES = 65_536
"""Leaf hashes an object holds, 2 MB."""
_HASH = 32
_NDJSON = "application/x-ndjson"
_BINARY = "application/octet-stream"
_FINDINGS = TypeAdapter(list[Finding])


def list_key(edition: Edition) -> str:
    """Where the list lies in the exports bucket: one leaf's content a line."""
    return f"lists/{edition.institution}/{edition.name}.jsonl"


def write_pids(edition: Edition, attempt: int, part: int, pids: Sequence[str]) -> None:
    """Keep who belongs to a part."""
    _write(_work(edition, attempt, part, "pids"), "\n".join(pids).encode())


def read_pids(edition: Edition, attempt: int, part: int) -> list[str]:
    """Who belongs to a part."""
    return _read(_work(edition, attempt, part, "pids")).decode().split("\n")


def write_rows(edition: Edition, attempt: int, part: int, rows: Iterable[SealedRow]) -> None:
    """Keep what was read of a part."""
    lines = (json.dumps(asdict(row), ensure_ascii=False, separators=(",", ":")) for row in rows)
    _write(_work(edition, attempt, part, "rows"), "\n".join(lines).encode())


def read_rows(edition: Edition, attempt: int, part: int) -> Iterator[SealedRow]:
    """What was read of a part."""
    for line in _read(_work(edition, attempt, part, "rows")).splitlines():
        row = json.loads(line)
        found = tuple(_FINDINGS.validate_python(row.get("found", ())))
        kinds = {"kategori": Category(row["kategori"]), "state": PersonState(row["state"]), "found": found}
        yield SealedRow(**{**row, **kinds})


def write_list(edition: Edition, entries: Iterable[bytes], findings: Sequence[RowFinding]) -> str:
    """Keep the list, and before it what was found in it: no list stands there unsearched. Returns the list's key."""
    key = list_key(edition)
    beside = ListFindings(rows=tuple(findings)).model_dump_json().encode()
    s3.write(settings().exports_bucket, findings_key(key), beside, content_type="application/json")
    _write(key, b"".join(entry + b"\n" for entry in entries))
    return key


def read_list(edition: Edition) -> Iterator[dict[str, Any]]:
    """What the list says of each, line by line.

    Raises:
        LookupError: where no such list lies.
    """
    yield from map(json.loads, _read(list_key(edition)).splitlines())


def keep_leaves(edition: Edition, tree: str, leaves: Sequence[bytes]) -> list[LeafChunk]:
    """Put the leaf hashes of a tree where nobody can change them; what is there already is the same."""
    own, chunks = settings(), list[LeafChunk]()
    for at in range(0, len(leaves), LEAVES):
        content = b"".join(leaves[at : at + LEAVES])
        key = f"leaves/{edition.institution}/{edition.name}/{tree}-{at // LEAVES:03d}"
        s3.write_once(own.seals_bucket, key, content, content_type=_BINARY, keep=own.seal_retention)
        sha256 = hashlib.sha256(content).hexdigest()
        chunks.append(LeafChunk(key=key, leaves=len(content) // _HASH, sha256=sha256))
    return chunks


def read_leaves(chunks: Iterable[LeafChunk]) -> list[bytes]:
    """The leaf hashes of a tree, in order.

    Raises:
        LookupError: when an object is missing, or is not what was sealed.
    """
    leaves = list[bytes]()
    for chunk in chunks:
        content = s3.read(settings().seals_bucket, chunk.key)
        if content is None or hashlib.sha256(content).hexdigest() != chunk.sha256:
            raise LookupError(chunk.key)
        leaves += [content[at : at + _HASH] for at in range(0, len(content), _HASH)]
    return leaves


def read_manifest(edition: Edition) -> bytes | None:
    """The manifest finalization signed, or None while it has not."""
    return s3.read(settings().seals_bucket, f"seals/{edition.institution}/{edition.number}.json")


def _work(edition: Edition, attempt: int, part: int, what: str) -> str:
    return f"tmp/seals/{edition.institution}/{edition.name}/{attempt}/{part:04d}.{what}"


def _write(key: str, content: bytes) -> None:
    s3.write(settings().exports_bucket, key, content, content_type=_NDJSON)


def _read(key: str) -> bytes:
    content = s3.read(settings().exports_bucket, key)
    if content is None:
        raise LookupError(key)
    return content
