"""Cut an uploaded file in a process of its own, as documents are inspected: what becomes of it is always said."""

from typing import Final

from services.kernel.bounded import run_bounded
from services.registration.imports.cut_file import Cut, from_wire, refuse
from services.registration.imports.read_file import is_workbook
from services.registration.imports.refused_file import FileCode, RefusedFile

# 150,000 rows of inline texts with a formula in each took 1.1 GB and, on a very busy machine, 21 s; the function has
# 2 GB, and 120 s for both manners and for storing the chunks.
MEMORY: Final = 1_600_000_000
SECONDS: Final = 45

_WORKER: Final = "services.registration.imports.cut_worker"


def cut_bounded(content: bytes, rows_per_chunk: int, *, seconds: float = SECONDS, memory: int = MEMORY) -> Cut:
    """Cut a file within `seconds` and `memory` (bytes of address space).

    A workbook on which the quick reader hangs, swells or crashes is read again with care.

    Raises:
        WorkerError: the process could not be started; nothing is known about the file.
    """
    for manner in ("quick", "careful") if is_workbook(content) else ("quick",):
        answer = run_bounded(_WORKER, content, str(rows_per_chunk), manner, seconds=seconds, memory=memory)
        if answer is not None:
            return from_wire(answer)
    return refuse(RefusedFile(FileCode.UNREADABLE))
