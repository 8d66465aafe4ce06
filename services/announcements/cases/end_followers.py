"""What follows an earlier case about the same ends with it, so that its papers and reporter are forgotten too."""

from typing import Final

from services.announcements.adapters import case_store
from services.announcements.model.case import Case
from services.announcements.model.case_states import CASE_MOVES, CaseStep
from services.kernel.audit.chain import Event
from services.kernel.cases import CaseState
from services.kernel.events.facts import CaseMoved
from services.kernel.problems import Code, Problem
from services.kernel.writes import ungated

_SYSTEM: Final = "system:on_fact"
_ENDS_BY: Final = {
    CaseState.DIPUTUS: CaseStep.SETTLE_ACCEPTED,
    CaseState.DITOLAK: CaseStep.SETTLE_REFUSED,
    CaseState.KEDALUWARSA: CaseStep.EXPIRE_WITH_FIRST,
}
"""One that was taken back has nobody who goes on."""


def end_followers(fact: CaseMoved) -> None:
    """Give each that goes on with a closed case its state; done twice it is the same.

    Raises:
        Problem: `try-again`; the fact must come again.
    """
    first = case_store.load(fact.case)
    step = _ENDS_BY.get(first.state) if first is not None else None
    if first is None or step is None:
        return
    for number in case_store.joined_to(first.number):
        _end(number, first, step)


def _end(number: str, first: Case, step: CaseStep) -> None:
    for _ in range(ungated.MAX_TRIES):
        case = case_store.load(number)
        if case is None or case.state is first.state or not CASE_MOVES.allowed(case.state, step):
            return
        after = case.moved(step, first.moved_at)
        if case_store.keep(case, after, Event(_SYSTEM, step.value, first.moved_at, {})):
            return
    raise Problem(Code.TRY_AGAIN)
