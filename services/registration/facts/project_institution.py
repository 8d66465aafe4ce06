"""Keep what finalization says of institutions: that one takes part, and in which phase it is."""

from services.kernel import clock
from services.kernel.events.facts import (
    InstitutionOpened,
    InstitutionPhaseChanged,
    RosterListed,
    VerificationReopened,
)
from services.registration.adapters import institution_store, reminder_queue
from services.registration.model.reminder_step import ReminderStep
from services.registration.shared.daytime import is_day


def project_opened(fact: InstitutionOpened) -> None:
    """An institution takes part under this name."""
    institution_store.keep(fact.institution, {"title": fact.title, "kind": fact.kind}, clock="opened_v", v=fact.v)


def project_phase(fact: InstitutionPhaseChanged) -> None:
    """An institution's phase; what arrives late or twice changes nothing."""
    values = {"phase": fact.phase.value, "epoch": fact.epoch}
    institution_store.keep(fact.institution, values, clock="phase_v", v=fact.v)


def project_reopened(fact: VerificationReopened) -> None:
    """Have whoever was left undecided told that verdicts are given again, unless that is over by now.

    Told twice it is asked for twice, and nobody is told twice (kernel/notices/outbox.py).

    Raises:
        RuntimeError: the queue did not take it; the fact comes again.
    """
    now = clock.now()
    if now < fact.until:
        day = now.astimezone(clock.WIB).date()
        reminder_queue.send([ReminderStep(institution=fact.institution, day=day, reopened=fact.v)])


def project_listed(fact: RosterListed) -> None:
    """Have the pre-final list's people told whether they stand on it; of one made at night they hear in the morning.

    A step that is asked for at night would make the morning's the same message, which the queue takes once.

    Raises:
        RuntimeError: the queue did not take it; the fact comes again.
    """
    now = clock.now()
    if is_day(now):
        day = now.astimezone(clock.WIB).date()
        reminder_queue.send([ReminderStep(institution=fact.institution, day=day, listed=fact.v)])
