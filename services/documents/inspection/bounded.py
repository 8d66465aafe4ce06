import os
import subprocess
import sys
from pathlib import Path

from services.documents.inspection.model import Inspection
from services.documents.inspection.wire import READY, from_wire
from services.kernel.documents import MB, DocumentType, FileFault

# The largest picture there may be (picture.py) took 800 MB with the interpreter, and 4.5 s on a busy machine; the
# function has 1.5 GB, and 60 s for three files one after the other.
SECONDS = 15
MEMORY = 1024 * MB
# Reading the text of an honest SPTJM takes 0.3 s, most of it the start of the process.
NUMBER_SECONDS = 4

_WORKERS = "services.documents.inspection"


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
    answer = _ask("worker", content, seconds, memory, jenis.value)
    return Inspection(jenis, FileFault.DAMAGED, {"bytes": len(content)}) if answer is None else from_wire(answer)


def read_number_bounded(content: bytes, *, seconds: float = NUMBER_SECONDS, memory: int = MEMORY) -> str | None:
    """Do `printed_number` in such a process. A PDF on which the reader hangs, swells or fails carries no number.

    Raises:
        InspectorError: the process could not be started; nothing is known about the file.
    """
    return (_ask("number_worker", content, seconds, memory) or b"").decode() or None


def _ask(worker: str, content: bytes, seconds: float, memory: int, *words: str) -> bytes | None:
    """What the worker says of the content, or None when the content was too much for it."""
    command = [sys.executable, "-P", "-m", f"{_WORKERS}.{worker}", str(memory), str(int(seconds) + 1), *words]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module; the file goes in by standard input
            command, input=content, capture_output=True, timeout=seconds, env=_environment(), check=True
        )
        return done.stdout.removeprefix(READY)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        if not (error.stdout or b"").startswith(READY):
            raise InspectorError("the inspecting process did not start") from error
        return None


def _environment() -> dict[str, str]:
    """Pass on where the modules and libraries are, and nothing else."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "LANG") if name in os.environ}
    return {**kept, "PYTHONPATH": os.pathsep.join(folder or str(Path.cwd()) for folder in sys.path)}
