"""One step of a case: moved, kept with its link of the audit trail and what is told of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.announcements.adapters import case_store
from services.announcements.model.case import Case
from services.announcements.model.case_states import CaseStep
from services.kernel.audit.chain import Event
from services.kernel.aws.dynamodb import Operation
from services.kernel.problems import Code, Problem


def keep_step(
    before: Case,
    after: Case,
    step: CaseStep,
    *,
    actor: str,
    said: Mapping[str, Any] | None = None,
    also: Sequence[Operation] = (),
) -> None:
    """Keep a case after a step, which was taken at `after.moved_at`; `said` is what the trail holds of it.

    Raises:
        Problem: `try-again` when somebody else was faster.
    """
    event = Event(actor, step.value, after.moved_at, said or {})
    if not case_store.keep(before, after, event, also):
        raise Problem(Code.TRY_AGAIN, retry_after=1)


def load_again(case: Case) -> Case:
    """The case as it stands now.

    Raises:
        Problem: `not-found`.
    """
    found = case_store.load(case.number)
    if found is None:
        raise Problem(Code.NOT_FOUND)
    return found


def first_of(case: Case) -> Case:
    """The case that this one follows, or itself: what is written goes there, and what is decided there holds here.

    Raises:
        Problem: `not-found`.
    """
    first = case_store.load(case.joined) if case.joined else case
    if first is None:
        raise Problem(Code.NOT_FOUND)
    return first
