"""Facts that move a case: it was decided at registration, two differ about it, somebody was told; and its papers."""

from dataclasses import replace

from services.announcements.adapters import case_store
from services.announcements.cases.tell import tell_decided, tell_divided
from services.announcements.cases.tell_record import follow_record
from services.announcements.model.case import Case, CaseFile
from services.announcements.model.case_states import CaseStep
from services.kernel.audit.chain import Event
from services.kernel.cases import OPEN_CASES, CaseLevel, UsulanOutcome
from services.kernel.events.facts import CaseDivided, CaseFileInspected, CaseHeard, CaseSettled
from services.kernel.problems import Code, Problem
from services.kernel.writes import ungated

_SYSTEM = "system:on_fact"


def project_settled(fact: CaseSettled) -> None:
    """Take the decision that registration carried out. What comes twice changes nothing.

    Raises:
        Problem: `try-again`; the fact must come again.
    """
    for _ in range(ungated.MAX_TRIES):
        case = case_store.load(fact.case)
        noted = case_store.noted_of(case, fact.decision) if case is not None else None
        if case is None or noted is None:
            return
        if case.decision == noted.decision:
            _follow(case)  # again: somebody may have died between the two
            return
        step = CaseStep.SETTLE_ACCEPTED if fact.accepted else CaseStep.SETTLE_REFUSED
        ended = {"decision": noted.decision, "asked_until": None, "noted_until": None, "noted_by": None}
        after = case.moved(step, fact.at, pid=case.pid or fact.pid, became=fact.became, beside=fact.beside, **ended)
        if case_store.keep(case, after, Event(_SYSTEM, step.value, fact.at, {}), tell_decided(case)):
            _follow(after)
            return
    raise Problem(Code.TRY_AGAIN)


def _follow(case: Case) -> None:
    """Of a NIK that was asked for, the record is followed once it stands under that NIK (`project_person`)."""
    if case.became is not UsulanOutcome.NIK:
        follow_record(case)


def project_heard(fact: CaseHeard) -> None:
    """Note when the listed person was told of a tanggapan; his five days run from the first time.

    Raises:
        Problem: `try-again`; the fact must come again.
    """
    for _ in range(ungated.MAX_TRIES):
        case = case_store.load(fact.case)
        if case is None or case.state not in OPEN_CASES or (case.heard_at is not None and case.heard_at <= fact.at):
            return
        after = replace(case, heard_at=fact.at)
        if case_store.keep(case, after, Event(_SYSTEM, CaseStep.HEAR.value, fact.at, {})):
            return
    raise Problem(Code.TRY_AGAIN)


def project_divided(fact: CaseDivided) -> None:
    """Let bkn decide a keberatan, at once, about which admin and verifikator differ; whoever filed it is told.

    Raises:
        Problem: `try-again`; the fact must come again.
    """
    for _ in range(ungated.MAX_TRIES):
        case = case_store.load(fact.case)
        if case is None or not case.is_open or case.divided_at is not None:
            return
        after = case.moved(CaseStep.DIVIDE, fact.at, level=CaseLevel.BKN, divided_at=fact.at)
        event = Event(_SYSTEM, CaseStep.DIVIDE.value, fact.at, {})
        if case_store.keep(case, after, event, tell_divided(case)):
            return
    raise Problem(Code.TRY_AGAIN)


def project_paper(fact: CaseFileInspected) -> None:
    """Keep what documents says of a paper."""
    ungated.commit([case_store.keep_file(fact.case, CaseFile(fact.file, fact.accepted, fact.message))])
