"""Whoever filed a case writes: an answer to a question, or what he forgot."""

from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, Field

from services.announcements.adapters import case_store
from services.announcements.cases.filing import REPORTER_ACTOR
from services.announcements.cases.find_case import CaseStatus, status_of
from services.announcements.cases.number_and_code import NumberAndCode, open_case
from services.announcements.cases.stepping import first_of, load_again
from services.announcements.model.case import Case, Message, Writer
from services.announcements.model.case_states import CaseStep
from services.kernel.audit.chain import Event
from services.kernel.problems import Code, Problem
from services.kernel.values.texts import clean_paragraph
from services.kernel.web.request import Request
from services.kernel.writes import patience, ungated

MAX_MESSAGES: Final = 50
"""Messages of whoever filed one case *(ours)*."""
MessageText = Annotated[str, Field(min_length=2, max_length=2000), AfterValidator(clean_paragraph)]
_ENOUGH: Final = "Sudah terlalu banyak pesan pada laporan ini. Tunggu jawabannya, atau buat laporan baru."


class Written(NumberAndCode):
    """What opens the case, and the message."""

    text: MessageText


class Done(BaseModel):
    """What a retry is answered from."""

    number: str


def write_in_case(written: Written, request: Request) -> CaseStatus:
    """Add a message; a question is answered by it, also by one of those who joined the case: staff read whose it is.

    Raises:
        Problem: `not-found`, `throttled`, `illegal-transition` for a closed case, `try-again`.
    """
    case = open_case(written, request.caller.network)
    request.once.answer(Done, lambda: add_message(case, written.text, request))
    return status_of(open_case(written, request.caller.network), request.received)


def add_message(case: Case, text: str, request: Request) -> Done:
    """Add his message; whatever staff did since `case` was read, to the case as it then is.

    Raises:
        Problem: `throttled`, `illegal-transition` for a closed case, `try-again`.
    """
    case.require_his(CaseStep.WRITE)
    done = Done(number=case.number)
    for attempt in range(ungated.MAX_TRIES):
        first = first_of(case)
        if sum(message.by == case.number for message in case_store.messages_of(first)) >= MAX_MESSAGES:
            raise Problem(Code.THROTTLED, _ENOUGH)
        after = first.moved(CaseStep.WRITE, request.received, asked_until=None)
        message = Message(request.received, Writer.PELAPOR, text, by=case.number)
        also = [case_store.put_message(first, message), *request.once.remember(done)]
        event = Event(REPORTER_ACTOR, CaseStep.WRITE.value, request.received, {"case": case.number})
        if case_store.keep(first, after, event, also):
            return done
        patience.pause(attempt)
        case = load_again(case)
    raise Problem(Code.TRY_AGAIN, retry_after=1)
