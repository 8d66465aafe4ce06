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
    """An appointment with its files; `first` is the institution's and cannot be changed here."""

    id: str
    first: bool
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
        Problem: `forbidden` for the first one, `not-found` for any other that is not there.
    """
    if identifier == FIRST_HISTORY:
        text = "Riwayat pertama didaftarkan oleh instansi dan belum dapat diubah di portal ini. Tambahkan riwayat lain."
        raise Problem(Code.FORBIDDEN, text)
    for row in dossier.histories:
        if row.id == identifier:
            return row
    raise Problem(Code.NOT_FOUND)


def _view(dossier: Dossier, row: History) -> HistoryView:
    return HistoryView(
        **row.fields,
        id=row.id,
        first=row.id == FIRST_HISTORY,
        files=view_files((file for file in dossier.files if file.riwayat == row.id), dossier.person.decided_at),
    )
