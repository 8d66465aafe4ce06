"""A record whose account its owner has taken back from somebody else (domain.md, section 3, *reclaim*)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from services.kernel import clock
from services.kernel.states import Assurance, PersonState
from services.registration.dossiers.assess_dossier import assess_dossier
from services.registration.model.dossier import Dossier
from services.registration.model.person import Person
from services.registration.model.person_states import Action
from services.registration.people.entered_view import FieldNote
from services.registration.people.standing_verdict import settle

_SENTENCE = (
    "Akun ini pernah dipakai orang lain dan diambil kembali pemiliknya dengan lembar kode aktivasi pada {at}. Isian, "
    "berkas, dan pengajuan sebelum itu mungkin bukan darinya."
)


def take_back(dossier: Dossier, assurance: Assurance, nomor_kk: str, typed: Mapping[str, str], at: datetime) -> Person:
    """The person with his account and its assurance, and his own once more until he submits.

    What the other entered stays, for him to check; his KTP, photo and word whether he works there do not count: else
    staff could take the row off on the word of whoever had no right to it. A verdict stands, marked where the word it
    was given on is gone.
    """
    person = dossier.person
    moved = person.moved(Action.WITHDRAW, at) if person.state is PersonState.DIAJUKAN else person
    private = replace(
        moved.private,
        nomor_kk=nomor_kk,
        typed=typed,
        reclaimed_at=clock.millis(at),
        active_at=None,
        activity_answer=None,
    )
    enrolment = moved.enrolment if moved.is_decided else None
    after = replace(moved, assurance=assurance, active=None, enrolment=enrolment, private=private)
    assessed = assess_dossier(after, dossier.histories, [file for file in dossier.files if after.holds(file.enrolment)])
    before = assess_dossier(person, dossier.histories, dossier.files)
    return settle(before, assessed, {"active": [person.active, None]}, at, counts=False)


def view_taken_back(person: Person) -> list[FieldNote]:
    """What staff are told of a record whose account was taken back."""
    at = person.private.reclaimed_at
    if at is None:
        return []
    return [FieldNote(field="nik", code="reclaimed", message=_SENTENCE.format(at=clock.wib(clock.from_millis(at))))]
