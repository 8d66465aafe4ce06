"""The answer on a row whose person is registered already, or that is not stored."""

from collections.abc import Mapping
from typing import Any, Final

from services.registration.eligibility.advice import Advice
from services.registration.imports.checked_batch import FileRow
from services.registration.model.import_job import Outcome
from services.registration.model.person import Person
from services.registration.rows.answer import Answer
from services.registration.rows.check_row import check_row
from services.registration.rows.columns import headings
from services.registration.rows.row_problems import RowProblem, without_left_blank

HELD: Final = RowProblem(
    "",
    "held",
    "Perbaikan ini membatalkan putusan yang ada, jadi tidak diterapkan tanpa konfirmasi admin atas seluruh impor.",
)
VERDICT_VOID: Final = RowProblem(
    "",
    "verdict-void",
    "Putusan yang ada batal karena isian yang dinilai berubah; orang ini kembali menunggu verifikasi.",
)
_BLANK: Final = (
    "Sel kosong tidak menghapus isian yang tersimpan: {columns}. Untuk mengosongkannya, buka datanya dan pakai tombol "
    "Perbaiki data."
)


def refused(row: FileRow, outcome: Outcome, problem: RowProblem) -> Answer:
    """The answer on a row that changes nothing."""
    return Answer(row.number, outcome, nama=row.checked.name, problems=[problem])


def standing_answer(
    row: FileRow, outcome: Outcome, person: Person, changes: Mapping[str, Any] | None = None, *notes: RowProblem
) -> Answer:
    """The answer on a row whose person stands as given; `changes` are `{column: [before, after]}`, `notes` warnings."""
    return Answer(
        row=row.number,
        outcome=outcome,
        nama=person.nama,
        registration_number=person.registration_number,
        overall=person.overall,
        warnings=(*notes, *map(without_left_blank, row.checked.warnings), *_blank(row, person)),
        missing=check_row(person.row).missing,
        pid=person.pid,
        criteria=open_criteria(person),
        changes=dict(changes or {}),
    )


def open_criteria(person: Person) -> list[RowProblem]:
    """The criteria that do not pass as the record is, each with the engine's sentence."""
    return [
        RowProblem(one.criterion.value, one.advice.value, one.sentence)
        for one in person.assessment.criteria
        if one.advice is not Advice.LOLOS
    ]


def _blank(row: FileRow, person: Person) -> list[RowProblem]:
    """Which cells are blank where something stands, and stays."""
    kept = person.row.keys() - (row.checked.row or {}).keys()
    return [RowProblem("", "blank-kept", _BLANK.format(columns=headings(kept)))] if kept else []
