"""Keep, of every case, whether somebody still has to decide it: what the checklist counts (domain.md, section 3)."""

from services.finalization.adapters import case_store
from services.kernel.events.facts import CaseMoved
from services.kernel.problems import Code, Problem
from services.kernel.writes import patience, ungated


def project_case(fact: CaseMoved) -> None:
    """Take a case's state over, unless something newer is known; its institution's counter moves with it.

    Facts may come twice and in any order: a case that was closed before it was told open is not opened again. Cases of
    an institution that is locked are counted as well: bkn decides them then.

    Raises:
        Problem: `try-again` when others held the counters all the while.
    """
    for attempt in range(ungated.MAX_TRIES):
        was = case_store.load(fact.case)
        if was is not None and was.v >= fact.v:
            return
        if ungated.attempt(case_store.keep(fact, was)):
            return
        patience.pause(attempt)
    raise Problem(Code.TRY_AGAIN)
