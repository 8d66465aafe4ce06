"""Keep what registration tells of an institution's office; facts may come twice and in any order."""

from services.finalization.adapters import office_store
from services.kernel.events.facts import RosterImported, StaffListed
from services.kernel.problems import Code, Problem
from services.kernel.writes import patience, ungated


def project_staff(fact: StaffListed) -> None:
    """Keep a member of staff's role, and whether he may sign in, unless something newer is known.

    Raises:
        Problem: `try-again` when others held his office's sums all the while.
    """
    for attempt in range(ungated.MAX_TRIES):
        was = office_store.load_user(fact.institution, fact.user)
        if was is not None and was.v >= fact.v:
            return
        if ungated.attempt(office_store.keep_user(fact, was)):
            return
        patience.pause(attempt)
    raise Problem(Code.TRY_AGAIN)


def project_import(fact: RosterImported) -> None:
    """Keep when the last file of people came.

    Raises:
        Problem: `try-again`.
    """
    ungated.commit([office_store.keep_import(fact)])
