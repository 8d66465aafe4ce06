"""Once a day, in the morning in WIB, every institution is looked at for deadlines that are near."""

from datetime import date, datetime, timedelta

from services.kernel import clock
from services.kernel.aws import ttl_store
from services.kernel.log import LogLine, log
from services.registration.adapters import institution_store, reminder_queue
from services.registration.adapters.account_store import NATIONAL
from services.registration.model.reminder_step import ReminderStep
from services.registration.shared.daytime import is_day


def begin_reminders(now: datetime) -> int:
    """Ask for a step of each institution and one of bkn, unless it is night or the day has begun; returns how many.

    A day whose morning was missed is made up for before the evening.

    The day is noted last: whoever is killed before has it all asked for again, and nobody is told twice.

    Raises:
        RuntimeError: when the queue did not take all; the next hour's run asks again.
    """
    day = now.astimezone(clock.WIB).date()
    if not is_day(now) or ttl_store.read(_key(day)) is not None:
        return 0
    steps = [ReminderStep(institution=code, day=day) for code in (*institution_store.codes(), NATIONAL)]
    reminder_queue.send(steps)
    ttl_store.keep(_key(day), {}, now + timedelta(days=2))
    log(LogLine.REMINDERS_BEGUN, count=len(steps))
    return len(steps)


def _key(day: date) -> str:
    return f"reminders#{day.isoformat()}"
