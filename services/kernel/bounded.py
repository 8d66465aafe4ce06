"""A stranger's file is read in a process of its own, without our credentials, that is ended when it takes too much.

The parsers of such files are native code: on a hostile one they swell, hang or abort, and an abort nobody can catch.
"""

import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import Final

READY: Final = b"ready\n"
"""Written before the file is looked at: what happens after it is the file's doing, what happens before is ours."""


class WorkerError(RuntimeError):
    """The process did not even start: our fault, so the file waits and is tried again."""


def run_bounded(worker: str, content: bytes, *words: str, seconds: float, memory: int) -> bytes | None:
    """Give the content to a worker by standard input, and return what it writes to standard output.

    Args:
        worker: a module that calls `begin_bounded` with its first two arguments.
        content: the file.
        words: the worker's further arguments.
        seconds: how long it may take.
        memory: its address space, in bytes.

    Returns:
        None when the content was too much for it: it hung, swelled or crashed.

    Raises:
        WorkerError: the process could not be started; nothing is known about the file.
    """
    command = [sys.executable, "-P", "-m", worker, str(memory), str(int(seconds) + 1), *words]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module; the file goes in by standard input
            command, input=content, capture_output=True, timeout=seconds, env=_environment(), check=True
        )
        return done.stdout.removeprefix(READY)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        if not (error.stdout or b"").startswith(READY):
            raise WorkerError("the bounded process did not start") from error
        return None


def begin_bounded(memory: int, seconds: int) -> None:
    """Give up the right to more than `memory` bytes and `seconds` of processor, then say that the file is next."""
    if sys.platform == "linux":  # other kernels refuse this limit; there the time alone bounds
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.buffer.write(READY)
    sys.stdout.buffer.flush()


def _environment() -> dict[str, str]:
    """Pass on where the modules and libraries are, and nothing else."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "LANG") if name in os.environ}
    return {**kept, "PYTHONPATH": os.pathsep.join(folder or str(Path.cwd()) for folder in sys.path)}
