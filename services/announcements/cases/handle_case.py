"""Staff handle a case: take it, ask whoever filed it, or write to him."""

from pydantic import BaseModel, Field

from services.announcements.adapters import case_store
from services.announcements.cases.case_view import CaseView, view_case
from services.announcements.cases.stepping import keep_step
from services.announcements.cases.tell import tell_message
from services.announcements.cases.who_may import load_readable, require_decider, require_first
from services.announcements.cases.write_in_case import MessageText
from services.announcements.model.case import ANSWERED_WITHIN, Case, Message, Writer
from services.announcements.model.case_states import CaseStep
from services.kernel.security.sessions import Role
from services.kernel.web.request import Request


class OnCase(BaseModel):
    """The version of the case that a deed was decided on."""

    v: int = Field(ge=1)


class MessageBody(OnCase):
    """What is written to whoever filed it; `asks`: he is to answer, within 14 days."""

    text: MessageText
    asks: bool = False


class CaseVersion(BaseModel):
    """What a retry is answered from."""

    v: int


def take_case(code: str, number: str, body: OnCase, request: Request) -> CaseView:
    """Make a case one's own, so that colleagues see who answers.

    Raises:
        Problem: `not-found`, `forbidden`, `own-record`, `version-moved`, `illegal-transition`; `conflict` for one that
            follows another; `try-again`.
    """
    case = _load(code, number, request)
    request.once.answer(CaseVersion, lambda: _take(case, body, request))
    return view_case(_load(code, number, request), request.actor, request.received)


def write_to_reporter(code: str, number: str, body: MessageBody, request: Request) -> CaseView:
    """Write to whoever filed it; a question stops the case until he answers, at most 14 days.

    Raises:
        Problem: `not-found`, `forbidden`, `own-record`, `version-moved`, `illegal-transition`; `conflict` while
            somebody else carries a decision out, and for one that follows another; `try-again`.
    """
    case = _load(code, number, request)
    request.once.answer(CaseVersion, lambda: _write(case, body, request))
    return view_case(_load(code, number, request), request.actor, request.received)


def writer_of(request: Request) -> Writer:
    """From whose side a member of staff writes."""
    return Writer.BKN if request.actor.role is Role.BKN else Writer.INSTANSI


def _load(code: str, number: str, request: Request) -> Case:
    case = load_readable(code, number, request.actor)
    require_decider(case, request.actor)
    require_first(case)
    return case


def _take(case: Case, body: OnCase, request: Request) -> CaseVersion:
    case.require_version(body.v)
    after = case.moved(CaseStep.TAKE, request.received, handler=request.actor.id)
    done = CaseVersion(v=case.v + 1)
    keep_step(case, after, CaseStep.TAKE, actor=request.actor.id, also=request.once.remember(done))
    return done


def _write(case: Case, body: MessageBody, request: Request) -> CaseVersion:
    case.require_version(body.v)
    step = CaseStep.ASK if body.asks else CaseStep.ANSWER
    asked = {"asked_until": request.received + ANSWERED_WITHIN} if body.asks else {}
    after = case.moved(step, request.received, handler=request.actor.id, **asked)
    if body.asks:
        case.require_nothing_noted(request.received, by=request.actor.id)
    message = Message(request.received, writer_of(request), body.text, by=request.actor.id, asks=body.asks)
    done = CaseVersion(v=case.v + 1)
    also = [case_store.put_message(case, message), *tell_message(case), *request.once.remember(done)]
    keep_step(case, after, step, actor=request.actor.id, also=also)
    return done
