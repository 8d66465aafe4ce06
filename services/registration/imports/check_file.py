"""Check every row of a file: an answer for each, and of two rows with one NIK the first is kept.

A batch is read and compared by columns; only a row that is not plainly sound goes to `check_imported`, which explains.
"""

from collections.abc import Iterable, Iterator, Sequence

from services.registration.imports.check_row import CheckedRow, check_imported
from services.registration.imports.checked_batch import CheckedBatch, FileRow
from services.registration.imports.read_columns import Values, read_columns
from services.registration.imports.read_rows import Batch
from services.registration.imports.relations import find_unclear
from services.registration.imports.row_problems import RowCode, row_problem


def check_file(batches: Iterable[Batch]) -> Iterator[CheckedBatch]:
    """Check each batch in order. Only a sound row claims its NIK: a refused one does not hide a later good one."""
    claimed: dict[str, int] = {}
    for batch in batches:
        yield _check(batch, claimed)


def _check(batch: Batch, claimed: dict[str, int]) -> CheckedBatch:
    columns, unclear = read_columns(batch)
    unclear.update(find_unclear(columns))
    others = {place: FileRow(batch.numbers[place], check_imported(batch.raw_row(place))) for place in unclear}
    for place, first in _claim(columns["nik"], batch.numbers, others, claimed).items():
        checked = others[place].checked if place in others else check_imported(batch.raw_row(place))
        others[place] = _duplicate(batch.numbers[place], checked, first)
    return _split(batch, columns, others)


def _claim(
    niks: Sequence[str], numbers: Sequence[int], others: dict[int, FileRow], claimed: dict[str, int]
) -> dict[int, int]:
    """Claim the NIK of every sound row; return the places of those that come too late, with the row that was first."""
    claims = list(niks)
    for place, row in others.items():
        claims[place] = row.checked.row["nik"] if row.checked.row else f"refused {row.number}"
    firsts = map(claimed.setdefault, claims, numbers)
    return {place: first for place, (first, number) in enumerate(zip(firsts, numbers, strict=True)) if first != number}


def _split(batch: Batch, columns: dict[str, Values], others: dict[int, FileRow]) -> CheckedBatch:
    """Take the other rows out of the columns."""
    numbers = list(batch.numbers)
    places = sorted(others)
    for place in reversed(places):
        for values in (numbers, *columns.values()):
            del values[place]
    return CheckedBatch(numbers, columns, [others[place] for place in places])


def _duplicate(number: int, checked: CheckedRow, first: int) -> FileRow:
    problem = row_problem("nik", RowCode.DUPLICATE, first=first)
    return FileRow(number, CheckedRow(None, checked.name, (problem,)), first)
