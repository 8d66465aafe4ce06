"""Approve up to fifty records at once: each by the way of a single verdict, in a write and with a link of its own.

What no longer qualifies at its moment is left as it is, and said so; the others go on. A retry of a request that was
cut off does what is left of it.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from pydantic import BaseModel, Field

from services.kernel.problem_texts import sentence_of
from services.kernel.problems import Code, Problem
from services.kernel.states import PersonState
from services.kernel.web.languages import Sentence
from services.kernel.web.request import Request
from services.kernel.writes import gate, ungated
from services.kernel.writes.calendar import Window
from services.registration.access.scope import load_dossier_to_work_on
from services.registration.eligibility.advice import Criterion
from services.registration.model.dossier import Dossier
from services.registration.model.verdict import Verdict
from services.registration.queue.approvable import MOST, Candidate, hindrance_to
from services.registration.shared.views import Moved
from services.registration.verification.decide_person import CriterionBody, Judgement, decide
from services.registration.verification.papers import opened_by


class Approval(Candidate):
    """A record on the version that was shown, and the openings of its papers."""

    v: int


class Approvals(BaseModel):
    """The records that were shown and confirmed."""

    items: Annotated[Sequence[Approval], Field(max_length=MOST)]


class ApprovedView(BaseModel):
    """The state and version a record came to, or `why` it was left as it is."""

    person: str
    v: int | None = None
    state: PersonState | None = None
    why: Sentence | None = None


class ApprovalsView(BaseModel):
    """In the order in which they were asked for."""

    items: list[ApprovedView]


def decide_together(asked: Approvals, *, institution: str, request: Request) -> ApprovalsView:
    """Approve each that still qualifies.

    Raises:
        Problem: `not-found` for another institution or one without a round, `window-closed` or `window-not-open` where
            nobody can decide; what hinders a single record is told of it alone.
    """
    request.actor.require_institution(institution)
    return request.once.answer(ApprovalsView, lambda: _approve_all(asked, institution, request))


def _approve_all(asked: Approvals, institution: str, request: Request) -> ApprovalsView:
    round_ = gate.read_round(institution)
    if not round_.windows[Window.VERIFICATION].holds(request.received) and not _has_begun(asked, request):
        round_.require(Window.VERIFICATION, request.received)
    answer = ApprovalsView(items=[_approve(each, institution, request, len(asked.items)) for each in asked.items])
    remembered = request.once.remember(answer)
    if remembered:
        ungated.commit(remembered)
    return answer


def _has_begun(asked: Approvals, request: Request) -> bool:
    """Whether a first try that came in time was cut off: then its retry is told what it did."""
    return any(request.once.part(each.person, each).answered(Moved) for each in asked.items)


def _approve(asked: Approval, institution: str, request: Request, together: int) -> ApprovedView:
    own = replace(request, once=request.once.part(asked.person, asked))
    try:
        dossier = load_dossier_to_work_on(request.actor, institution, asked.person)
        moved = own.once.answer(Moved, lambda: _decide(dossier, asked, own, together))
    except Problem as problem:
        return ApprovedView(person=asked.person, why=sentence_of(problem))
    return ApprovedView(person=asked.person, v=moved.v, state=moved.state)


def _decide(dossier: Dossier, asked: Approval, request: Request, together: int) -> Moved:
    dossier.person.require_version(asked.v)
    opened = opened_by(request.actor.id, asked.opened, request.received)
    if (why := hindrance_to(dossier, opened, request.actor)) is not None:
        raise Problem(Code.CONFLICT, why)
    every = [CriterionBody(criterion=criterion, verdict=Verdict.LOLOS) for criterion in Criterion]
    return decide(dossier, Judgement(v=asked.v, criteria=every, opened=asked.opened), request, together=together)
