"""Check all audit chains and anchors: `python -m infra.audit_verify [--stage dev | --state folder]`.

An independent check: it reads whole tables and buckets with the credentials of whoever runs it, and none of the
portal's functions takes part. Ends with 1 when anything is wrong.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from infra.audit_verify.ledger import Ledger
from infra.audit_verify.source import NotDeployedError, Source
from infra.audit_verify.verify import Report, verify
from infra.aws import REGION, Aws
from infra.local.dataplane import STAGE
from infra.local.emulator import address_in
from infra.services import ROOT
from services.kernel.audit.check import FaultKind

WORDS = {
    FaultKind.TAMPERED: "mata rantai diubah",
    FaultKind.MISSING: "mata rantai hilang",
    FaultKind.CUT_TAIL: "ekor rantai terpotong",
    FaultKind.FORKED: "rantai bercabang: bukan mata rantai yang dicatat",
    FaultKind.EXTRA: "mata rantai berlebih",
    FaultKind.GONE: "kepala rantai tidak ada",
}


def main(arguments: Sequence[str]) -> int:
    """Command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m infra.audit_verify", description="Check the audit trail.")
    parser.add_argument("--stage", help="a portal on AWS, by the name of its stage")
    parser.add_argument("--state", type=Path, default=ROOT / ".local" / "state", help="a running local portal's folder")
    given = parser.parse_args(arguments)
    address = None if given.stage else address_in(given.state)
    if not given.stage and address is None:
        print(f"Tidak ada portal yang berjalan di {given.state}. Jalankan make run, atau sebut STAGE.", file=sys.stderr)
        return 2
    try:
        source = Source.find(Aws(REGION, address), given.stage or STAGE)
    except NotDeployedError:
        print("Portal ini belum dipasang.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder, Ledger(Path(folder) / "ledger.sqlite") as ledger:
        return tell(verify(source, ledger))


def tell(reports: Sequence[Report]) -> int:
    """Print what was found; returns 1 when anything is wrong."""
    print(f"{'layanan':<16}{'rantai':>12}{'mata rantai':>14}{'jangkar':>10}{'kesalahan':>12}")
    for report in reports:
        wrong = len(report.faults) + len(report.anchor_faults)
        print(f"{report.service:<16}{report.chains:>12}{report.links:>14}{report.anchors:>10}{wrong:>12}")
    for report in reports:
        for fault in report.faults:
            print(f"! {fault.chain} no. {fault.version}: {WORDS[fault.kind]} ({fault.kind.value})")
        for anchor in report.anchor_faults:
            print(f"! {anchor.key}: {anchor.what}")
    found = any(report.faults or report.anchor_faults for report in reports)
    print("Ada yang tidak utuh." if found else "Semua rantai utuh.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
