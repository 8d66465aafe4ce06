"""Tell facts again from the tables: `python -m infra.resync [--stage dev | --state folder] [--service …]`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from infra.audit_verify.source import NotDeployedError, Source
from infra.aws import REGION, Aws
from infra.local.dataplane import STAGE
from infra.local.emulator import address_in
from infra.resync.tell import TELLERS, Wish, tell
from infra.services import BUILD, ROOT


def main(arguments: Sequence[str]) -> int:
    """Command line; returns the exit code."""
    given = _parser().parse_args(arguments)
    address = None if given.stage else address_in(given.state)
    if not given.stage and address is None:
        print(f"Tidak ada portal yang berjalan di {given.state}. Jalankan make run, atau sebut STAGE.", file=sys.stderr)
        return 2
    stage = given.stage or STAGE
    try:
        source = Source.find(Aws(REGION, address), stage)
    except NotDeployedError:
        print("Portal ini belum dipasang.", file=sys.stderr)
        return 2
    places = BUILD / "resync" if given.stage else given.state / "resync"
    for teller in (one for one in TELLERS if given.service in {None, one.service}):
        place = places / f"{stage}-{teller.service}-{given.institution or 'all'}.json"
        told = tell(source, teller, Wish(place, given.rate, given.institution))
        print(
            f"{teller.service:<16}" + (", ".join(f"{n} {name}" for name, n in sorted(told.items())) or "-"), flush=True
        )
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m infra.resync", description="Tell facts again from the tables.")
    parser.add_argument("--stage", help="a portal on AWS, by the name of its stage")
    parser.add_argument("--state", type=Path, default=ROOT / ".local" / "state", help="a running local portal's folder")
    parser.add_argument("--service", choices=[one.service for one in TELLERS], help="only what this one tells")
    parser.add_argument("--institution", help="only facts of this institution, by its four digits")
    parser.add_argument("--rate", type=float, default=500.0, help="facts a second at most (500)")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
