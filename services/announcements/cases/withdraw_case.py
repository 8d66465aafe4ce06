"""Whoever filed a case takes it back. Where others joined it, it goes on for them."""

from services.announcements.adapters import case_store
from services.announcements.cases.filing import REPORTER_ACTOR
from services.announcements.cases.find_case import CaseStatus, status_of
from services.announcements.cases.number_and_code import NumberAndCode, open_case
from services.announcements.cases.stepping import keep_step
from services.announcements.cases.write_in_case import Done
from services.announcements.model.case import Case
from services.announcements.model.case_states import CaseStep
from services.kernel.problems import Code, Problem
from services.kernel.web.request import Request

_JOINED = (
    "Orang lain sudah mengirim laporan yang sama, jadi laporan ini tetap diputuskan. Anda tidak perlu berbuat apa-apa."
)


def withdraw_case(opened: NumberAndCode, request: Request) -> CaseStatus:
    """Take it back while it is open.

    Raises:
        Problem: `not-found`, `throttled`, `illegal-transition` for a closed case; `conflict` while it is being decided,
            and where others joined it; `try-again`.
    """
    case = open_case(opened, request.caller.network)
    request.once.answer(Done, lambda: _withdraw(case, request))
    return status_of(open_case(opened, request.caller.network), request.received)


def _withdraw(case: Case, request: Request) -> Done:
    after = case.moved(CaseStep.WITHDRAW, request.received, asked_until=None)
    case.require_nothing_noted(request.received)
    if case_store.joined_to(case.number):
        raise Problem(Code.CONFLICT, _JOINED)
    done = Done(number=case.number)
    keep_step(case, after, CaseStep.WITHDRAW, actor=REPORTER_ACTOR, also=request.once.remember(done))
    return done
