"""Read everything, put it in order, check every chain."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from infra.audit_verify.anchors import AnchorFault, read_anchors
from infra.audit_verify.ledger import Ledger
from infra.audit_verify.places import PLACES
from infra.audit_verify.source import Source, origins
from services.kernel.audit.check import Fault, FaultKind, Head, Seen, check_chain, look

SERVICES: Final = ("registration", "documents", "finalization", "announcements")
_LOOKS: Final = 4
_PAUSE: Final = 0.3


@dataclass
class Report:
    """What was found in one service."""

    service: str
    chains: int = 0
    links: int = 0
    anchors: int = 0
    faults: list[Fault] = field(default_factory=list)
    anchor_faults: list[AnchorFault] = field(default_factory=list)


def verify(source: Source, ledger: Ledger) -> list[Report]:
    """Check a portal, one report a service."""
    source.become_registration()
    reports = {service: Report(service) for service in SERVICES}
    anchors, anchor_faults = read_anchors(source, ledger)
    ledger.add_links(source.scan("AuditTable"))
    _read_heads(source, ledger)
    for chain in ledger.chains():
        report = reports.setdefault(chain.partition("#")[0], Report(chain.partition("#")[0]))
        report.chains += 1
        report.faults += _check(source, ledger, chain)
    for report in reports.values():
        report.links = ledger.count_links(report.service)
        report.anchors = anchors.get(report.service, 0)
        report.anchor_faults = [fault for fault in anchor_faults if fault.service == report.service]
    return list(reports.values())


def _read_heads(source: Source, ledger: Ledger) -> None:
    """Read every data table once: heads, and the salts of the import lanes."""
    lanes: dict[str, bytes] = {}
    for table in dict.fromkeys(place.table for place in PLACES):
        ledger.add_heads(_heads(source, table, lanes))
    ledger.add_starts(origins(source, lanes))


def _heads(source: Source, table: str, lanes: dict[str, bytes]) -> Iterator[tuple[str, Head]]:
    places = [place for place in PLACES if place.table == table]
    for item in source.scan(table):
        for place in places:
            chain = place.chain(item)
            if chain is not None:
                yield chain, place.head(item)
                if chain.startswith("registration#I#"):
                    lanes[chain] = item["salt"]


def _check(source: Source, ledger: Ledger, chain: str) -> list[Fault]:
    """Check one chain; what seems wrong is read again, because people go on writing."""
    faults = _faults(ledger, chain, ledger.links(chain), ledger.head(chain))
    for _ in range(_LOOKS):
        if not faults:
            break
        time.sleep(_PAUSE)
        head = _read_head(source, chain)
        faults = _faults(ledger, chain, (look(chain, item) for item in source.links(chain)), head)
    return faults


def _faults(ledger: Ledger, chain: str, links: Iterable[Seen], head: Head | None) -> list[Fault]:
    held = ledger.held(chain)
    if head is None:
        last = max((seen.version for seen in held), default=0)
        return [Fault(chain, last, FaultKind.GONE)]
    return check_chain(chain, links, head, start=ledger.start(chain), anchored=held)


def _read_head(source: Source, chain: str) -> Head | None:
    for place in PLACES:
        key = place.key(chain)
        item = source.get(place.table, key) if key else None
        if item is not None and place.chain(item) == chain:
            return place.head(item)
    return None
