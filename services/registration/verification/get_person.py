"""One person's whole record, as staff of his institution work with it; the NIK stays masked (domain.md §8)."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel

from services.kernel.documents import new_history_id
from services.kernel.problems import Code
from services.kernel.security.sessions import NATIONAL, Actor
from services.kernel.states import Assurance, Category, PersonState
from services.kernel.values.identity import mask_nik
from services.registration.access.scope import require_institution_and_unit
from services.registration.access.shown_row import row_for_staff
from services.registration.adapters import (
    access_log,
    case_store,
    claim_store,
    list_store,
    person_store,
)
from services.registration.corrections.correctable import is_correctable
from services.registration.dossiers.assess_dossier import advise
from services.registration.dossiers.biodata import education_of
from services.registration.dossiers.histories import HistoryView, view_histories
from services.registration.dukcapil.dukcapil_note import view_dukcapil
from services.registration.enrolments.typed_otherwise import view_typed_otherwise
from services.registration.jobs.record_job import RecordJob, view_job
from services.registration.model.dossier import Dossier
from services.registration.model.person import Person
from services.registration.people.entered_view import FieldNote, view_missing, view_warnings
from services.registration.reclaims.decide_reclaim import ReclaimView, view_reclaim
from services.registration.reclaims.taken_back import view_taken_back
from services.registration.risk.risk_view import RiskView, view_risks
from services.registration.rows.check_row import check_row
from services.registration.rows.unlisted import find_unlisted
from services.registration.settings import files_key
from services.registration.shared.annotation_views import AnnotationView, view_annotations
from services.registration.shared.case_views import PersonCase, view_cases
from services.registration.shared.institution_view import InstitutionView, view_institution
from services.registration.shared.papers import FileView, view_files
from services.registration.shared.progress_views import ProgressView
from services.registration.shared.views import AdviceView, ChangeView, view_advice, view_changes
from services.registration.sheets.sheet_view import SheetView, view_sheet
from services.registration.verification.deciding import DecidingView, NotedDecisionView, view_deciding
from services.registration.verification.four_eyes import hindrance
from services.registration.verification.stated import StatedField, view_stated


class ClaimView(BaseModel):
    """An institution that claims the NIK; the owner came first."""

    institution: InstitutionView
    owner: bool


class PersonDetail(BaseModel):
    """A record with everything that hangs on it. `claims` has more than one entry when the NIK is disputed.

    `own_record`: it is the reader's own, so he only reads it (domain.md, section 2, *Own row*).
    `changes`: what was changed since the verdict that stands. `stated`: of which fields the person said something.
    `correctable`: whether its registered fields can be corrected, as far as its state goes.
    `sheet`: where he stands with his activation sheet.
    `entered_by_me`: the reader entered or changed the row, uploaded for it or helped at the counter, so he may not
    decide on it;
    `entered_by_sponsor`: whoever invited him did.
    `active`: what he said himself, and when; null as long as he has not said. `states_inactive`: that he works there no
    more, and nobody has answered him. `next_paper` is what staff name a paper that he signed by.
    `assurance` is his account's, null without one. `reclaim`: that somebody with a sheet wants his account.
    `nik_asked`: another NIK is asked for him; `nik_corrected`: his was corrected; `nik_left`: this is the record with
    the wrong one. `job` is what his title is by the lists; `risks` are flags for humans, null for who is not told them
    (access/risk_readers.py). `cases` are those about him, also decided ones;
    `annotations` what stands beside a record that was sealed.
    """

    id: str
    v: int
    state: PersonState
    nomor_registrasi: str
    institution: InstitutionView
    nama: str
    nik_masked: str
    unit_kerja: str
    jabatan: str
    kategori: Category
    active: bool | None
    active_at: datetime | None
    states_inactive: bool
    next_paper: str
    has_account: bool
    sheet: SheetView
    record: dict[str, Any]
    education: dict[str, Any]
    stated: list[StatedField]
    histories: list[HistoryView]
    advice: AdviceView | None
    missing: list[FieldNote]
    warnings: list[FieldNote]
    files: list[FileView]
    decisions: list[NotedDecisionView]
    progress: list[ProgressView]
    claims: list[ClaimView]
    deletion_reason: str | None
    own_record: bool
    entered_by_me: bool
    entered_by_sponsor: bool
    changes: list[ChangeView]
    correctable: bool
    deciding: DecidingView
    assurance: Assurance | None
    nik_asked: bool
    nik_corrected: bool
    nik_left: bool
    reclaim: ReclaimView | None
    job: RecordJob
    risks: list[RiskView] | None
    cases: list[PersonCase]
    annotations: list[AnnotationView]


def get_person(pid: str, *, institution: str, actor: Actor, received: datetime) -> PersonDetail:
    """The record; that somebody of BKN or an auditor read it is written down first.

    Raises:
        Problem: `not-found`, or `try-again` when the reading could not be written down.
    """
    dossier = person_store.load_dossier(pid)
    require_institution_and_unit(actor, institution, dossier.person)
    if actor.role in NATIONAL:
        access_log.record_access(dossier.person, actor, "read-record", received)
    return _view(dossier, actor, received)


def _view(dossier: Dossier, actor: Actor, received: datetime) -> PersonDetail:
    person, eyes = dossier.person, hindrance(dossier, actor)
    checked = check_row(person.row)
    lists, record = list_store.load(person.institution), row_for_staff(person, actor.role)
    unlisted = find_unlisted(person.row, lists)
    return PersonDetail(
        id=person.pid,
        v=person.v,
        state=person.state,
        nomor_registrasi=person.registration_number,
        institution=view_institution(person.institution),
        nama=person.nama,
        nik_masked=mask_nik(person.row["nik"]),
        unit_kerja=person.unit_kerja,
        jabatan=person.jabatan,
        kategori=person.kategori,
        active=person.active,
        active_at=person.active_at,
        states_inactive=person.states_inactive,
        next_paper=new_history_id(files_key(), person.pid),
        has_account=person.has_account,
        sheet=view_sheet(person, received),
        record=record,
        education=education_of(person),
        stated=view_stated(person, record),
        histories=view_histories(dossier).items,
        advice=view_advice(advise(dossier, verifying=True)),
        missing=view_missing(checked.missing),
        warnings=[
            *view_warnings((*checked.warnings, *unlisted)),
            *view_typed_otherwise(person),
            *view_dukcapil(person),
            *view_taken_back(person),
        ],
        files=view_files(dossier.files, person.decided_at),
        decisions=[NotedDecisionView.for_staff(person, noted) for noted in person.private.decisions],
        progress=list(map(ProgressView.of, person.private.progress)),
        claims=_claims(person),
        deletion_reason=person.deletion_reason,
        own_record=actor.is_own(person.pid),
        entered_by_me=eyes is Code.ENTERED_BY_YOU,
        entered_by_sponsor=eyes is Code.ENTERED_BY_SPONSOR,
        changes=view_changes(person),
        correctable=is_correctable(person),
        deciding=view_deciding(dossier, actor, received),
        assurance=person.assurance if person.has_account else None,
        nik_asked=person.nik_asked,
        nik_corrected=person.came_from is not None,
        nik_left=person.successor is not None,
        reclaim=view_reclaim(person, actor),
        job=view_job(person.jabatan, lists.jobs),
        risks=view_risks(dossier, actor),
        cases=view_cases(dossier.cases, case_store.untold_of(dossier.cases)),
        annotations=view_annotations(dossier.annotations),
    )


def _claims(person: Person) -> list[ClaimView]:
    claim = claim_store.load(person.row["nik"])
    if claim is None:
        return []
    return [
        ClaimView(institution=view_institution(claimant.institution), owner=claimant == claim.owner)
        for claimant in sorted(claim.claimants, key=str)
    ]
