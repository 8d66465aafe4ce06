"""What a record says of its NIK's correction: what is asked, what to look at, where it came from or went to."""

from datetime import datetime
from typing import Final

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.security.sessions import NATIONAL, Actor
from services.kernel.states import PersonState
from services.kernel.values.identity import mask_nik
from services.registration.access.scope import in_scope, require_institution_and_unit
from services.registration.adapters import access_log, account_store, asked_nik_store, claim_store, person_store
from services.registration.model.asked_nik import AskedNik
from services.registration.model.person import Person
from services.registration.nik_corrections.evidence import find_ktp
from services.registration.nik_corrections.swapped import find_holder, find_swapped
from services.registration.people.entered_view import FieldNote, view_warnings
from services.registration.rows.check_row import check_row

_SOMEBODY: Final = "petugas"


class OtherRecord(BaseModel):
    """Another record of the institution that has to do with it; without a name where it is of another unit."""

    id: str | None
    nama: str | None
    nik_masked: str


class AskedView(BaseModel):
    """What is asked: the right NIK masked, why, by whom and when.

    `mine`: the reader asked, so another admin decides. `warnings`: what the NIK says otherwise than the row. `held_by`:
    who has it here now; `swapped`: he has asked for this person's, so both are moved together. `elsewhere`: another
    institution claims it, so that the record will be disputed.
    """

    nik_masked: str
    reason: str
    by: str
    at: datetime
    mine: bool
    warnings: list[FieldNote]
    held_by: OtherRecord | None
    swapped: bool
    elsewhere: bool


class NikCorrectionView(BaseModel):
    """`ktp`: the accepted KTP on the record, without which nothing is asked or decided; null: there is none.

    `own_record`: it is the reader's own, so he only reads it. `came_from` is the record with the wrong NIK that this
    one follows, `went_to` the one that follows this.
    """

    v: int
    nama: str
    nomor_registrasi: str
    state: PersonState
    nik_masked: str
    own_record: bool
    ktp: str | None
    asked: AskedView | None
    came_from: OtherRecord | None
    went_to: OtherRecord | None


def get_nik_correction(pid: str, *, institution: str, actor: Actor, received: datetime) -> NikCorrectionView:
    """The view, for whoever may read the record; that somebody of BKN or an auditor did is written down first.

    Raises:
        Problem: `not-found`, or `try-again` when the reading could not be written down.
    """
    dossier = person_store.load_dossier(pid)
    person = dossier.person
    require_institution_and_unit(actor, institution, person)
    if actor.role in NATIONAL:
        access_log.record_access(person, actor, "read-record", received)
    asked = asked_nik_store.load(person)
    return NikCorrectionView(
        v=person.v,
        nama=person.nama,
        nomor_registrasi=person.registration_number,
        state=person.state,
        nik_masked=mask_nik(person.row["nik"]),
        own_record=actor.is_own(person.pid),
        ktp=find_ktp(dossier),
        asked=None if asked is None else _view(person, asked, actor),
        came_from=_other(person.came_from, actor),
        went_to=_other(person.successor, actor),
    )


def _view(person: Person, asked: AskedNik, actor: Actor) -> AskedView:
    claim = claim_store.load(asked.nik)
    holder = find_holder(person, asked)
    noted = check_row({**person.row, "nik": asked.nik}).warnings
    return AskedView(
        nik_masked=mask_nik(asked.nik),
        reason=asked.reason,
        by=name_of(asked.by),
        at=clock.from_millis(asked.at).astimezone(clock.WIB),
        mine=asked.by == actor.id,
        warnings=view_warnings(found for found in noted if found.column == "nik"),
        held_by=None if holder is None else _shown(holder, actor),
        swapped=find_swapped(person, asked) is not None,
        elsewhere=claim is not None and any(one.institution != person.institution for one in claim.claimants),
    )


def name_of(staff: str) -> str:
    """What a member of staff is called who asked; `staff` is his account's id."""
    account = account_store.load(staff)
    return account_store.staff_private(account).name if account else _SOMEBODY


def _other(pid: str | None, actor: Actor) -> OtherRecord | None:
    person = person_store.find(pid) if pid else None
    return None if person is None else _shown(person, actor)


def _shown(person: Person, actor: Actor) -> OtherRecord:
    masked = mask_nik(person.row["nik"])
    if not in_scope(actor, person.unit_kerja):
        return OtherRecord(id=None, nama=None, nik_masked=masked)
    return OtherRecord(id=person.pid, nama=person.nama, nik_masked=masked)
