"""One PDF in by standard input, pictures of its pages out by standard output; ended when it takes too much."""

import sys

from services.documents.inspection.wire import pictures_to_wire
from services.kernel.bounded import begin_bounded


def main(memory: str, seconds: str) -> None:
    """Draw what comes in, within `memory` bytes and `seconds` of processor."""
    begin_bounded(int(memory), int(seconds))
    # Only now: a library that does not even load draws nothing, and keeps no file from being accepted.
    from services.documents.inspection.draw_pages import draw_pages  # noqa: PLC0415

    sys.stdout.buffer.write(pictures_to_wire(draw_pages(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main(*sys.argv[1:])
