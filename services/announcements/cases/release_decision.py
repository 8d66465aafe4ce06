"""Registration refused to carry a noted decision out: it keeps colleagues away no longer (domain.md, section 3).

Nothing is lost by it. Which decision was carried out registration alone says (`case.settled`), and announcements takes
that one whatever was released, noted or decided meanwhile; so a page that releases what was carried out after all, its
answer being lost on the way, changes nothing but who may try.
"""

from typing import Annotated

from pydantic import BaseModel, Field

from services.announcements.adapters import case_store
from services.announcements.cases.case_view import CaseView, view_case
from services.announcements.cases.handle_case import CaseVersion
from services.announcements.cases.stepping import keep_step
from services.announcements.cases.who_may import load_readable, require_decider
from services.announcements.model.case import Case
from services.announcements.model.case_states import CASE_MOVES, CaseStep
from services.kernel.web.request import Request


class Refused(BaseModel):
    """The id of the decision that registration refused to carry out."""

    decision: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]


def release_decision(code: str, number: str, refused: Refused, request: Request) -> CaseView:
    """Let others decide at once; of a decision that is another's, or keeps nobody away, nothing changes.

    Raises:
        Problem: `not-found`, `forbidden`, `own-record`, `try-again`.
    """
    case = load_readable(code, number, request.actor)
    require_decider(case, request.actor)
    request.once.answer(CaseVersion, lambda: _release(case, refused, request))
    return view_case(load_readable(code, number, request.actor), request.actor, request.received)


def _release(case: Case, refused: Refused, request: Request) -> CaseVersion:
    noted = case_store.noted_of(case, refused.decision)
    is_his = noted is not None and noted.decision.by == request.actor.id == case.noted_by
    if not is_his or not CASE_MOVES.allowed(case.state, CaseStep.RELEASE):
        return CaseVersion(v=case.v)
    after = case.moved(CaseStep.RELEASE, request.received, noted_until=None, noted_by=None)
    done = CaseVersion(v=case.v + 1)
    said = {"decision": refused.decision}
    keep_step(case, after, CaseStep.RELEASE, actor=request.actor.id, said=said, also=request.once.remember(done))
    return done
