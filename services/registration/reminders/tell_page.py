"""Tell a page of an institution's people something, no faster than the rate allows, and ask for the next page."""

import time
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import Final

from services.kernel.aws.dynamodb import Item
from services.kernel.log import LogLine, log
from services.kernel.states import PersonState
from services.registration.adapters import account_store, reminder_queue, roster_store
from services.registration.model.account import AccountState
from services.registration.model.person import Person
from services.registration.model.reminder_step import ReminderStep
from services.registration.people import sweep
from services.registration.settings import settings

MOST: Final = 200
"""People looked at in one step."""
SECONDS: Final = 20
"""A step lasts so long at most, however low the rate is set; the function has two minutes."""
_WORKERS: Final = 8


def tell_page(
    step: ReminderStep,
    states: Collection[PersonState],
    tell: Callable[[Item], bool],
    *,
    wait: Callable[[float], None] = time.sleep,
) -> None:
    """Let `tell` put by the notice of each person in one of these states, by his root item; True: he is written to.

    Raises:
        Problem, Busy, RuntimeError: a store is busy; the message comes again.
    """
    rate, began = settings().reminders_per_second, time.monotonic()
    size = min(MOST, rate * SECONDS)
    page = list(islice(_outlines(step, states, size), size))
    told = _count(page, tell)
    log(LogLine.REMINDED, institution=step.institution, count=told)
    wait(max(0.0, told / rate - (time.monotonic() - began)))
    if len(page) == size:
        reminder_queue.send([step.model_copy(update={"cursor": sweep.cursor_of(page[-1])})])


def is_reached(person: Person, identifier: str) -> bool:
    """Whether his account has a contact that a code has shown to be his."""
    account = account_store.load(identifier)
    if account is None or account.pid != person.pid or account.state is not AccountState.AKTIF:
        return False
    return bool(account_store.contact(account, person).verified)


def _outlines(step: ReminderStep, states: Collection[PersonState], size: int) -> Iterable[Item]:
    reached = step.cursor.partition(".")[0] if step.cursor else ""
    left = [state for state in sorted(states) if state.value >= reached]
    return sweep.outlines(step.institution, left, cursor=step.cursor, wanted=size)


def _count(page: list[Item], tell: Callable[[Item], bool]) -> int:
    """How many were told who had not been told before."""
    with ThreadPoolExecutor(_WORKERS) as workers:
        return sum(workers.map(tell, roster_store.roots(page)))
