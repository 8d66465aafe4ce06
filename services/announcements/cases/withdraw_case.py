"""Whoever filed a case takes it back: he alone is out of it, and where others stand it goes on for them."""

from collections.abc import Sequence
from typing import Final

from services.announcements.adapters import case_store
from services.announcements.cases.filing import REPORTER_ACTOR
from services.announcements.cases.find_case import CaseStatus, status_of
from services.announcements.cases.number_and_code import NumberAndCode, open_case
from services.announcements.cases.stepping import first_of, keep_step
from services.announcements.cases.write_in_case import Done
from services.announcements.model.case import Case
from services.announcements.model.case_states import CaseStep
from services.kernel.audit.chain import Event
from services.kernel.aws.dynamodb import Operation
from services.kernel.web.request import Request

_WITH_LAST: Final = {"with": "last"}
"""In the trail of a case whose own reporter had left before: the last one of the others left it now."""


def withdraw_case(opened: NumberAndCode, request: Request) -> CaseStatus:
    """Take it back while it is open.

    Raises:
        Problem: `not-found`, `throttled`, `illegal-transition` for a closed case, or one he took back; `conflict` while
            it is being decided; `try-again`, also where somebody joined or left at that moment.
    """
    case = open_case(opened, request.caller.network)
    request.once.answer(Done, lambda: _withdraw(case, request))
    return status_of(open_case(opened, request.caller.network), request.received)


def _withdraw(case: Case, request: Request) -> Done:
    case.require_his(CaseStep.WITHDRAW)
    first = first_of(case)
    first.moved(CaseStep.WITHDRAW, request.received)  # says where a closed one stands
    first.require_nothing_noted(request.received)
    followers = case_store.followers_of(first.number)
    done = Done(number=case.number)
    also = request.once.remember(done)
    if case.joined is None:
        _take_out_first(case, followers, request, also)
    else:
        _take_out(case, first, followers, request, also)
    return done


def _take_out_first(case: Case, followers: case_store.Followers, request: Request, also: Sequence[Operation]) -> None:
    same = [case_store.unjoined(case.number, followers), *also]
    if followers.numbers:
        after, step = case.moved(CaseStep.LEAVE, request.received, left_at=request.received), CaseStep.LEAVE
    else:
        after, step = case.moved(CaseStep.WITHDRAW, request.received, asked_until=None), CaseStep.WITHDRAW
    keep_step(case, after, step, actor=REPORTER_ACTOR, also=same)


def _take_out(
    case: Case, first: Case, followers: case_store.Followers, request: Request, also: Sequence[Operation]
) -> None:
    """One that joined goes; with the last one goes the case, if whoever filed it first had left."""
    after = case.moved(CaseStep.WITHDRAW, request.received)
    gone = [*case_store.leave(case, first.number, followers), *also]
    if first.left_at is not None and set(followers.numbers) <= {case.number}:
        closed = first.moved(CaseStep.WITHDRAW, request.received, asked_until=None)
        event = Event(REPORTER_ACTOR, CaseStep.WITHDRAW.value, request.received, _WITH_LAST)
        gone += case_store.step(first, closed, event)
    keep_step(case, after, CaseStep.WITHDRAW, actor=REPORTER_ACTOR, also=gone)
