"""BKN opens a finalized round again, against the institution's letter (domain.md, sections 3 and 4)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from services.finalization.adapters import gates, letter_items, store
from services.finalization.model import windows
from services.finalization.model.institution import Institution, Letter, Own, Reopening
from services.finalization.model.phases import PHASE_MOVES, Step
from services.finalization.shared.asked import event_of, load_own, require_version
from services.finalization.shared.letters import require_accepted, require_written
from services.finalization.shared.locking import being_locked_problem
from services.finalization.sptjm.standing import end_standing
from services.finalization.sptjm.void_sptjm import void_sptjm
from services.kernel.web.request import Request
from services.kernel.writes.calendar import Window
from services.kernel.writes.gate import ConditionLost

ACTION = "institution.reopened"

Closing = Mapping[Window, datetime]


def reopen_institution(
    code: str, closing: Closing, letter: Letter, reason: str, v: int | None, request: Request
) -> Institution:
    """Open the named windows until the instants given, back in `PRAFINAL` under a new epoch; the rest stays closed.

    The seal is no longer the institution's, and the SPTJM that speaks of it is void; both stay on record.

    Raises:
        Problem: `not-found`, `version-moved`; `wrong-phase` for one that is not final; `invalid-fields` for an instant
            that is not later than now, or a letter of the future or not accepted.
    """
    institution = load_own(code, request.actor)
    require_version(institution, v)
    require_written(letter, request.received)
    require_accepted(letter, code)
    after = _reopened(institution, closing, request.received)
    sptjm, voiding = void_sptjm(institution, reason, request.received)
    voiding += end_standing(institution, reason, request.received)
    after = replace(after, sptjm=sptjm, standing=None)
    filed = Reopening(
        number=after.reopenings,
        epoch=after.epoch,
        letter=letter,
        windows={window.value: instant for window, instant in closing.items()},
        reason=reason,
        by=request.actor.id,
        at=request.received,
    )
    delta = {"number": filed.number, "letter": letter.number, "reason": reason, "epoch": after.epoch}
    gate = gates.reopening(institution, after)
    also = [letter_items.reopening(after, filed), *gate, *voiding]
    try:
        return store.save(institution, after, event_of(request, ACTION, delta), also, request.once)
    except ConditionLost as lost:
        raise being_locked_problem() from lost


def _reopened(institution: Institution, closing: Closing, received: datetime) -> Institution:
    return replace(
        institution,
        phase=PHASE_MOVES.after(institution.phase, Step.REOPEN),
        epoch=institution.epoch + 1,
        windows=windows.moved(institution.windows, closing, received),
        own={window: Own.SET if window in closing else Own.CUT for window in Window},
        finalized_at=None,
        locked_at=None,
        seal=None,
        reopenings=institution.reopenings + 1,
    )
