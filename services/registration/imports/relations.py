"""What the cells of a row say about each other, and what its NIK tells."""

from datetime import date

from services.kernel.identity import Nik, nik_warnings
from services.kernel.names import has_titles
from services.kernel.reference.areas import is_known_area
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
