"""One PDF in by standard input, the SPTJM number it carries out by standard output; ended when it takes too much."""

import sys

from services.documents.inspection.printed_number import printed_number
from services.kernel.bounded import begin_bounded


def main(memory: str, seconds: str) -> None:
    """Read what comes in, within `memory` bytes and `seconds` of processor."""
    begin_bounded(int(memory), int(seconds))
    sys.stdout.buffer.write((printed_number(sys.stdin.buffer.read()) or "").encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
