"""The first row of an institution is listed: its entry has begun."""

from dataclasses import replace

from services.finalization.adapters import gates, store
from services.finalization.model.phases import PHASE_MOVES, Step
from services.kernel import clock
from services.kernel.audit.chain import Event
from services.kernel.writes.gate import ConditionLost

ACTION = "institution.started"
MAX_TRIES = 5


def begin_entry(code: str) -> None:
    """Move an institution that has not started to `PENGINPUTAN`; one that has, or is locked, stays as it is.

    Raises:
        Problem: `not-found` for an institution that has no round; `version-moved` when it keeps changing.
    """
    for _ in range(MAX_TRIES):
        institution = store.load(code)
        if not PHASE_MOVES.allowed(institution.phase, Step.START):
            return
        started = replace(institution, phase=PHASE_MOVES.after(institution.phase, Step.START))
        event = Event("system:on_fact", ACTION, clock.now(), {})
        try:
            store.save(institution, started, event, [gates.phase(started)])
        except (store.VersionMoved, ConditionLost):
            continue
        return
    raise store.VersionMoved
