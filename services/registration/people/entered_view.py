"""What is answered to whoever entered or completed a row by hand."""

from collections.abc import Iterable

from pydantic import BaseModel

from services.kernel.problems import Code, FieldProblem, Problem
from services.kernel.states import PersonState
from services.kernel.web.languages import Sentence
from services.registration.adapters import list_store
from services.registration.model.person import Person
from services.registration.model.person_row import PersonRow
from services.registration.rows.check_row import CheckedRow, check_row
from services.registration.rows.columns import BY_KEY
from services.registration.rows.row_problems import RowProblem
from services.registration.rows.unlisted import find_unlisted
from services.registration.shared.views import AdviceView, view_advice

_DISPUTED = (
    "NIK ini lebih dahulu didaftarkan oleh instansi lain. Data Anda tersimpan sebagai terdaftar di dua instansi sampai "
    "salah satu instansi menghapus barisnya. Hubungi instansi tersebut."
)


class Entered(BaseModel):
    """What is remembered of a row that was entered: no personal data."""

    id: str
    v: int
    state: PersonState
    nomor_registrasi: str


class FieldNote(BaseModel):
    """Something to look at in one field; it stops nobody."""

    field: str
    code: str
    message: Sentence


class EnteredView(Entered):
    """The stored row: the engine's advice, what a draft still lacks, what is odd, and whether the NIK is disputed."""

    advice: AdviceView | None
    missing: list[FieldNote]
    warnings: list[FieldNote]
    message: Sentence | None


def entered(person: Person) -> Entered:
    """The part of the answer that is remembered; `v` is the version the write gives."""
    return Entered(id=person.pid, v=person.v, state=person.state, nomor_registrasi=person.registration_number)


def view_entered(person: Person, answer: Entered) -> EnteredView:
    """The whole answer, from the person as he is stored."""
    checked = check_row(person.row)
    unlisted = find_unlisted(person.row, list_store.load(person.institution))
    return EnteredView(
        **dict(answer),
        advice=view_advice(person),
        missing=view_missing(checked.missing),
        warnings=view_warnings((*checked.warnings, *unlisted)),
        message=_DISPUTED if answer.state is PersonState.KONFLIK else None,
    )


def view_missing(columns: Iterable[str]) -> list[FieldNote]:
    """The fields a draft still lacks."""
    return [FieldNote(field=key, code="required", message=f"{BY_KEY[key].heading} wajib diisi.") for key in columns]


def view_warnings(warnings: Iterable[RowProblem]) -> list[FieldNote]:
    """What is odd in a row."""
    return [FieldNote(field=found.column, code=found.code, message=found.message) for found in warnings]


def require_sound(checked: CheckedRow) -> PersonRow:
    """The row, when nothing in it is wrong.

    Raises:
        Problem: `invalid-fields` with every field that is.
    """
    if checked.row is None:
        fields = [FieldProblem(found.column, found.code, found.message) for found in checked.problems]
        raise Problem(Code.INVALID_FIELDS, fields=fields)
    return checked.row
