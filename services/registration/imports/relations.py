"""What the cells of a row say about each other, and what its NIK tells."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import repeat
from typing import Final

from services.kernel.identity import NO_SERIAL, REPEATED, Nik, nik_warnings, read_birth
from services.kernel.names import find_titled, has_titles
from services.kernel.reference.areas import is_known_area
from services.registration.imports.cells import BLANK, Cell, Remembered
from services.registration.imports.person_row import PersonRow
from services.registration.imports.row_problems import RowCode, RowProblem, row_problem


def find_faults(row: PersonRow) -> tuple[RowProblem, ...]:
    """Return what cannot be so: work that ends before it starts, or starts before birth.

    ISO dates of four-digit years sort as text.
    """
    start = row.get("tanggal_mulai")
    if start is None:
        return ()
    faults = []
    if row.get("tanggal_akhir", start) < start:
        faults.append(row_problem("tanggal_akhir", RowCode.END_BEFORE_START))
    if start < row.get("tanggal_lahir", start):
        faults.append(row_problem("tanggal_mulai", RowCode.START_BEFORE_BIRTH))
    return tuple(faults)


def find_warnings(row: PersonRow, nik: Nik) -> tuple[RowProblem, ...]:
    """Return what is odd and stops nobody: Dukcapil does not issue a NIK again (domain.md §9)."""
    born = row.get("tanggal_lahir")
    birth_date = date.fromisoformat(born) if born else None
    odd = nik_warnings(nik, birth_date, row.get("jenis_kelamin"), is_known_area)
    warnings = tuple(row_problem("nik", warning) for warning in odd) if odd else ()
    if has_titles(row["nama"]):
        return (*warnings, row_problem("nama", RowCode.TITLE_IN_NAME))
    return warnings


def find_unclear(columns: Mapping[str, Sequence[str]]) -> set[int]:
    """Return the places of rows with a NIK that cannot be, or about which a function above has something to say.

    It only sorts out, and looks up what they would work out; required columns are there, BLANK where unreadable.
    """
    births, areas = _BIRTHS, _AREAS
    ends = columns.get("tanggal_akhir", repeat(BLANK))
    rows = zip(*(columns[key] for key in _COMPARED), ends)  # noqa: B905 - ends may repeat for ever
    odd = {
        place
        for place, (nik, born, sex, start, end) in enumerate(rows)
        if births[nik[6:12]] != (born, sex)
        or not areas[nik[:6]]
        or nik in REPEATED
        or nik[12:] == NO_SERIAL
        or start < born
        or (end and end < start)
    }
    return odd.union(find_titled(columns["nama"]))


def _read_birth(digits: Cell) -> tuple[str, str]:
    """The ISO date and the sex in the middle of a NIK, as a row has them."""
    try:
        born, sex = read_birth(str(digits))
    except ValueError:  # an InvalidIdentifier, or no digits because the NIK could not be read
        return BLANK, BLANK
    return born.isoformat(), sex


_COMPARED: Final = ("nik", "tanggal_lahir", "jenis_kelamin", "tanggal_mulai")
# Two sexes on every day of 27 years are 20,000; a whole country's workers have at most three times as many.
_BIRTHS: Final = Remembered(_read_birth, limit=80_000)
_AREAS: Final = Remembered(lambda digits: is_known_area(str(digits)))
