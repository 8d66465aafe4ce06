"""What the cells of a row say about each other, and what its NIK tells."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import repeat
from typing import Final

from services.kernel.reference.areas import is_known_area
from services.kernel.values.identity import NO_SERIAL, REPEATED, Nik, nik_warnings, read_birth
from services.kernel.values.names import find_titled, has_titles
from services.registration.model.person_row import PersonRow
from services.registration.model.published_text import find_published, find_telling, may_tell
from services.registration.rows.cells import BLANK, Cache, Cell
from services.registration.rows.row_problems import RowCode, RowProblem, personal_number_problem, row_problem


def find_faults(row: PersonRow) -> tuple[RowProblem, ...]:
    """Return what cannot be so, and what must not be so.

    Work does not end before it starts, nor start before birth; a published text tells no personal number (domain.md,
    section 6).
    """
    told = find_published(row)
    return (*(personal_number_problem(column, kind) for column, kind in told.items()), *_wrong_order(row))


def _wrong_order(row: PersonRow) -> Iterator[RowProblem]:
    """ISO dates of four-digit years sort as text."""
    start = row.get("tanggal_mulai")
    if start is None:
        return
    if row.get("tanggal_akhir", start) < start:
        yield row_problem("tanggal_akhir", RowCode.END_BEFORE_START)
    if start < row.get("tanggal_lahir", start):
        yield row_problem("tanggal_mulai", RowCode.START_BEFORE_BIRTH)


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
    repeating = (columns.get(key, ()) for key in ("jabatan", "unit_kerja"))
    return odd.union(find_titled(columns["nama"]), find_telling(columns["nama"]), *map(_telling, repeating))


def _telling(texts: Sequence[str]) -> list[int]:
    """As `find_telling`, for a column whose texts repeat."""
    found = list(map(_TELLING.__getitem__, texts))
    return [place for place, may in enumerate(found) if may] if True in found else []


def _read_birth(digits: Cell) -> tuple[str, str]:
    """The ISO date and the sex in the middle of a NIK, as a row has them."""
    try:
        born, sex = read_birth(str(digits))
    except ValueError:  # an InvalidIdentifier, or no digits because the NIK could not be read
        return BLANK, BLANK
    return born.isoformat(), sex


_COMPARED: Final = ("nik", "tanggal_lahir", "jenis_kelamin", "tanggal_mulai")
# Two sexes on every day of 27 years are 20,000; a whole country's workers have at most three times as many.
_BIRTHS: Final = Cache(_read_birth, limit=80_000)
_AREAS: Final = Cache(lambda digits: is_known_area(str(digits)))
_TELLING: Final = Cache(lambda text: may_tell(str(text)))
