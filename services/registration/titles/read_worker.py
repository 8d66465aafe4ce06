"""One list of titles in by standard input, what it holds out by standard output; ended when it takes too much."""

import sys
from datetime import date

from services.kernel.bounded import begin_bounded
from services.registration.titles.read_bounded import to_wire
from services.registration.titles.read_titles import read_titles


def main(memory: str, seconds: str, today: str) -> None:
    """Read what comes in, within `memory` bytes and `seconds` of processor."""
    begin_bounded(int(memory), int(seconds))
    sys.stdout.buffer.write(to_wire(read_titles(sys.stdin.buffer.read(), date.fromisoformat(today))))


if __name__ == "__main__":
    main(*sys.argv[1:])
