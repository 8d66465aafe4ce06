from pathlib import Path

from services.documents.inspection.model import Inspection
from services.documents.inspection.wire import from_wire, pictures_from_wire
from services.kernel.bounded import run_bounded
from services.kernel.documents import MB, DocumentType, FileFault

# The largest picture there may be (picture.py) took 800 MB with the interpreter, and 4.5 s on a busy machine; the
# function has 1.5 GB, and 90 s for three files one after the other.
SECONDS = 15
MEMORY = 1024 * MB
# Reading the text of an honest SPTJM takes 0.3 s, most of it the start of the process.
NUMBER_SECONDS = 4
# 20 scanned pages take a second, 50 of them 2.5 s (docs/adr/0020-pages-as-pictures.md).
DRAWING_SECONDS = 8

_WORKERS = "services.documents.inspection"


def inspect_bounded(
    jenis: DocumentType, file: bytes | Path, *, seconds: float = SECONDS, memory: int = MEMORY
) -> Inspection:
    """Do `inspect` in a process of its own, with a limit of time (seconds) and of address space (bytes).

    A file on which the parsers hang, swell or crash is DAMAGED, never accepted.

    Raises:
        WorkerError: the process could not be started; nothing is known about the file.
    """
    content = file if isinstance(file, bytes) else file.read_bytes()
    answer = run_bounded(f"{_WORKERS}.worker", content, jenis.value, seconds=seconds, memory=memory)
    return Inspection(jenis, FileFault.DAMAGED, {"bytes": len(content)}) if answer is None else from_wire(answer)


def read_number_bounded(content: bytes, *, seconds: float = NUMBER_SECONDS, memory: int = MEMORY) -> str | None:
    """Do `printed_number` in such a process. A PDF on which the reader hangs, swells or fails carries no number.

    Raises:
        WorkerError: the process could not be started; nothing is known about the file.
    """
    answer = run_bounded(f"{_WORKERS}.number_worker", content, seconds=seconds, memory=memory)
    return (answer or b"").decode() or None


def draw_bounded(content: bytes, *, seconds: float = DRAWING_SECONDS, memory: int = MEMORY) -> list[bytes]:
    """Do `draw_pages` in such a process. Of a PDF on which the library hangs, swells or fails there are no pictures.

    Raises:
        WorkerError: the process could not be started; nothing is known about the file.
    """
    answer = run_bounded(f"{_WORKERS}.pages_worker", content, seconds=seconds, memory=memory)
    return pictures_from_wire(answer) if answer else []
