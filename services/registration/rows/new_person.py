"""A checked row becomes a person: his id, state, registration number, public fields and the engine's advice."""

from dataclasses import replace
from datetime import datetime

from services.kernel import clock
from services.kernel.security import privacy
from services.kernel.states import PersonState
from services.registration.eligibility.assess import assess
from services.registration.eligibility.in_force import rules_in_force
from services.registration.eligibility.inputs import category_of, input_of
from services.registration.model.person import Person
from services.registration.model.person_row import PersonRow
from services.registration.model.private import Private, Progress
from services.registration.model.registration_number import new_registration_number
from services.registration.settings import lookup_key


def new_person(row: PersonRow, *, is_draft: bool, institution: str, entered_by: str, at: datetime) -> Person:
    """A person as the institution enters him, not stored yet (`v` 0).

    The same institution and NIK always give the same `pid`, so that who enters a row twice finds the first there.
    """
    state = PersonState.DRAF if is_draft else PersonState.TERDAFTAR
    blank = Person(
        pid=privacy.person_id(lookup_key(), institution, row["nik"]),
        institution=institution,
        state=state,
        before=None,
        v=0,
        head="",
        salt=privacy.new_salt(),
        registration_number=new_registration_number(),
        nama="",
        unit_kerja="",
        jabatan="",
        kategori=category_of(row),
        overall="",
        entered_by=entered_by,
        private=Private(progress=(Progress(state, clock.millis(at)),)),
    )
    return with_row(blank, row)


def with_row(person: Person, row: PersonRow) -> Person:
    """The person with these registered fields: public fields, category and the engine's advice follow from them.

    By registering somebody the institution states that he works there (letter B/1511, rule 1).
    """
    assessment = assess(input_of(row, active=True), rules_in_force())
    return replace(
        person,
        nama=row["nama"],
        unit_kerja=row.get("unit_kerja", ""),
        jabatan=row.get("jabatan", ""),
        kategori=category_of(row),
        overall=assessment.overall.value,
        private=replace(person.private, row=row, assessment=assessment),
    )
