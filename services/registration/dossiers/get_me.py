"""Who is signed in; for a listed person also how far his record is ("progres")."""

from datetime import datetime

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Actor, Role
from services.kernel.states import Assurance, Category, PersonState
from services.kernel.writes import gate
from services.registration.access.own_view import own_view, sees_employment
from services.registration.adapters import account_store, card_store, person_store
from services.registration.dossiers.assess_dossier import advise
from services.registration.dossiers.completeness import missing_biodata, missing_proofs
from services.registration.dossiers.milestones import RoadStep
from services.registration.dossiers.outcome import Outcome, Stage, outcome_of
from services.registration.dossiers.road import Place, Walked, account_made_at, view_road
from services.registration.dossiers.round_part import RoundPart, view_round
from services.registration.model.card import CardKind
from services.registration.model.dossier import Dossier
from services.registration.model.person import Person
from services.registration.shared.case_views import PersonCase, view_cases
from services.registration.shared.institution_view import InstitutionView, view_institution
from services.registration.shared.on_lists import find_on_lists
from services.registration.shared.papers import FileView, view_files
from services.registration.shared.progress_views import DecisionView, ProgressView, view_decisions
from services.registration.shared.views import (
    AdviceView,
    ChangeView,
    CorrectedFieldView,
    view_advice,
    view_changes,
    view_corrected,
)


class StaffMe(BaseModel):
    """A member of staff; `units` are those he works for, none for the whole institution."""

    role: Role
    id: str
    name: str
    institution: InstitutionView | None
    units: tuple[str, ...]


class Steps(BaseModel):
    """Which of the portal's steps are done. Somebody decided on by the institution's data alone has not submitted."""

    account: bool
    active: bool
    biodata: bool
    histories: bool
    submitted: bool


class PersonMe(BaseModel):
    """A listed person, how far his record is, and what has become of it.

    `active` is what he said himself, at `active_at`; `deletion_reason` is there while he is off the roster; `changes`
    are what was changed since the verdict that stands, `corrected` what his institution ever put right; `assurance` is
    his account's, `road` the way to the final list, `cases` those about him; `annotated`: something stands
    beside his sealed record (`/me/objection`).
    """

    role: Role
    id: str
    v: int
    nomor_registrasi: str
    nama: str
    kategori: Category
    institution: InstitutionView
    unit_kerja: str
    jabatan: str
    state: PersonState
    round: RoundPart
    outcome: Outcome
    deletion_reason: str | None
    active: bool | None
    active_at: datetime | None
    steps: Steps
    progress: list[ProgressView]
    decisions: list[DecisionView]
    changes: list[ChangeView]
    corrected: list[CorrectedFieldView]
    advice: AdviceView | None
    files: list[FileView]
    assurance: Assurance
    road: list[RoadStep]
    cases: list[PersonCase]
    annotated: bool


def get_me(actor: Actor, received: datetime) -> PersonMe | StaffMe:
    """The signed-in person or member of staff."""
    return view_person(actor.id, received) if actor.role is Role.HONORER else _staff(actor)


def _staff(actor: Actor) -> StaffMe:
    account = account_store.load(actor.id)
    if account is None:
        raise Problem(Code.UNAUTHENTICATED)
    return StaffMe(
        role=actor.role,
        id=actor.id,
        name=account_store.staff_private(account).name,
        institution=view_institution(actor.institution) if actor.institution else None,
        units=actor.units,
    )


def view_person(pid: str, received: datetime) -> PersonMe:
    """A listed person as he himself sees him."""
    stored = person_store.load_dossier(pid)
    if stored.person.successor is not None:  # his NIK was corrected: he signs in with the right one
        raise Problem(Code.UNAUTHENTICATED)
    gate_round = gate.read_round(stored.person.institution, consistent=False)
    lists = find_on_lists(stored.person, gate_round)
    round_ = view_round(gate_round, lists, received)
    dossier = own_view(stored, final=round_.stage is Stage.LOCKED)
    person, steps = dossier.person, steps_of(stored)
    outcome = outcome_of(person.state, round_.stage)
    return PersonMe(
        role=Role.HONORER,
        id=person.pid,
        v=person.v,
        nomor_registrasi=person.registration_number,
        nama=person.nama,
        kategori=person.kategori,
        institution=view_institution(person.institution),
        unit_kerja=person.unit_kerja,
        jabatan=person.jabatan,
        state=person.state,
        round=round_,
        outcome=outcome,
        deletion_reason=person.deletion_reason,
        active=person.active,
        active_at=person.active_at,
        steps=steps,
        progress=list(map(ProgressView.of, person.private.progress)),
        decisions=view_decisions(person),
        changes=view_changes(person),
        corrected=view_corrected(person),
        advice=view_advice(advise(stored)) if sees_employment(stored) else None,
        files=view_files(dossier.files, person.decided_at),
        assurance=person.assurance,
        road=view_road(person, _walked(person, steps), Place(gate_round, received, round_.stage, outcome, lists)),
        cases=view_cases(dossier.cases),
        annotated=bool(dossier.annotations),
    )


def _walked(person: Person, steps: Steps) -> Walked:
    completed = steps.active and steps.biodata and steps.histories
    return Walked(completed=completed, submitted=steps.submitted, account_at=_account_made_at(person))


def _account_made_at(person: Person) -> datetime | None:
    """By the record's own progress, else by the card that came with the account."""
    if moved := account_made_at(person):
        return moved
    card = card_store.load(person.pid, CardKind.AKUN)
    return card.issued_at.astimezone(clock.WIB) if card else None


def steps_of(dossier: Dossier) -> Steps:
    """Which of the portal's steps he has done."""
    person = dossier.person
    return Steps(
        account=person.has_account,
        active=person.active is True,
        biodata=not list(missing_biodata(dossier)),
        histories=not list(missing_proofs(dossier)),
        submitted=PersonState.DIAJUKAN in {person.state, person.before if person.is_decided else None},
    )
