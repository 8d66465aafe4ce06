"""A verifikator decides on a person (domain.md, sections 4 and 5): the engine advises, a human decides, with reason.

Somebody who never made an account is decided on as well: then the institution's data stand.
"""

from dataclasses import asdict, replace
from typing import Annotated, Literal

from pydantic import BeforeValidator

from services.kernel import clock
from services.kernel.problems import Code, Problem
from services.kernel.states import PersonState
from services.kernel.web.request import Request
from services.kernel.writes import gate
from services.kernel.writes.gate import ConditionLost
from services.registration.access.scope import load_dossier_to_work_on
from services.registration.adapters import person_store
from services.registration.dossiers.assess_dossier import assess_dossier
from services.registration.dossiers.completeness import missing_papers
from services.registration.model.dossier import Change, Dossier
from services.registration.model.person import Person
from services.registration.model.person_states import WINDOW, Action
from services.registration.model.private import NotedDecision
from services.registration.shared.tell_person import tell_decision
from services.registration.shared.views import Missing, Moved, OnVersion, Reason
from services.registration.verification.four_eyes import decides_under_waiver
from services.registration.verification.reasons import is_against, papers_lacking, require_reason
from services.registration.verification.returns import limit_of

ACTIONS = {
    PersonState.MEMENUHI_SYARAT: Action.QUALIFY,
    PersonState.TIDAK_MEMENUHI_SYARAT: Action.DISQUALIFY,
    PersonState.DIKEMBALIKAN: Action.RETURN,
}
"""The decisions there are, and the move of the state table each one is."""


class Decision(OnVersion):
    """What the verifikator decided, on which version of the record, and why; who qualifies needs no reason."""

    decision: Literal[PersonState.MEMENUHI_SYARAT, PersonState.TIDAK_MEMENUHI_SYARAT, PersonState.DIKEMBALIKAN]
    reason: Annotated[Reason | None, BeforeValidator(lambda text: text or None)] = None
    """A form sends an empty text where nothing was typed."""


def decide_person(pid: str, decision: Decision, *, institution: str, request: Request) -> Moved:
    """Record the decision, with the engine's advice of the same moment beside it.

    Raises:
        Problem: `not-found`, `own-record`, `entered-by-you`, `entered-by-sponsor`, `version-moved`,
            `illegal-transition`, `invalid-fields` without a reason that is needed, `return-too-late`,
            `verdict-too-early`, `window-closed`, `window-not-open`, `try-again`.
    """
    dossier = load_dossier_to_work_on(request.actor, institution, pid)
    return request.once.answer(Moved, lambda: _decide(dossier, decision, request))


def _decide(dossier: Dossier, decision: Decision, request: Request) -> Moved:
    person = dossier.person
    waived = decides_under_waiver(dossier, request.actor, request.received)
    person.require_version(decision.v)
    moved = person.moved(ACTIONS[decision.decision], request.received)
    advised, lacking = assess_dossier(moved, dossier.histories, dossier.files), missing_papers(dossier)
    require_reason(decision.reason, decision.decision, advised.assessment.overall, lacking)
    return _commit(person, _noted(advised, decision, lacking, request, waived), decision, request)


def _noted(person: Person, decision: Decision, lacking: list[Missing], request: Request, waived: bool) -> Person:
    advice = person.assessment.overall
    noted = NotedDecision(
        at=clock.millis(request.received),
        by=request.actor.id,
        decision=decision.decision,
        reason=decision.reason,
        advice=advice,
        rule_version=person.assessment.rule_version,
        against_advice=is_against(decision.decision, advice),
        without_papers=papers_lacking(decision.decision, lacking),
        under_waiver=waived,
    )
    return replace(person, private=replace(person.private, decisions=(*person.private.decisions, noted)))


def _commit(person: Person, after: Person, decision: Decision, request: Request) -> Moved:
    action = ACTIONS[decision.decision]
    answer = Moved(v=person.v + 1, state=after.state)
    noted = asdict(after.private.decisions[-1])
    delta = {name: value for name, value in noted.items() if name not in {"at", "by"}}
    extra = [*tell_decision(person, decision.decision), *request.once.remember(answer)]
    change = Change(person, after, action.value, delta, extra)
    round_ = gate.read_round(person.institution)
    limit = limit_of(person, action)
    try:
        person_store.commit(
            change,
            round_=round_,
            window=WINDOW[action],
            received=request.received,
            actor=request.actor.id,
            require=limit,
        )
    except ConditionLost as lost:
        raise Problem(Code.VERSION_MOVED) from lost
    return answer
