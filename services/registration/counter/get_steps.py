"""How far a person is, for the help desk: his state and steps, nothing of his record (domain.md, section 2)."""

from datetime import datetime

from pydantic import BaseModel

from services.kernel.security.sessions import Actor
from services.kernel.states import Assurance, PersonState
from services.registration.access.scope import require_institution_and_unit
from services.registration.adapters import person_store
from services.registration.dossiers.completeness import missing
from services.registration.dossiers.get_me import Steps, steps_of
from services.registration.model.person import Person
from services.registration.model.person_states import UNDECIDED
from services.registration.shared.annotation_views import AnnotationView, view_annotations
from services.registration.shared.case_views import PersonCase, view_cases
from services.registration.shared.progress_views import ProgressView
from services.registration.shared.views import Missing
from services.registration.sheets.sheet_view import SheetView, view_sheet


class PersonSteps(BaseModel):
    """Who he is by the public fields, where he stands, and what the portal still asks of him, in its words to him.

    `assurance` is his account's, null without one. `own_record`: it is the reader's own, so he only reads it. `cases`
    are those about him that somebody has to decide, `annotations` what stands beside a record that was sealed.
    """

    id: str
    nomor_registrasi: str
    nama: str
    unit_kerja: str
    jabatan: str
    state: PersonState
    has_account: bool
    assurance: Assurance | None
    steps: Steps
    missing: list[Missing]
    progress: list[ProgressView]
    sheet: SheetView
    own_record: bool
    cases: list[PersonCase]
    annotations: list[AnnotationView]


def get_steps(pid: str, *, institution: str, actor: Actor, received: datetime) -> PersonSteps:
    """The steps of somebody of the reader's units.

    Raises:
        Problem: `not-found`.
    """
    dossier = person_store.load_dossier(pid)
    person = dossier.person
    require_institution_and_unit(actor, institution, person)
    return PersonSteps(
        id=person.pid,
        nomor_registrasi=person.registration_number,
        nama=person.nama,
        unit_kerja=person.unit_kerja,
        jabatan=person.jabatan,
        state=person.state,
        has_account=person.has_account,
        assurance=person.assurance if person.has_account else None,
        steps=steps_of(dossier),
        missing=missing(dossier) if _is_his_turn(person) else [],
        progress=list(map(ProgressView.of, person.private.progress)),
        sheet=view_sheet(person, received),
        own_record=actor.is_own(person.pid),
        cases=view_cases(case for case in dossier.cases if case.is_open),
        annotations=view_annotations(dossier.annotations),
    )


def _is_his_turn(person: Person) -> bool:
    return person.state in UNDECIDED and person.state is not PersonState.DIAJUKAN
