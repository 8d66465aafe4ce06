"""One spreadsheet in by standard input, its chunks out by standard output; ended when it takes too much."""

import sys

from services.kernel.bounded import begin_bounded
from services.registration.imports.cut_file import cut_file, to_wire


def main(memory: str, seconds: str, rows_per_chunk: str, manner: str) -> None:
    """Cut what comes in, within `memory` bytes and `seconds` of processor; `manner` is "quick" or "careful"."""
    begin_bounded(int(memory), int(seconds))
    cut = cut_file(sys.stdin.buffer.read(), int(rows_per_chunk), careful=manner == "careful")
    sys.stdout.buffer.write(to_wire(cut))


if __name__ == "__main__":
    main(*sys.argv[1:])
