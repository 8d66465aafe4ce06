"""One file in by standard input, one result out by standard output; ended when it takes too much."""

import resource
import sys

from services.documents.inspection.inspect_file import inspect
from services.documents.inspection.wire import READY, to_wire
from services.kernel.documents import DocumentType


def main(jenis: str, memory: str, seconds: str) -> None:
    """Inspect what comes in, after giving up the right to more than `memory` bytes and `seconds` of processor."""
    if sys.platform == "linux":  # other kernels refuse this limit; there the time alone bounds
        resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answer = sys.stdout.buffer
    answer.write(READY)
    answer.flush()
    answer.write(to_wire(inspect(DocumentType(jenis), sys.stdin.buffer.read())))


if __name__ == "__main__":
    main(*sys.argv[1:])
