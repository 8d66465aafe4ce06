"""Which records may be approved together now, and why the others may not, before anybody says yes."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import BaseModel, Field

from services.kernel.problem_texts import sentence_of
from services.kernel.problems import Problem
from services.kernel.states import PersonState
from services.kernel.web.languages import Sentence
from services.kernel.web.request import Request
from services.kernel.writes import gate
from services.kernel.writes.calendar import Window
from services.registration.access.scope import load_dossier_to_work_on
from services.registration.queue.approvable import MOST, Candidate, hindrance_to
from services.registration.verification.papers import opened_by


class Candidates(BaseModel):
    """Records, and the openings of their papers."""

    items: Annotated[Sequence[Candidate], Field(max_length=MOST)]


class CandidateView(BaseModel):
    """A record as it would be approved, or `why` it may not be; of one that is not the reader's no more than that."""

    person: str
    v: int | None = None
    nama: str | None = None
    unit_kerja: str | None = None
    registration_number: str | None = None
    state: PersonState | None = None
    why: Sentence | None


class CandidatesView(BaseModel):
    """In the order in which they were asked for."""

    items: list[CandidateView]


def preview_approvals(asked: Candidates, *, institution: str, request: Request) -> CandidatesView:
    """Look at each record as it stands; nothing is written.

    Raises:
        Problem: `not-found` for another institution or one without a round, `window-closed` or `window-not-open` where
            nobody can decide, `try-again` when DynamoDB is busy.
    """
    request.actor.require_institution(institution)
    gate.read_round(institution).require(Window.VERIFICATION, request.received)
    return CandidatesView(items=[_look(each, institution, request) for each in asked.items])


def _look(asked: Candidate, institution: str, request: Request) -> CandidateView:
    try:
        dossier = load_dossier_to_work_on(request.actor, institution, asked.person)
    except Problem as problem:
        return CandidateView(person=asked.person, why=sentence_of(problem))
    person = dossier.person
    return CandidateView(
        person=person.pid,
        v=person.v,
        nama=person.nama,
        unit_kerja=person.unit_kerja,
        registration_number=person.registration_number,
        state=person.state,
        why=hindrance_to(dossier, opened_by(request.actor.id, asked.opened, request.received), request.actor),
    )
