"""What the cells of a row say about each other, and what its NIK tells."""

from datetime import date

from services.kernel.identity import InvalidIdentifier, Nik, nik_warnings, read_nik
from services.kernel.names import has_titles
from services.kernel.reference.areas import is_known_area
from services.registration.imports.person_row import PersonRow
from services.registration.imports.row_problems import RowCode, RowProblem, row_problem


def compare_cells(row: PersonRow) -> tuple[list[RowProblem], list[RowProblem]]:
    """Return hard faults, and warnings that stop nobody: Dukcapil does not issue a NIK again (domain.md §9)."""
    faults = _date_faults(row)
    try:
        nik = read_nik(row["nik"])
    except InvalidIdentifier as refused:
        return [row_problem("nik", refused.code), *faults], []
    return faults, _warnings(row, nik)


def _date_faults(row: PersonRow) -> list[RowProblem]:
    """Work that ends before it starts, or starts before birth. ISO dates of four-digit years sort as text."""
    faults: list[RowProblem] = []
    start = row.get("tanggal_mulai")
    if start:
        if row.get("tanggal_akhir", start) < start:
            faults.append(row_problem("tanggal_akhir", RowCode.END_BEFORE_START))
        if start < row.get("tanggal_lahir", start):
            faults.append(row_problem("tanggal_mulai", RowCode.START_BEFORE_BIRTH))
    return faults


def _warnings(row: PersonRow, nik: Nik) -> list[RowProblem]:
    born = row.get("tanggal_lahir")
    birth_date = date.fromisoformat(born) if born else None
    odd = nik_warnings(nik, birth_date, row.get("jenis_kelamin"), is_known_area)
    warnings = [row_problem("nik", warning) for warning in odd]
    if has_titles(row["nama"]):
        warnings.append(row_problem("nama", RowCode.TITLE_IN_NAME))
    return warnings
