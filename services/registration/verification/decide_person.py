"""A verifikator decides on a person, criterion by criterion (domain.md, sections 4 and 5).

The engine advises, a human decides, with reason; the whole is what the six come to. Somebody who never made an account
is decided on as well: then the institution's data stand.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, Field

from services.kernel import clock
from services.kernel.documents.openings import Openings
from services.kernel.problems import Code, FieldProblem, Problem
from services.kernel.states import PersonState
from services.kernel.web.request import Request
from services.registration.access.scope import load_dossier_to_work_on
from services.registration.dossiers.assess_dossier import assess_dossier
from services.registration.eligibility.advice import Criterion
from services.registration.model.dossier import Dossier
from services.registration.model.person import Person
from services.registration.model.person_states import Action
from services.registration.model.private import NotedDecision
from services.registration.model.verdict import CriterionVerdict, ReasonCode, Verdict, whole_of
from services.registration.shared.views import Moved, OnVersion, Reason
from services.registration.verification.commit_decision import commit_decision
from services.registration.verification.draw_verdict import draw_verdict
from services.registration.verification.four_eyes import decides_under_waiver, invited_by_workers
from services.registration.verification.papers import Papers, kinds_of, look_for_papers, opened_by
from services.registration.verification.reasons import advice_of, is_against, marks_of, require_reasons
from services.registration.verification.standing import standing_verdicts

ACTIONS = {
    PersonState.MEMENUHI_SYARAT: Action.QUALIFY,
    PersonState.TIDAK_MEMENUHI_SYARAT: Action.DISQUALIFY,
}
"""What the verdicts come to, and the move of the state table it is."""


class CriterionBody(BaseModel):
    """The verdict on one criterion, why, and what was typed beside it."""

    criterion: Criterion
    verdict: Verdict
    reason_code: Annotated[ReasonCode | None, BeforeValidator(lambda code: code or None)] = None
    text: Annotated[Reason | None, BeforeValidator(lambda text: text or None)] = None
    """A form sends empty texts where nothing was chosen or typed."""


class Judgement(OnVersion):
    """The verdicts on the criteria, on which version of the record, and the openings of the papers that were read.

    Those that still stand of an earlier decision need not be given again.
    """

    criteria: Annotated[Sequence[CriterionBody], Field(max_length=len(Criterion))] = ()
    opened: Openings = Field(default_factory=list)


def decide_person(pid: str, judgement: Judgement, *, institution: str, request: Request) -> Moved:
    """Record the verdicts, with the engine's advice of the same moment beside them.

    Raises:
        Problem: `not-found`, `own-record`, `entered-by-you`, `entered-by-sponsor`, `version-moved`,
            `illegal-transition`, `invalid-fields` where a criterion or a reason is lacking, `verdict-too-early`,
            `window-closed`, `window-not-open`, `try-again`.
    """
    dossier = load_dossier_to_work_on(request.actor, institution, pid)
    return request.once.answer(Moved, lambda: decide(dossier, judgement, request))


def decide(dossier: Dossier, judgement: Judgement, request: Request, *, together: int = 0) -> Moved:
    """Decide on a record that was just read; `together` with how many that were approved at once, this one included.

    Raises:
        Problem: as `decide_person`, but for whose record it is.
    """
    person = dossier.person
    waived = decides_under_waiver(dossier, request.actor, request.received)
    person.require_version(judgement.v)
    given = _read(judgement.criteria)
    verdicts = _complete(given, standing_verdicts(dossier))
    action = ACTIONS[whole_of(verdicts)]
    advised = assess_dossier(person.moved(action, request.received), dossier.histories, dossier.files)
    papers = look_for_papers(dossier, opened_by(request.actor.id, judgement.opened, request.received))
    require_reasons(given.values(), advised.assessment, papers)
    noted = replace(
        _noted(advised, verdicts, papers, request),
        under_waiver=waived,
        invited=waived and invited_by_workers(dossier, request.actor),
        drawn=draw_verdict(person, clock.millis(request.received)),
    )
    return commit_decision(person, _judged(advised, noted), action, request, together=together)


def _read(bodies: Iterable[CriterionBody]) -> dict[Criterion, CriterionVerdict]:
    given = dict[Criterion, CriterionVerdict]()
    for body in bodies:
        if body.criterion in given:
            raise _fault(body.criterion, "duplicate", "Kriteria ini diputuskan dua kali. Kirim satu putusan saja.")
        given[body.criterion] = CriterionVerdict(body.criterion, body.verdict, body.reason_code, body.text)
    return given


def _complete(
    given: dict[Criterion, CriterionVerdict], standing: dict[Criterion, CriterionVerdict]
) -> tuple[CriterionVerdict, ...]:
    """The verdicts on all criteria, in their order; what is given goes before what stands.

    Raises:
        Problem: `invalid-fields`, `missing` for each criterion without one.
    """
    known = {**standing, **given}
    lacking = [criterion for criterion in Criterion if criterion not in known]
    if lacking:
        sentence = "Putuskan kriteria ini: sesuai atau tidak sesuai."
        faults = [FieldProblem(f"criteria.{each.value}", "missing", sentence) for each in lacking]
        raise Problem(Code.INVALID_FIELDS, fields=faults)
    return tuple(known[criterion] for criterion in Criterion)


def _fault(criterion: Criterion, code: str, sentence: str) -> Problem:
    return Problem(Code.INVALID_FIELDS, fields=[FieldProblem(f"criteria.{criterion.value}", code, sentence)])


def _noted(advised: Person, verdicts: tuple[CriterionVerdict, ...], papers: Papers, request: Request) -> NotedDecision:
    assessment = advised.assessment
    advice = advice_of(assessment)
    return NotedDecision(
        at=clock.millis(request.received),
        by=request.actor.id,
        decision=advised.state,
        reason=None,
        advice=assessment.overall,
        rule_version=assessment.rule_version,
        against_advice=any(is_against(each.verdict, advice[each.criterion]) for each in verdicts),
        without_papers=kinds_of(each.code for each in papers.lacking),
        criteria=verdicts,
        unopened=kinds_of(file.jenis for file in papers.unopened),
    )


def _judged(advised: Person, noted: NotedDecision) -> Person:
    private = replace(advised.private, decisions=(*advised.private.decisions, noted))
    return replace(advised, judged=marks_of(noted, advised.assessment), private=private)
