"""What was found in some rows of a file: nearly all are sound and plain and stay in columns, the others are rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, cast

from services.registration.model.person_row import PersonRow
from services.registration.rows.cells import BLANK
from services.registration.rows.check_row import CheckedRow


class FileRow(NamedTuple):
    """A row of a file by its number, and what was found. `first` is the row that already has its NIK."""

    number: int
    checked: CheckedRow
    first: int | None = None


@dataclass(frozen=True, slots=True)
class CheckedBatch:
    """Checked rows. A plain one is complete and sound, and there is nothing to say about it.

    Attributes:
        numbers: the plain rows.
        columns: their values, by key; BLANK where a row has none.
        others: all other rows.
    """

    numbers: Sequence[int]
    columns: dict[str, list[Any]]
    others: Sequence[FileRow]

    def __len__(self) -> int:
        return len(self.numbers) + len(self.others)

    def rows(self) -> list[FileRow]:
        """Return every row as `check_row` would have it, in the order of the file."""
        plain = map(self._plain_row, self.numbers, zip(*self.columns.values(), strict=True))
        return sorted([*plain, *self.others], key=lambda row: row.number)

    def _plain_row(self, number: int, values: tuple[Any, ...]) -> FileRow:
        filled = {key: value for key, value in zip(self.columns, values, strict=True) if value != BLANK}
        row = cast("PersonRow", filled)
        return FileRow(number, CheckedRow(row, row["nama"]))
