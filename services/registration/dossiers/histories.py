"""A person's appointments: the first as the institution registered it, the further ones as he adds them."""

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, create_model

from services.kernel.documents import FIRST_HISTORY
from services.kernel.problems import Code, Problem
from services.registration.dossiers.other_institution import OtherInstitution, read_other
from services.registration.model.dossier import Dossier
from services.registration.model.person import History, Person
from services.registration.model.person_row import texts_of
from services.registration.rows.columns import COLUMNS, FIRST_APPOINTMENT
from services.registration.rows.fields import REQUIRED_OF_APPOINTMENT, read_fields
from services.registration.rows.row_body import fields_of
from services.registration.shared.papers import FileView, view_files

MAX_HISTORIES = 15
"""Further appointments a person may add (the 2022 portal: 5; domain.md, section 6)."""

_INSTITUTIONS = (
    "Riwayat ini dimasukkan oleh instansi Anda, dan hanya instansi yang dapat memperbaikinya. Beri tahu bagian "
    "kepegawaian instansi Anda, atau tambahkan riwayat Anda sendiri menurut SK Anda."
)
_FULL = f"Riwayat pekerjaan paling banyak {MAX_HISTORIES} baris. Hapus satu baris terlebih dahulu."

if TYPE_CHECKING:
    _Appointment = BaseModel
else:
    _Appointment = create_model("_Appointment", **fields_of(column for column in COLUMNS if column.appointment))


class HistoryFields(_Appointment):
    """One appointment, under the template's names; JSON values.

    `instansi` names another institution it was in; null for the one that registers the person.
    """

    instansi: str | None = None


class HistoryForm(HistoryFields):
    """An appointment as typed, on the version of the record its writer saw."""

    v: int
    instansi: OtherInstitution = None

    def read(self, person: Person) -> dict[str, Any]:
        """What was typed as it is stored: blank fields left out, `instansi` also where it is the person's own.

        Raises:
            Problem: `invalid-fields`.
        """
        fields = read_fields(person, self.model_dump(include=set(FIRST_APPOINTMENT)), REQUIRED_OF_APPOINTMENT)
        other = read_other(self.instansi, person.institution)
        return fields if other is None else {**fields, "instansi": other}


class HistoryView(HistoryFields):
    """An appointment with its files; `first` is the one that the institution registered, `own` one that he entered."""

    id: str
    first: bool
    own: bool
    files: list[FileView]


class HistoriesView(BaseModel):
    """All appointments, the first one first, then by their beginning."""

    v: int
    items: list[HistoryView]


class HistoryAdded(BaseModel):
    """An appointment was stored."""

    id: str
    v: int


def appointments(dossier: Dossier) -> list[History]:
    """The first appointment and the further ones, by their beginning."""
    first = History(FIRST_HISTORY, texts_of(dossier.person.row, FIRST_APPOINTMENT))
    return [first, *sorted(dossier.histories, key=lambda row: (row.fields.get("tanggal_mulai") or "", row.id))]


def view_histories(dossier: Dossier) -> HistoriesView:
    """The appointments as they are shown."""
    return HistoriesView(v=dossier.person.v, items=[_view(dossier, row) for row in appointments(dossier)])


def find_history(dossier: Dossier, identifier: str) -> History:
    """A further appointment.

    Raises:
        Problem: `not-found`.
    """
    for row in dossier.histories:
        if row.id == identifier:
            return row
    raise Problem(Code.NOT_FOUND)


def find_own_history(dossier: Dossier, identifier: str) -> History:
    """A further appointment that the person entered himself.

    Raises:
        Problem: `forbidden` for one that his institution entered, the first among them, `not-found`.
    """
    if identifier == FIRST_HISTORY or find_history(dossier, identifier).by is not None:
        raise Problem(Code.FORBIDDEN, _INSTITUTIONS)
    return find_history(dossier, identifier)


def require_room(dossier: Dossier) -> None:
    """Refuse a further appointment where there are as many as allowed.

    Raises:
        Problem: `conflict`.
    """
    if len(dossier.histories) >= MAX_HISTORIES:
        raise Problem(Code.CONFLICT, _FULL)


def _view(dossier: Dossier, row: History) -> HistoryView:
    return HistoryView(
        **row.fields,
        id=row.id,
        first=row.id == FIRST_HISTORY,
        own=row.id != FIRST_HISTORY and row.by is None,
        files=view_files((file for file in dossier.files if file.riwayat == row.id), dossier.person.decided_at),
    )
