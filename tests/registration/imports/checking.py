"""Every row of a file as the import has it before anything is stored."""

import io

from services.registration.imports.check_file import check_file
from services.registration.imports.checked_batch import FileRow
from services.registration.imports.chunk import decode_chunk
from services.registration.imports.cut_file import Cut
from services.registration.imports.read_file import read_file


def check(data: bytes) -> list[FileRow]:
    """Read and check a file; the rows in their order."""
    return [row for batch in check_file(read_file(io.BytesIO(data))) for row in batch.rows()]


def rows_of(cut: Cut) -> list[FileRow]:
    """The rows of a file that was cut into chunks."""
    assert cut.problem is None
    return [row for chunk in cut.chunks for row in decode_chunk(chunk)]
