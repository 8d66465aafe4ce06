"""In the morning, have the people of a pre-final list told that was made at night."""

from datetime import datetime, timedelta
from typing import Final

from services.kernel import clock
from services.kernel.states import Phase
from services.kernel.writes.calendar import Round
from services.registration.adapters import reminder_queue, seal_store
from services.registration.model.reminder_step import ReminderStep
from services.registration.shared.on_lists import latest_prefinal

LOOK_BACK: Final = timedelta(hours=36)
"""How old a list may be in the morning: also one whose day was missed is told, and nobody is told twice."""


def begin_listed(round_: Round, now: datetime, *, within: timedelta) -> None:
    """Ask for the first page of the latest pre-final list's people, if it was made within `within` and holds good.

    Raises:
        RuntimeError: the queue did not take it; whoever asks comes again.
    """
    made = seal_store.made(round_.institution)
    latest = latest_prefinal(made)
    if latest is None or round_.phase is not Phase.PRAFINAL or made[latest] <= now - within:
        return
    day = now.astimezone(clock.WIB).date()
    reminder_queue.send([ReminderStep(institution=round_.institution, day=day, listed=latest.number)])
