"""Bring one institution under the round's calendar."""

from dataclasses import replace

from services.finalization.adapters import calendar_store, gates, store
from services.finalization.model import windows
from services.finalization.model.calendar import Calendar
from services.finalization.model.institution import Institution
from services.finalization.shared.locking import being_locked_problem
from services.kernel import clock
from services.kernel.audit.chain import Event
from services.kernel.problems import Code, Problem
from services.kernel.writes.gate import ConditionLost

ACTION = "institution.calendar_applied"
MAX_TRIES = 5


def apply_calendar(code: str) -> None:
    """Let an institution follow the calendar as it stands now, in every window that is not its own.

    Once per version of the calendar: late, doubled and overtaken messages do nothing. A locked institution is left
    alone, and so is the gate where no window moves.

    Raises:
        Problem: `wrong-phase` while the locker is at work, `version-moved` when the institution keeps changing; the
            message comes again.
    """
    calendar = calendar_store.load()
    for _ in range(MAX_TRIES):
        institution = store.find(code)
        if institution is None or not is_behind(institution, calendar):
            return
        try:
            _apply(institution, calendar)
        except store.VersionMoved:
            continue
        except ConditionLost as lost:
            raise being_locked_problem() from lost
        return
    raise store.VersionMoved


def brought_up_to_date(institution: Institution) -> Institution:
    """The institution once it follows the calendar that stands: word of it may still be waiting in its queue.

    Who concludes something from a close asks here first. A calendar set before the close is written before the drain
    is over, so nothing is concluded under an older one. Where a lane is closed already, a locker came this far before
    and found nothing newer: the lock goes on.

    Raises:
        Problem: `version-moved` when the institution keeps changing.
    """
    if not is_behind(institution, calendar_store.load()):
        return institution
    try:
        apply_calendar(institution.code)
    except Problem as refused:
        if refused.code is not Code.WRONG_PHASE:
            raise
    return store.load(institution.code)


def is_behind(institution: Institution, calendar: Calendar) -> bool:
    """Whether the calendar still has something to say to it."""
    return institution.locked_at is None and institution.calendar_v < calendar.v


def under_calendar(institution: Institution, calendar: Calendar) -> Institution:
    """The institution under the calendar; a new epoch when a window moves."""
    laid = windows.overlaid(institution.windows, institution.own, calendar.windows)
    if laid == institution.windows:
        return replace(institution, calendar_v=calendar.v)
    return replace(institution, calendar_v=calendar.v, windows=laid, epoch=institution.epoch + 1)


def _apply(institution: Institution, calendar: Calendar) -> None:
    after = under_calendar(institution, calendar)
    moves = [] if after.epoch == institution.epoch else gates.moving(institution, after)
    event = Event("system:apply_calendar", ACTION, clock.now(), {"calendar": calendar.v})
    store.save(institution, after, event, moves)
