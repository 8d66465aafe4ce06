"""Make the end of one institution's round final: close its lanes, then file the lock."""

from dataclasses import replace
from datetime import datetime

from services.finalization.adapters import gates, letter_items, parts, store
from services.finalization.due.find_due import find_due
from services.finalization.model.extension_states import EXTENSION_MOVES, ExtensionStep
from services.finalization.model.institution import Institution
from services.finalization.model.phases import PHASE_MOVES, Step
from services.kernel.audit.chain import Event
from services.kernel.aws.dynamodb import Cancelled, Operation
from services.kernel.log import LogLine, log
from services.kernel.writes import ungated
from services.kernel.writes.calendar import DRAIN
from services.kernel.writes.gate import ConditionLost

ACTION = "institution.locked"
LOCKER = "system:lock_institution"
LAPSED = "Data instansi terkunci sebelum permohonan ini diputuskan."

MAX_TRIES = 5
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

    Who changes while it is locked (an extension, a letter, a first row) is looked at again at once: the queue would not
    take a second message about it for minutes.

    Raises:
        LockStuckError: when nothing moved and the gate still refuses.
        Problem: `try-again` when a lane stays busy, `version-moved` when the institution keeps changing; the message
            comes again.
    """
    for _ in range(MAX_TRIES):
        institution = find_due(code, now, is_due)
        if institution is None:
            return False
        try:
            _lock(institution, now)
        except (Cancelled, ConditionLost, store.VersionMoved) as refused:
            if store.load(code, with_private=False).v == institution.v:
                raise LockStuckError(code) from refused
            log(LogLine.LOCK_STALE, institution=code, epoch=institution.epoch)
            continue
        log(LogLine.LOCKED, institution=code, epoch=institution.epoch)
        return True
    raise store.VersionMoved


def _lock(institution: Institution, now: datetime) -> None:
    _close_lanes(institution, now)
    phase = PHASE_MOVES.after(institution.phase, Step.LOCK)
    locked = replace(institution, phase=phase, locked_at=now, open_request=None)
    event = Event(LOCKER, ACTION, now, {"phase": locked.phase.value, "epoch": locked.epoch})
    also = [gates.closing_meta(locked, now), parts.lock(locked, now), *_lapsing(institution, locked, now)]
    store.save(institution, locked, event, also)


def _lapsing(institution: Institution, locked: Institution, now: datetime) -> list[Operation]:
    """A request that nobody has answered asks for what can no longer be given; what SPTJM needs is asked for anew."""
    request = letter_items.load_extension(institution, institution.open_request) if institution.open_request else None
    if request is None or not EXTENSION_MOVES.allowed(request.state, ExtensionStep.LAPSE):
        return []  # answered since the institution was read: then the record has moved, and the lock is tried again
    state = EXTENSION_MOVES.after(request.state, ExtensionStep.LAPSE)
    lapsed = replace(request, state=state, reason=LAPSED, decided_by=LOCKER, decided_at=now)
    return [letter_items.deciding(locked, lapsed)]


def _close_lanes(institution: Institution, now: datetime) -> None:
    closings = [gates.closing_lane(institution, name, now) for name in gates.lane_names(institution)]
    for start in range(0, len(closings), LANES_AT_ONCE):
        ungated.insist(closings[start : start + LANES_AT_ONCE])
