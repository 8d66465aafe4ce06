"""One file in by standard input, one result out by standard output; ended when it takes too much."""

import sys

from services.documents.inspection.inspect_file import inspect
from services.documents.inspection.wire import to_wire
from services.kernel.bounded import begin_bounded
from services.kernel.documents import DocumentType


def main(memory: str, seconds: str, jenis: str) -> None:
    """Inspect what comes in, within `memory` bytes and `seconds` of processor."""
    begin_bounded(int(memory), int(seconds))
    sys.stdout.buffer.write(to_wire(inspect(DocumentType(jenis), sys.stdin.buffer.read())))


if __name__ == "__main__":
    main(*sys.argv[1:])
