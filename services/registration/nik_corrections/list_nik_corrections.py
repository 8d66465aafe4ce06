"""For whom of an institution another NIK is asked and nobody has decided, the oldest first."""

from datetime import datetime
from typing import Final

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.security.sessions import Actor
from services.registration.access.scope import in_scope
from services.registration.adapters import asked_nik_store, person_store
from services.registration.nik_corrections.get_nik_correction import name_of

MOST: Final = 200
"""So many at once are more than an office asks for; what is decided makes room for the rest."""


class WaitingRow(BaseModel):
    """One of them: no NIK. `mine`: the reader asked, so another admin decides."""

    id: str
    nama: str
    nomor_registrasi: str
    unit_kerja: str
    by: str
    at: datetime
    mine: bool


class WaitingRows(BaseModel):
    """Those of the reader's units."""

    items: list[WaitingRow]


def list_nik_corrections(*, institution: str, actor: Actor) -> WaitingRows:
    """The list.

    Raises:
        Problem: `not-found` for another institution.
    """
    actor.require_institution(institution)
    found = (_row(pid, by, at, actor) for pid, by, at in asked_nik_store.waiting(institution, MOST))
    return WaitingRows(items=[row for row in found if row is not None])


def _row(pid: str, by: str, at: int, actor: Actor) -> WaitingRow | None:
    person = person_store.find(pid)
    if person is None or not person.nik_asked or not in_scope(actor, person.unit_kerja):
        return None
    return WaitingRow(
        id=pid,
        nama=person.nama,
        nomor_registrasi=person.registration_number,
        unit_kerja=person.unit_kerja,
        by=name_of(by),
        at=clock.from_millis(at).astimezone(clock.WIB),
        mine=by == actor.id,
    )
