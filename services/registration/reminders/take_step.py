"""One step of the day's reminders: what is due of an institution is told its staff, then page by page its people.

The same step tells whose requests for correction are overdue: admins after three working days, bkn after five.

All of it is idempotent, `(event, recipient)` once (kernel/notices/outbox.py): a step that was killed is done again.
"""

from services.kernel import clock
from services.kernel.problems import Code, Problem
from services.kernel.writes import gate
from services.kernel.writes.calendar import Round, Window
from services.registration.adapters import reminder_queue
from services.registration.adapters.account_store import NATIONAL
from services.registration.model.reminder_step import ReminderStep
from services.registration.reminders import deadlines
from services.registration.reminders.begin_listed import LOOK_BACK, begin_listed
from services.registration.reminders.remind_of_cases import remind_of_cases
from services.registration.reminders.remind_of_requests import remind_bkn, remind_of_requests
from services.registration.reminders.remind_people import remind_people
from services.registration.reminders.remind_staff import remind_staff
from services.registration.reminders.tell_listed import tell_listed
from services.registration.reminders.tell_message import tell_message
from services.registration.reminders.tell_reopened import tell_reopened


def take_step(step: ReminderStep) -> None:
    """Do the step, under the calendar that stands now: an extension in flight moves what is due.

    Raises:
        Problem, RuntimeError: a store is busy; the message comes again.
    """
    if step.institution == NATIONAL:
        remind_bkn(step.day, clock.now())
        return
    if step.message is not None:
        tell_message(step.institution, step.message)
        return
    round_ = _round(step.institution)
    if round_ is None:
        return
    if step.reopened is not None:
        tell_reopened(step, round_)
        return
    if step.listed is not None:
        tell_listed(step, round_)
        return
    if step.closes is None:
        _look(step, round_)
        return
    deadline = deadlines.find(round_, clock.from_millis(step.closes), step.days, clock.now())
    if deadline is not None:
        remind_people(step, deadline)


def _look(step: ReminderStep, round_: Round) -> None:
    remind_of_requests(step.day, round_, clock.now())
    begin_listed(round_, clock.now(), within=LOOK_BACK)
    remind_of_cases(step.day, step.institution, clock.now())
    for deadline in deadlines.near(round_, clock.now()):
        remind_staff(deadline, round_)
        if Window.DOSSIER in deadline.windows:
            told = {"closes": clock.millis(deadline.closes), "days": deadline.days}
            reminder_queue.send([step.model_copy(update=told)])


def _round(institution: str) -> Round | None:
    try:
        return gate.read_round(institution)
    except Problem as problem:
        if problem.code is Code.NOT_FOUND:
            return None
        raise
