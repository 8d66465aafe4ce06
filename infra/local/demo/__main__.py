"""`python -m infra.local.demo [address]`; exits with 1 at the first thing that is not so."""

import sys

from infra.local.client import Unexpected
from infra.local.demo.report import Report
from infra.local.demo.script import play


def main() -> int:
    """Play the script against the portal at the given address."""
    base = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8600"
    report = Report()
    try:
        play(base.rstrip("/"), report)
    except Unexpected as unexpected:
        sys.stderr.write(f"\nTIDAK SESUAI: {unexpected}\n")
        return 1
    sys.stdout.write(f"\nSelesai: {report.steps} langkah, {report.checks} pemeriksaan.\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
