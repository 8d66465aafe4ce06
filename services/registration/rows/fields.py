"""Fields a person types himself, checked by the rules of the import template (domain.md, section 6)."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Final

from services.kernel.problems import Code, FieldProblem, Problem
from services.registration.model.person import Person
from services.registration.model.person_row import texts_of
from services.registration.rows.check_row import check_row
from services.registration.rows.columns import FIRST_APPOINTMENT, REQUIRED
from services.registration.rows.row_problems import RowCode, row_problem

EDUCATION: Final = ("pendidikan", "nomor_ijazah", "tanggal_lulus", "sekolah")
"""What a person may correct of his education; all of it is needed to submit."""
REQUIRED_OF_APPOINTMENT: Final = REQUIRED & set(FIRST_APPOINTMENT)


def read_fields(person: Person, given: Mapping[str, Any], required: Collection[str]) -> dict[str, Any]:
    """The given fields as they are stored (JSON values; blank ones left out), checked against the person's own data.

    `given` are texts under the template's names, as typed; a field of `required` may not be blank if it is given.

    Raises:
        Problem: `invalid-fields`, one for each field that is wrong or missing.
    """
    known = {name: cell for name, cell in texts_of(person.row, ("nik", "nama", "tanggal_lahir")).items() if cell}
    checked = check_row({**known, **given})
    problems = [FieldProblem(*problem) for problem in checked.problems]
    if checked.row is not None:
        row: Mapping[str, Any] = checked.row
        missing = [row_problem(name, RowCode.REQUIRED) for name in given if name in required and name not in row]
        problems = [FieldProblem(*problem) for problem in missing]
        if not problems:
            return {name: row[name] for name in given if name in row}
    raise Problem(Code.INVALID_FIELDS, fields=problems)


def require_graduation(education: Mapping[str, Any], person: Person, today: date) -> None:
    """Refuse a graduation before birth or in the future.

    Raises:
        Problem: `invalid-fields` for `tanggal_lulus`.
    """
    graduated, born = education.get("tanggal_lulus"), person.row.get("tanggal_lahir")
    if graduated is None:
        return
    if (born is not None and graduated <= born) or graduated > today.isoformat():
        text = "Tanggal lulus harus sesudah tanggal lahir dan tidak di masa depan. Cocokkan dengan ijazah."
        raise Problem(Code.INVALID_FIELDS, fields=[FieldProblem("tanggal_lulus", "date-range", text)])
