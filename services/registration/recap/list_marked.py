"""Verdicts that stand and that a PPK is told something of: whose, what was decided against what advice, and why.

He reads them before he signs; no honor, no files, no NIK (domain.md, sections 2 and 5).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Self

from pydantic import BaseModel

from services.kernel.aws.dynamodb import Busy
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Actor
from services.kernel.states import Category, PersonState, VerdictMark
from services.registration.adapters import person_items, row_store
from services.registration.eligibility.advice import Advice, Criterion
from services.registration.model.person import Person
from services.registration.search.find_people import Page, find_rows, record_shown
from services.registration.search.wanted import Wanted
from services.registration.shared.progress_views import advice_upon
from services.registration.verification.deciding import NotedDecisionView

AT_ONCE: Final = 20
"""People of an answer: each one's record is read and opened."""


@dataclass(frozen=True)
class MarkQuery:
    """Which verdicts, and where to go on."""

    mark: VerdictMark
    cursor: str | None = None


class AdvisedView(BaseModel):
    """What the engine advised on one criterion."""

    criterion: Criterion
    advice: Advice


class MarkedVerdict(BaseModel):
    """A person with the verdict that stands on him, and everything that is told of it (`marks`)."""

    id: str
    nama: str
    nomor_registrasi: str
    unit_kerja: str
    jabatan: str
    kategori: Category
    state: PersonState
    marks: list[VerdictMark]
    decision: NotedDecisionView
    advised: list[AdvisedView]

    @classmethod
    def of(cls, person: Person) -> Self:
        """The person as his PPK sees him; a verdict stands."""
        noted = person.private.decisions[-1]
        upon = advice_upon(person, noted)
        return cls(
            id=person.pid,
            nama=person.nama,
            nomor_registrasi=person.registration_number,
            unit_kerja=person.unit_kerja,
            jabatan=person.jabatan,
            kategori=person.kategori,
            state=person.state,
            marks=list(person.judged),
            decision=NotedDecisionView.for_staff(person, noted),
            advised=[AdvisedView(criterion=one.criterion, advice=one.advice) for one in upon.criteria] if upon else [],
        )


class MarkedPage(BaseModel):
    """Some of them, and the cursor that asks for more; `found` is how many there are altogether."""

    items: list[MarkedVerdict]
    cursor: str | None
    found: int


def list_marked(query: MarkQuery, *, institution: str, actor: Actor, received: datetime) -> MarkedPage:
    """One page of the verdicts with a mark; that somebody of BKN or an auditor read them is written down first.

    Raises:
        Problem: `not-found` for another institution or one without a round, `malformed` for a cursor of no use,
            `try-again` when DynamoDB is busy or the reading could not be written down.
    """
    page = Page(Wanted(mark=query.mark), query.cursor, AT_ONCE)
    rows, found, cursor = find_rows(page, institution, actor)
    people = list(_marked([row.pid for row in rows], query.mark))
    shown = [person.pid for person in people]
    record_shown(shown, institution=institution, actor=actor, received=received, action="read-recap")
    return MarkedPage(items=list(map(MarkedVerdict.of, people)), cursor=cursor, found=found)


def _marked(pids: list[str], mark: VerdictMark) -> Iterator[Person]:
    """The people as they stand now; the index may be a second behind."""
    try:
        roots = row_store.roots(pids)
    except Busy as busy:
        raise Problem(Code.TRY_AGAIN, retry_after=1) from busy
    for root in roots.values():
        person = person_items.to_person(root) if root else None
        if person is not None and person.is_decided and mark in person.judged:
            yield person
