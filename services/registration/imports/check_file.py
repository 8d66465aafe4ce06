"""Check every row of a file: an answer for each, and of two rows with one NIK the first is kept.

A batch is read and compared by columns; only a row that is not plainly sound goes to `check_imported`, which explains.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from services.registration.imports.checked_batch import CheckedBatch, FileRow
from services.registration.imports.read_columns import Values, read_columns
from services.registration.imports.read_rows import Batch
from services.registration.rows.cells import BLANK
from services.registration.rows.check_row import CheckedRow, check_imported
from services.registration.rows.relations import find_unclear
from services.registration.rows.row_problems import RowCode, row_problem


def _ignore(_: Exception) -> None:
    pass


def check_file(batches: Iterable[Batch], unforeseen: Callable[[Exception], None] = _ignore) -> Iterator[CheckedBatch]:
    """Check each batch in order. Only a sound row claims its NIK: a refused one does not hide a later good one.

    What nobody thought of costs the row in which it stands, and no other; `unforeseen` is told of it.
    """
    claimed: dict[str, int] = {}
    for batch in batches:
        yield _Check(batch, unforeseen).against(claimed)


class _Check:
    """The check of one batch."""

    def __init__(self, batch: Batch, unforeseen: Callable[[Exception], None]) -> None:
        self._batch = batch
        self._unforeseen = unforeseen

    def against(self, claimed: dict[str, int]) -> CheckedBatch:
        """Check the rows; `claimed` are the NIKs of the batches before."""
        columns, unclear = self._columns()
        numbers = self._batch.numbers
        others = {place: FileRow(numbers[place], self._row(place)) for place in unclear}
        for place, first in _claim(columns["nik"], numbers, others, claimed).items():
            checked = others[place].checked if place in others else self._row(place)
            others[place] = _duplicate(numbers[place], checked, first)
        return _split(self._batch, columns, others)

    def _columns(self) -> tuple[dict[str, Values], set[int]]:
        """The values by column, and the places of the rows to be checked one by one."""
        try:
            columns, unclear = read_columns(self._batch)
            return columns, unclear | set(find_unclear(columns))
        except Exception as error:  # noqa: BLE001 - the edge to strangers' cells: the rest of the file goes on
            self._unforeseen(error)
            rows = len(self._batch.numbers)
            return {"nik": [BLANK] * rows}, set(range(rows))

    def _row(self, place: int) -> CheckedRow:
        try:
            return check_imported(self._batch.raw_row(place))
        except Exception as error:  # noqa: BLE001 - the edge to strangers' cells: the rest of the file goes on
            self._unforeseen(error)
            return CheckedRow(None, problems=(row_problem("", RowCode.UNFORESEEN),))


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
