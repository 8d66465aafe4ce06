"""Make the end of one institution's round final: close its lanes, then file the lock."""

from dataclasses import replace
from datetime import datetime, timedelta

from services.finalization.adapters import calendar_store, gates, parts, store
from services.finalization.calendar.apply_calendar import apply_calendar, follows
from services.finalization.institution import phases
from services.finalization.institution.model import Institution
from services.finalization.institution.phases import Step
from services.kernel import ungated
from services.kernel.audit import Event
from services.kernel.aws.dynamodb import Cancelled
from services.kernel.gate import ConditionLost
from services.kernel.log import LogLine, log
from services.kernel.problems import Code, Problem

ACTION = "institution.locked"

DRAIN = timedelta(seconds=35)
"""How long after the last close the lanes stay open, for who was received in time and is still being carried through.

Longer than any function that writes through the gate may run (30 s at most, services/*/.chalice/config.json), so that
after it no such write can be on its way. The windows refuse newcomers all the while (design.md, section 4).
"""


LANES_AT_ONCE = 24
"""Lanes closed in one transaction: 72 of them take three, and the slowest hundredth of locks stays below half a second
(docs/deadline-simulation.md). Not all in one, for then a single lane that a writer still holds would keep all open."""


class LockStuckError(Exception):
    """The gate refuses to close although nothing has moved: its items disagree with the institution's record."""


def is_due(institution: Institution, now: datetime) -> bool:
    """Whether the lanes may be closed: not locked yet, last window over, drain over."""
    return institution.locked_at is None and now >= institution.last_close + DRAIN


def lock_institution(code: str, now: datetime) -> bool:
    """Lock one institution if it is due; returns whether this run did it.

    Late, doubled, interrupted and stale runs are harmless: every step asks for the epoch that was read and for
    windows that are over, closing a lane twice is the same as once, and a lock is filed once per epoch.

    Raises:
        LockStuckError: when nothing moved and the gate still refuses.
        Problem: `try-again` when a lane stays busy.
    """
    institution = store.find(code)
    if institution is None or not is_due(institution, now):
        return False
    institution = _under_calendar(institution)
    if not is_due(institution, now):
        return False
    try:
        _lock(institution, now)
    except (Cancelled, ConditionLost, store.Moved) as refused:
        if store.load(code, with_private=False).v == institution.v:
            raise LockStuckError(code) from refused
        log(LogLine.LOCK_STALE, institution=code, epoch=institution.epoch)
        return False
    log(LogLine.LOCKED, institution=code, epoch=institution.epoch)
    return True


def _under_calendar(institution: Institution) -> Institution:
    """The institution once it follows the calendar that stands: word of it may still be waiting in its queue.

    A calendar set before the close is written before the drain is over, so nobody is locked under an older one. Where
    a lane is closed already, a run came this far before and found nothing newer: the lock goes on.
    """
    if not follows(institution, calendar_store.load()):
        return institution
    try:
        apply_calendar(institution.code)
    except Problem as refused:
        if refused.code is not Code.WRONG_PHASE:
            raise
    return store.load(institution.code)


def _lock(institution: Institution, now: datetime) -> None:
    _close_lanes(institution, now)
    locked = replace(institution, phase=phases.after(institution.phase, Step.LOCK), locked_at=now)
    event = Event("system:lock_institution", ACTION, now, {"phase": locked.phase.value, "epoch": locked.epoch})
    store.save(institution, locked, event, [gates.closing_meta(locked, now), parts.lock(locked, now)])


def _close_lanes(institution: Institution, now: datetime) -> None:
    closings = [gates.closing_lane(institution, name, now) for name in gates.lane_names(institution)]
    for start in range(0, len(closings), LANES_AT_ONCE):
        ungated.insist(closings[start : start + LANES_AT_ONCE])
