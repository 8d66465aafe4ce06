"""Staff decide a case. What changes a record is noted, handed over to registration, and taken once it tells of it."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, Field

from services.announcements.adapters import case_store
from services.announcements.cases.handle_case import OnCase
from services.announcements.cases.stepping import keep_step
from services.announcements.cases.tell import tell_decided
from services.announcements.cases.who_may import (
    awaits_hearing,
    load_readable,
    may_overturn,
    require_decider,
    require_first,
)
from services.announcements.model.case import NOTED_FOR, Case, Decision, Noted
from services.announcements.model.case_states import CaseStep
from services.kernel import clock
from services.kernel.cases import CaseKind, CaseState
from services.kernel.cases.handover import Handover, Proposed, hand_over
from services.kernel.problems import Code, Problem, invalid_problem
from services.kernel.security.sessions import Role
from services.kernel.values.texts import clean_paragraph
from services.kernel.web.request import Request
from services.kernel.writes import gate
from services.kernel.writes.calendar import Window


class CaseReason(StrEnum):
    """Why a case is decided as it is; whoever filed it reads the sentence that goes with it."""

    TERBUKTI = "TERBUKTI"
    """The papers bear it out."""
    TIDAK_TERBUKTI = "TIDAK_TERBUKTI"
    SUDAH_TERDAFTAR = "SUDAH_TERDAFTAR"
    """He is listed already."""
    BUKAN_PEGAWAI = "BUKAN_PEGAWAI"
    """He does not work there."""
    TIDAK_MEMENUHI = "TIDAK_MEMENUHI"
    """What was written is true, and does not meet the rules."""
    DI_LUAR_WEWENANG = "DI_LUAR_WEWENANG"
    """Somebody else has to decide it."""
    TERJAWAB = "TERJAWAB"
    """Answered, or done."""
    LAINNYA = "LAINNYA"


REASONS: Final[Mapping[tuple[CaseKind, bool], frozenset[CaseReason]]] = {
    (CaseKind.USULAN, True): frozenset({CaseReason.TERBUKTI, CaseReason.LAINNYA}),
    (CaseKind.USULAN, False): frozenset(
        {
            CaseReason.TIDAK_TERBUKTI,
            CaseReason.SUDAH_TERDAFTAR,
            CaseReason.BUKAN_PEGAWAI,
            CaseReason.TIDAK_MEMENUHI,
            CaseReason.LAINNYA,
        }
    ),
    (CaseKind.TANGGAPAN, True): frozenset({CaseReason.TERBUKTI, CaseReason.BUKAN_PEGAWAI, CaseReason.LAINNYA}),
    (CaseKind.TANGGAPAN, False): frozenset({CaseReason.TIDAK_TERBUKTI, CaseReason.LAINNYA}),
    (CaseKind.KEBERATAN, True): frozenset({CaseReason.TERBUKTI, CaseReason.LAINNYA}),
    (CaseKind.KEBERATAN, False): frozenset({CaseReason.TIDAK_TERBUKTI, CaseReason.TIDAK_MEMENUHI, CaseReason.LAINNYA}),
    (CaseKind.BANTUAN, True): frozenset({CaseReason.TERJAWAB, CaseReason.LAINNYA}),
    (CaseKind.BANTUAN, False): frozenset({CaseReason.TIDAK_TERBUKTI, CaseReason.DI_LUAR_WEWENANG, CaseReason.LAINNYA}),
}
"""Which reasons fit which decision."""
_WRONG_REASON: Final = "Pilih alasan yang cocok dengan putusan ini."
_NOT_HEARD: Final = (
    "Orang yang dilaporkan belum didengar. Tunggu jawabannya, atau lima hari sejak ia diberi tahu, lalu putuskan."
)


class CaseDecisionBody(OnCase):
    """The decision; `text` is the sentence that whoever filed the case reads."""

    accepted: bool
    reason: CaseReason
    text: Annotated[str, Field(min_length=10, max_length=2000), AfterValidator(clean_paragraph)]


class CaseDecided(BaseModel):
    """What became of the decision.

    `handover` is what registration wants to carry it out, None where the case is decided at once. It is good for ten
    minutes and for whoever decided; the case closes when registration tells that it was done.
    """

    state: CaseState
    decision: str | None = None
    handover: str | None = None


class NotedAnswer(BaseModel):
    """What a retry is answered from: the token is made again."""

    state: CaseState
    decision: str | None


def decide_case(code: str, number: str, body: CaseDecisionBody, request: Request) -> CaseDecided:
    """Decide, or note what registration has to carry out.

    Raises:
        Problem: `not-found`, `forbidden`, `own-record`, `version-moved`, `illegal-transition`; `invalid-fields` for a
            reason that does not fit; `wrong-phase` before the listed person was heard; `conflict` while
            somebody else carries a decision out, for one that follows another, and for the refusal of an usulan whose
            noted acceptance may have been carried out; `window-closed`,
            `window-not-open`; `try-again`.
    """
    case = load_readable(code, number, request.actor)
    require_decider(case, request.actor)
    require_first(case)
    noted = request.once.answer(NotedAnswer, lambda: _decide(case, body, request))
    if noted.decision is None:
        return CaseDecided(state=noted.state)
    token = hand_over(_handover(case, noted.decision, body.accepted, request))
    return CaseDecided(state=noted.state, decision=noted.decision, handover=token)


def _decide(case: Case, body: CaseDecisionBody, request: Request) -> NotedAnswer:
    case.require_version(body.v)
    if not case.is_open and not (body.accepted and may_overturn(case, request.actor)):
        case.moved(CaseStep.REFUSE, request.received)  # says where it stands
    if body.reason not in REASONS[case.kind, body.accepted]:
        raise invalid_problem("reason", "unknown", _WRONG_REASON)
    _require_its_time(case, request)
    case.require_nothing_noted(request.received, by=request.actor.id)
    if case.kind is CaseKind.USULAN and not body.accepted:
        case.require_nothing_unfinished()
    decision = Decision(body.accepted, request.actor.id, request.received, body.reason.value, body.text)
    if _changes_a_record(case.kind, accepted=body.accepted):
        return _note(case, decision, request)
    return _close(case, decision, request)


def _changes_a_record(kind: CaseKind, *, accepted: bool) -> bool:
    """Whether registration has a part in it: of a tanggapan and a keberatan it knows who may decide, too."""
    return kind in {CaseKind.TANGGAPAN, CaseKind.KEBERATAN} or (kind is CaseKind.USULAN and accepted)


def _require_its_time(case: Case, request: Request) -> None:
    if case.kind is CaseKind.USULAN:
        gate.read_round(case.institution).require(Window.CORRECTION, request.received)
    if awaits_hearing(case, request.actor, request.received):
        raise Problem(Code.WRONG_PHASE, _NOT_HEARD)


def _note(case: Case, decision: Decision, request: Request) -> NotedAnswer:
    noted = Noted(secrets.token_hex(8), decision)
    until = None if _is_of_two(case, request) else request.received + NOTED_FOR
    by = request.actor.id
    after = case.moved(CaseStep.NOTE, request.received, handler=by, noted_until=until, noted_by=by if until else None)
    answer = NotedAnswer(state=after.state, decision=noted.id)
    said = {"accepted": decision.accepted, "reason": decision.reason, "decision": noted.id}
    also = [case_store.put_noted(case, noted), *request.once.remember(answer)]
    keep_step(case, after, CaseStep.NOTE, actor=request.actor.id, said=said, also=also)
    return answer


def _is_of_two(case: Case, request: Request) -> bool:
    """On a keberatan an admin and a verifikator decide, each by a note of his own: neither keeps the other away."""
    return case.kind is CaseKind.KEBERATAN and request.actor.role is not Role.BKN


def _close(case: Case, decision: Decision, request: Request) -> NotedAnswer:
    step = CaseStep.ACCEPT if decision.accepted else CaseStep.REFUSE
    ended = {"decision": decision, "asked_until": None, "noted_until": None, "noted_by": None}
    after = case.moved(step, request.received, handler=request.actor.id, **ended)
    answer = NotedAnswer(state=after.state, decision=None)
    also = [*tell_decided(case), *request.once.remember(answer)]
    keep_step(case, after, step, actor=request.actor.id, said={"reason": decision.reason}, also=also)
    return answer


def _handover(case: Case, decision: str, accepted: bool, request: Request) -> Handover:
    return Handover(
        case=case.number,
        kind=case.kind,
        institution=case.institution,
        decision=decision,
        accepted=accepted,
        by=request.actor.id,
        until=_until(request.received),
        pid=case.pid,
        proposed=_proposed(case) if case.kind is CaseKind.USULAN else None,
    )


def _until(received: datetime) -> int:
    return clock.millis(received + NOTED_FOR)


def _proposed(case: Case) -> Proposed:
    return Proposed(**{name: case.said[name] for name in Proposed.model_fields})
