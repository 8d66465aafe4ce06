"""What a tanggapan says, for the listed person it is about: never who says so (domain.md, section 3, *Cases*)."""

from datetime import datetime

from pydantic import BaseModel

from services.announcements.adapters import case_store
from services.announcements.model.case import ANSWERED, Case
from services.kernel.cases import CaseKind
from services.kernel.cases.number import read_case_number
from services.kernel.clock import WIB
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Actor


class ReportOfMe(BaseModel):
    """What is said of him, and what he answered.

    `answer_until`: nobody of the institution decides before, unless he has answered.
    """

    said: str
    answer: str | None
    answer_until: datetime | None
    can_answer: bool


def get_report(number: str, actor: Actor) -> ReportOfMe:
    """The report, for the person himself.

    Raises:
        Problem: `not-found`, also for one about somebody else.
    """
    return view_report(load_own(number, actor))


def view_report(case: Case) -> ReportOfMe:
    """The report as he sees it."""
    answer = case.said.get(ANSWERED)
    return ReportOfMe(
        said=case.said["alasan"],
        answer=answer,
        answer_until=None if case.heard_until is None else case.heard_until.astimezone(WIB),
        can_answer=case.is_open and answer is None,
    )


def load_own(number: str, actor: Actor) -> Case:
    """The tanggapan about whoever is signed in.

    Raises:
        Problem: `not-found`.
    """
    read = read_case_number(number)
    case = case_store.load(read) if read else None
    if case is None or case.kind is not CaseKind.TANGGAPAN or case.pid != actor.id or case.is_forgotten:
        raise Problem(Code.NOT_FOUND)
    return case
