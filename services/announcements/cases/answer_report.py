"""The listed person answers a tanggapan about him, once, before it is decided (domain.md, section 3, *Cases*)."""

from typing import Final

from pydantic import BaseModel

from services.announcements.cases.get_report import ReportOfMe, load_own, view_report
from services.announcements.cases.stepping import keep_step
from services.announcements.cases.write_in_case import Done, MessageText
from services.announcements.model.case import ANSWERED, Case
from services.announcements.model.case_states import CaseStep
from services.kernel.problems import Code, Problem
from services.kernel.web.request import Request

_ONCE: Final = "Jawaban Anda sudah tercatat dan dibaca yang memutuskan."


class ReportAnswer(BaseModel):
    """What he answers."""

    text: MessageText


def answer_report(number: str, answer: ReportAnswer, request: Request) -> ReportOfMe:
    """Keep the answer with the case; from then on it may be decided.

    Raises:
        Problem: `not-found`, `conflict` where he has answered, `illegal-transition` for a closed case, `try-again`.
    """
    case = load_own(number, request.actor)
    request.once.answer(Done, lambda: keep_answer(case, answer.text, request, by=request.actor.id))
    return view_report(load_own(number, request.actor))


def keep_answer(case: Case, text: str, request: Request, *, by: str) -> Done:
    """Keep what he answers; `by` stands in the audit trail.

    Raises:
        Problem: `conflict` where he has answered, `illegal-transition` for a closed case, `try-again`.
    """
    if ANSWERED in case.said:
        raise Problem(Code.CONFLICT, _ONCE)
    after = case.moved(
        CaseStep.HEAR,
        request.received,
        said={**case.said, ANSWERED: text},
        heard_at=case.heard_at or request.received,
    )
    done = Done(number=case.number)
    keep_step(case, after, CaseStep.HEAR, actor=by, also=request.once.remember(done))
    return done
