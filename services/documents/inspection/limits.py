import resource
import sys

from services.documents.inspection.wire import READY


def begin_bounded(memory: int, seconds: int) -> None:
    """Give up the right to more than `memory` bytes and `seconds` of processor, then say that the file is next."""
    if sys.platform == "linux":  # other kernels refuse this limit; there the time alone bounds
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.buffer.write(READY)
    sys.stdout.buffer.flush()
