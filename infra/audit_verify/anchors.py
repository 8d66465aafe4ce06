"""Are all anchors there, in a row, unchanged and under the lock, and which heads do they hold?"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from infra.audit_verify.ledger import Ledger
from infra.audit_verify.source import Source
from services.kernel.audit import anchor as audit_anchor
from services.kernel.audit.anchor import Anchor

PREFIX = "anchors/"


@dataclass(frozen=True)
class AnchorFault:
    """What is wrong with an object: its key, in words."""

    service: str
    key: str
    what: str


def read_anchors(source: Source, ledger: Ledger) -> tuple[dict[str, int], list[AnchorFault]]:
    """Check every anchor and take the heads they hold into the ledger; returns how many a service has, and faults."""
    counted: dict[str, int] = {}
    faults: list[AnchorFault] = []
    for (service, _), rows in itertools.groupby(source.objects(PREFIX), key=lambda row: _owner(row[0])):
        found = list(rows)
        counted[service] = counted.get(service, 0) + len(found)
        faults += [AnchorFault(service, key, what) for key, what in _check_row(source, ledger, found)]
    return counted, faults


def _owner(key: str) -> tuple[str, str]:
    service, _, institution = key.removeprefix(PREFIX).rpartition("/")[0].partition("/")
    return service, institution


def _check_row(source: Source, ledger: Ledger, rows: Sequence[tuple[str, list[str]]]) -> Iterator[tuple[str, str]]:
    """Check the anchors of one institution in one service, in order."""
    previous: str | None = None
    for number, (key, versions) in enumerate(rows, 1):
        if len(versions) != 1:
            yield key, "lebih dari satu versi, atau dihapus"
            continue
        content, locked = source.sealed_object(key)
        anchor = _parsed(content)
        if anchor is None:
            yield key, "bukan jangkar"
            continue
        if not locked:
            yield key, "tidak di bawah Object Lock"
        expected = (*_owner(key), number, previous)
        if (anchor.service, anchor.institution, anchor.number, anchor.previous) != expected:
            yield key, "tidak menyambung jangkar sebelumnya"
        previous = audit_anchor.digest(content)
        wrong = _take_heads(source, ledger, anchor)
        may_be_gone = number < len(rows) and not anchor.occasion.startswith("seal-")
        if wrong and not (wrong == _LOST and may_be_gone):
            yield anchor.heads, wrong


_LOST = "daftar kepala rantai tidak ada"


def _take_heads(source: Source, ledger: Ledger, anchor: Anchor) -> str | None:
    """Take an anchor's heads in; returns what is wrong with them. Those of a day are kept for 100 days only."""
    content = source.export(anchor.heads)
    if content is None:
        return _LOST
    try:
        heads = audit_anchor.from_text(content)
    except ValueError:
        return "daftar kepala rantai diubah"
    if audit_anchor.root(heads) != anchor.root:
        return "daftar kepala rantai tidak sesuai dengan jangkarnya"
    ledger.add_held(heads.items())
    return None


def _parsed(content: bytes) -> Anchor | None:
    try:
        anchor = Anchor.model_validate_json(content)
    except ValidationError:
        return None
    return anchor if anchor.content() == content else None
