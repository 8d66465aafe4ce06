"""`ENTRY` has ended: the portal pre-finalizes whoever has not done it (domain.md, section 3, *Own announcement*).

Every lane cuts entry by its own instant, so there is nothing to close: the step moves the institution's record and the
gate's meta, touches no lane and begins no epoch. So whoever was received in time is carried through as if nothing had
happened, an import for as long as it takes (docs/protocol.md).
"""

from dataclasses import replace
from datetime import datetime

from services.finalization.adapters import gates, store
from services.finalization.due.find_due import find_due
from services.finalization.institution.next_list import next_list
from services.finalization.institution.prefinalize_institution import ACTION
from services.finalization.model.counts import Counts
from services.finalization.model.institution import Institution
from services.finalization.model.phases import PHASE_MOVES, Step
from services.kernel.audit.chain import Event
from services.kernel.log import LogLine, log
from services.kernel.writes.calendar import DRAIN, Window
from services.kernel.writes.gate import ConditionLost

PORTAL = "system:prefinalize"
MAX_TRIES = 5


def is_due(institution: Institution, now: datetime) -> bool:
    """Whether the portal may make the list: `ENTRY` over without one, drain over, and the last check still to come."""
    since = institution.unlisted_since
    return since is not None and since + DRAIN <= now < institution.last_close


def prefinalize_ended(code: str, now: datetime) -> bool:
    """Number the list of one institution if it is due; returns whether this run did it.

    Late, doubled and stale runs are harmless: the record's version decides between this, the same by hand, an
    extension, a calendar, a finalization and the lock, and a list made since the close is not made again. Who has
    neither registered rows nor drafts, as far as facts have arrived, is left alone until he has.

    Raises:
        Problem: `try-again`; `version-moved` when the institution keeps changing. The message comes again.
    """
    for _ in range(MAX_TRIES):
        institution = find_due(code, now, is_due)
        if institution is None or not (counts := store.counts(code)).total:
            return False
        try:
            _prefinalize(institution, counts, now)
        except (store.VersionMoved, ConditionLost):
            log(LogLine.PREFINAL_STALE, institution=code, epoch=institution.epoch)
            continue
        log(LogLine.PREFINALIZED, institution=code, epoch=institution.epoch)
        return True
    raise store.VersionMoved


def _prefinalize(institution: Institution, counts: Counts, now: datetime) -> None:
    closed = institution.windows[Window.ENTRY].closes
    prefinal = next_list(institution, counts, now, entry=closed, automatic=True)
    phase = PHASE_MOVES.after(institution.phase, Step.END_ENTRY)
    after = replace(institution, phase=phase, prefinal=prefinal)
    event = Event(PORTAL, ACTION, now, {"number": prefinal.number, "count": prefinal.count})
    store.save(institution, after, event, [gates.phase(after)])
