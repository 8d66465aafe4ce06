"""Check every row of a file: an answer for each, and of two rows with one NIK the first is kept."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from services.registration.imports.check_row import CheckedRow, check_row
from services.registration.imports.read_rows import NumberedRow
from services.registration.imports.row_problems import RowCode, row_problem


class FileRow(NamedTuple):
    """A row of a file by its number, and what was found. `first` is the row that already has its NIK."""

    number: int
    checked: CheckedRow
    first: int | None = None


def check_file(rows: Iterable[NumberedRow]) -> Iterator[FileRow]:
    """Check each row in order. Only a sound row claims its NIK: a refused one does not hide a later good one."""
    claimed: dict[str, int] = {}
    for number, raw in rows:
        checked = check_row(raw)
        if checked.row is None:
            yield FileRow(number, checked)
            continue
        first = claimed.setdefault(checked.row["nik"], number)
        yield FileRow(number, checked) if first == number else _duplicate(number, checked, first)


def _duplicate(number: int, checked: CheckedRow, first: int) -> FileRow:
    problem = row_problem("nik", RowCode.DUPLICATE, first=first)
    return FileRow(number, CheckedRow(None, checked.name, (problem,)), first)
