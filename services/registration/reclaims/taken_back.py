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

_SENTENCE = (
    "Akun ini pernah dipakai orang lain dan diambil kembali pemiliknya dengan lembar kode aktivasi pada {at}. Isian, "
    "berkas, dan pengajuan sebelum itu mungkin bukan darinya."
)


def take_back(dossier: Dossier, assurance: Assurance, nomor_kk: str, typed: Mapping[str, str], at: datetime) -> Person:
    """The person with his account and its assurance, and his own once more until he submits.

    What the other entered stays, for him to check; his KTP, photo and word that he works there do not count. A verdict
    stands, marked: he did nothing to its record.
    """
    person = dossier.person
    moved = person.moved(Action.WITHDRAW, at) if person.state is PersonState.DIAJUKAN else person
    private = replace(moved.private, nomor_kk=nomor_kk, typed=typed, reclaimed_at=clock.millis(at))
    after = replace(moved, assurance=assurance, private=private)
    if not after.is_decided:
        after = replace(after, enrolment=None, active=None, private=replace(private, active_at=None))
    return assess_dossier(after, dossier.histories, [file for file in dossier.files if after.holds(file.enrolment)])


def view_taken_back(person: Person) -> list[FieldNote]:
    """What staff are told of a record whose account was taken back."""
    at = person.private.reclaimed_at
    if at is None:
        return []
    return [FieldNote(field="nik", code="reclaimed", message=_SENTENCE.format(at=clock.wib(clock.from_millis(at))))]
