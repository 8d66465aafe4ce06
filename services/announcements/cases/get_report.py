"""What a tanggapan says, for the listed person it is about: never who says so (domain.md, section 3, *Cases*)."""

from dataclasses import replace
from datetime import datetime

from pydantic import BaseModel

from services.announcements.adapters import case_store, institution_store
from services.announcements.cases.stepping import first_of
from services.announcements.model.case import ANSWERED, Case
from services.announcements.model.case_states import CaseStep
from services.kernel.audit.chain import Event
from services.kernel.cases import CaseKind
from services.kernel.cases.number import read_case_number
from services.kernel.clock import WIB
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Actor


class ReportOfMe(BaseModel):
    """What is said of him, and what he answered.

    `said` has what each says who reported the same of him. `answer_until`: nobody of the institution decides before,
    unless he has answered.
    """

    said: list[str]
    answer: str | None
    answer_until: datetime | None
    can_answer: bool


def get_report(number: str, actor: Actor, received: datetime) -> ReportOfMe:
    """The report, for the person himself; by reading it he is told.

    Raises:
        Problem: `not-found`, also for one about somebody else.
    """
    return view_report(note_told(load_own(number, actor), actor.id, received))


def note_told(case: Case, actor: str, at: datetime) -> Case:
    """The case, in which it is written down that he reads of it; his days run from the first time he is told.

    Whoever was faster moved the case meanwhile: then the next reading notes it.
    """
    if not case.is_unheard:
        return case
    after = replace(case, heard_at=at)
    return after if case_store.keep(case, after, Event(actor, CaseStep.HEAR.value, at, {})) else case


def view_report(case: Case) -> ReportOfMe:
    """The report as he sees it."""
    answer = case.said.get(ANSWERED)
    return ReportOfMe(
        said=reported_of(case),
        answer=answer,
        answer_until=None if case.heard_until is None else case.heard_until.astimezone(WIB),
        can_answer=case.is_open and answer is None,
    )


def reported_of(case: Case) -> list[str]:
    """What is said of him in this case and in the later ones; not by whoever took his own back."""
    joined = case_store.load_many(case_store.joined_to(case.number))
    return [each.said["alasan"] for each in (case, *joined) if not each.is_taken_back]


def load_own(number: str, actor: Actor) -> Case:
    """The tanggapan about whoever is signed in; where it follows an earlier one, that.

    His account must have an assurance, as his own page asks too (domain.md, section 3): who reported him knows the
    number, and could read and answer in his place from an account of his own making.

    Raises:
        Problem: `not-found`.
    """
    read = read_case_number(number)
    case = case_store.load(read) if read else None
    if case is None or case.kind is not CaseKind.TANGGAPAN or case.pid != actor.id or case.is_forgotten:
        raise Problem(Code.NOT_FOUND)
    if not institution_store.is_assured(case.institution, actor.id):
        raise Problem(Code.NOT_FOUND)
    return first_of(case)
