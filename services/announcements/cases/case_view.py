"""A case as staff read it: what was written, its papers and messages, who has it, and what may be done."""

from collections.abc import Iterator
from datetime import datetime

from pydantic import BaseModel

from services.announcements.adapters import case_store
from services.announcements.cases.bounced import is_bounced
from services.announcements.cases.find_case import (
    CaseFileView,
    CaseInstitution,
    MessageView,
    institution_view,
)
from services.announcements.cases.who_may import awaits_hearing, may_overturn, require_decider, require_first
from services.announcements.model.case import Case, Message, Reporter, Topic, Writer
from services.kernel.cases import CaseKind, CaseLevel, CaseState, UsulanOutcome
from services.kernel.cases.number import case_number_in_groups
from services.kernel.clock import WIB
from services.kernel.documents import DocumentType
from services.kernel.problems import Problem
from services.kernel.security.sessions import NATIONAL, Actor
from services.kernel.values.identity import mask_nik


class ReporterView(BaseModel):
    """Who filed, as far as the reader may know: of a tanggapan nobody of the institution learns it.

    `email_bounced`: mail does not reach him.
    """

    name: str
    email: str
    email_bounced: bool
    phone: str


class SaidView(BaseModel):
    """What was written; a NIK is masked. What a kind has not is None; `berkas` is a file that could not be uploaded."""

    alasan: str
    nik: str | None = None
    nama: str | None = None
    tanggal_lahir: str | None = None
    unit_kerja: str | None = None
    jabatan: str | None = None
    sejak: str | None = None
    nomor_registrasi: str | None = None
    berkas: DocumentType | None = None
    jawaban: str | None = None


class CaseDecisionView(BaseModel):
    """What was decided, and the sentence its reporter reads."""

    accepted: bool
    reason: str
    text: str
    at: datetime


class CaseView(BaseModel):
    """The whole of a case on version `v`.

    `person` is the record it is about. `divided`: admin and verifikator differ about it. `decidable`: the reader may
    decide now; `awaits_hearing`: but not before the listed person was heard; `overturnable`: he may accept what was
    refused. `noted_until`: until then a decision is being carried out, `noted_by_me` the reader's own, who may decide
    again meanwhile; `unfinished`: an earlier one was not. `hearing_until`: until when the listed person may answer a
    tanggapan, None while he was not told; `unheard`: he has still to be. `left`: whoever filed it took it back, and it
    goes on for those of `joined`, the numbers of later cases about the same; `follows` that of the earlier one which is
    decided for this one too. `became`: what an accepted usulan became, None where registration did not say.
    `beside`: the decision was noted beside a record that moves no more.
    """

    number: str
    v: int
    institution: CaseInstitution
    kind: CaseKind
    topic: Topic | None
    state: CaseState
    level: CaseLevel
    said: SaidView
    reporter: ReporterView | None
    person: str | None
    at: datetime
    due_at: datetime
    overdue: bool
    divided: bool
    mine: bool
    taken: bool
    decidable: bool
    awaits_hearing: bool
    overturnable: bool
    noted_until: datetime | None
    noted_by_me: bool
    unfinished: bool
    hearing_until: datetime | None
    unheard: bool
    asked_until: datetime | None
    left: bool
    joined: list[str]
    follows: str | None
    messages: list[MessageView]
    files: list[CaseFileView]
    decision: CaseDecisionView | None
    became: UsulanOutcome | None
    beside: bool


def view_case(case: Case, actor: Actor, received: datetime) -> CaseView:
    """The case as this reader sees it."""
    hides = case.kind is CaseKind.TANGGAPAN and actor.role not in NATIONAL
    until = case.heard_until
    decision, joined = case.decision, case_store.joined_to(case.number)
    return CaseView(
        number=case_number_in_groups(case.number),
        v=case.v,
        institution=institution_view(case.institution),
        kind=case.kind,
        topic=case.topic,
        state=case.state,
        level=case.level,
        said=SaidView(**{**_texts(case), **_masked(case)}),
        reporter=None if hides else _reporter(case_store.reporter_of(case.number)),
        person=case.pid,
        at=case.at.astimezone(WIB),
        due_at=case.due_at.astimezone(WIB),
        overdue=case.is_open and received >= case.due_at,
        divided=case.is_divided,
        mine=case.handler == actor.id,
        taken=case.handler is not None,
        decidable=_may_decide(case, actor),
        awaits_hearing=awaits_hearing(case, actor, received),
        overturnable=may_overturn(case, actor),
        noted_until=_later(case.noted_until, received),
        noted_by_me=case.noted_by == actor.id,
        unfinished=case.noted_until is not None and received >= case.noted_until,
        hearing_until=until.astimezone(WIB) if until else None,
        unheard=case.is_unheard,
        asked_until=case.asked_until.astimezone(WIB) if case.asked_until else None,
        left=case.left_at is not None,
        joined=list(map(case_number_in_groups, joined)),
        follows=case_number_in_groups(case.joined) if case.joined else None,
        messages=[MessageView.by(message, _of(case, message)) for message in case_store.messages_of(case)],
        files=[*_files(case.number), *(file for each in joined for file in _files(each, case_number_in_groups(each)))],
        decision=None
        if decision is None
        else CaseDecisionView(
            accepted=decision.accepted, reason=decision.reason, text=decision.text, at=decision.at.astimezone(WIB)
        ),
        became=case.became,
        beside=case.beside,
    )


def _of(case: Case, message: Message) -> str | None:
    """The later case whose reporter wrote it; None of this one's, and of staff."""
    if message.writer is not Writer.PELAPOR or message.by in {None, case.number}:
        return None
    return case_number_in_groups(str(message.by))


def _files(number: str, of: str | None = None) -> Iterator[CaseFileView]:
    return (CaseFileView.with_case(file, of) for file in case_store.files_of(number))


def _texts(case: Case) -> dict[str, str]:
    return {name: value for name, value in case.said.items() if name in SaidView.model_fields}


def _masked(case: Case) -> dict[str, str]:
    return {"nik": mask_nik(case.said["nik"])} if "nik" in case.said else {}


def _reporter(reporter: Reporter) -> ReporterView:
    return ReporterView(
        name=reporter.name, email=reporter.email, email_bounced=is_bounced(reporter), phone=reporter.phone
    )


def _may_decide(case: Case, actor: Actor) -> bool:
    try:
        require_decider(case, actor)
        require_first(case)
    except Problem:
        return False
    return case.is_open


def _later(instant: datetime | None, now: datetime) -> datetime | None:
    return instant.astimezone(WIB) if instant is not None and now < instant else None
