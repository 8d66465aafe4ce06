import os
import subprocess
import sys
from pathlib import Path

from services.documents.inspection.model import Inspection
from services.documents.inspection.wire import READY, from_wire
from services.kernel.documents import MB, DocumentType, FileFault

# The most an honest file took was 0.6 s and 250 MB; a function has 30 s and 1 GB.
SECONDS = 15
MEMORY = 512 * MB

_WORKER = "services.documents.inspection.worker"


class InspectorError(RuntimeError):
    """The inspecting process did not even start: our fault, so the file waits and is tried again."""


def inspect_bounded(
    jenis: DocumentType, file: bytes | Path, *, seconds: float = SECONDS, memory: int = MEMORY
) -> Inspection:
    """Do `inspect` in a process of its own, with a limit of time (seconds) and of address space (bytes).

    The parsers of strangers' files run there without the function's environment, that is without its
    credentials. A file on which they hang, swell or crash is DAMAGED, never accepted.

    Raises:
        InspectorError: the process could not be started; nothing is known about the file.
    """
    content = file if isinstance(file, bytes) else file.read_bytes()
    command = [sys.executable, "-P", "-m", _WORKER, jenis.value, str(memory), str(int(seconds) + 1)]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module; the file goes in by standard input
            command, input=content, capture_output=True, timeout=seconds, env=_environment(), check=True
        )
        return from_wire(done.stdout.removeprefix(READY))
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        if not (error.stdout or b"").startswith(READY):
            raise InspectorError("the inspecting process did not start") from error
        return Inspection(jenis, FileFault.DAMAGED, {"bytes": len(content)})


def _environment() -> dict[str, str]:
    """Pass on where the modules and libraries are, and nothing else."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "LANG") if name in os.environ}
    return {**kept, "PYTHONPATH": os.pathsep.join(folder or str(Path.cwd()) for folder in sys.path)}
