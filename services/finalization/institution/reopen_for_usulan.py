"""BKN opens corrections and dossiers again for usulan that the close left undecided (domain.md, section 3, *Cases*).

One button, before the lock and after it: nothing to fill in, and no letter, for it is the public that waits.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from services.finalization.adapters import gates, letter_items, store
from services.finalization.model import windows
from services.finalization.model.counts import Counts
from services.finalization.model.institution import Institution, Own, Reopening
from services.finalization.model.open_cases import open_cases
from services.finalization.model.phases import PHASE_MOVES, Step
from services.finalization.shared.asked import event_of, load_own, require_version
from services.finalization.shared.locking import being_locked_problem
from services.finalization.sptjm.standing import end_standing
from services.finalization.sptjm.void_sptjm import void_sptjm
from services.kernel.aws.dynamodb import Operation
from services.kernel.cases import CaseKind
from services.kernel.problems import Code, Problem
from services.kernel.web.request import Request
from services.kernel.writes.calendar import Window
from services.kernel.writes.gate import ConditionLost

ACTION = "institution.usulan_reopened"
REASON: Final = "Usulan belum diputuskan saat perbaikan ditutup."
OPEN_FOR: Final = timedelta(days=5)
"""From the press."""
VERIFIED_FOR: Final = timedelta(days=3)
"""How much longer at least verdicts may be given: who comes last must be judged too."""
_NONE = "Tidak ada usulan instansi ini yang menunggu putusan."
_STILL_OPEN = "Perbaikan instansi ini masih dibuka: usulan masih dapat diputuskan."
_RECHECKING = (
    "Verifikasi instansi ini sedang dibuka kembali tanpa surat. "
    "Tunggu sampai datanya terkunci lagi, lalu buka untuk usulan."
)


def reopen_for_usulan(code: str, v: int | None, request: Request) -> Institution:
    """Open `CORRECTION` and `DOSSIER` for five days from the press, and keep `VERIFICATION` open three days longer.

    Before the lock only windows move: one that closes later anyway stays. After it the round is opened again, back in
    `PRAFINAL`; the seal is no longer the institution's, and the SPTJM that speaks of it is void. Both under a new
    epoch, filed as a reopening without letter.

    Raises:
        Problem: `not-found`, `version-moved`; `wrong-phase` while corrections are open, while verification alone is
            open again, where no usulan waits, and for one that never took part.
    """
    institution = load_own(code, request.actor)
    require_version(institution, v)
    waiting = open_cases(store.counts(code))[CaseKind.USULAN]
    _require_allowed(institution, waiting, request.received)
    closing = _closing(institution, request.received)
    after, also = _opened(institution, closing, request.received)
    filed = Reopening(
        number=after.reopenings,
        epoch=after.epoch,
        letter=None,
        windows={window.value: instant for window, instant in closing.items()},
        reason=REASON,
        by=request.actor.id,
        at=request.received,
    )
    delta = {"number": filed.number, "waiting": waiting, "epoch": after.epoch}
    also = [letter_items.reopening(after, filed), *also]
    try:
        return store.save(institution, after, event_of(request, ACTION, delta), also, request.once)
    except ConditionLost as lost:
        raise being_locked_problem() from lost


def usulan_to_open_for(institution: Institution, counts: Counts, now: datetime) -> int | None:
    """How many usulan bkn may open the round again for; None when it may not now."""
    waiting = open_cases(counts)[CaseKind.USULAN]
    try:
        _require_allowed(institution, waiting, now)
    except Problem:
        return None
    return waiting


def _require_allowed(institution: Institution, waiting: int, received: datetime) -> None:
    PHASE_MOVES.after(institution.phase, Step.REOPEN_USULAN)
    if institution.is_rechecking:
        raise Problem(Code.WRONG_PHASE, _RECHECKING)
    if received < institution.correction_closes:
        raise Problem(Code.WRONG_PHASE, _STILL_OPEN)
    if not waiting:
        raise Problem(Code.WRONG_PHASE, _NONE)


def _closing(institution: Institution, received: datetime) -> Mapping[Window, datetime]:
    """Which windows close when; one of a round that is not locked stays as it is where it closes later anyway."""
    until = received + OPEN_FOR
    wanted = {Window.DOSSIER: until, Window.CORRECTION: until, Window.VERIFICATION: until + VERIFIED_FOR}
    return {window: at for window, at in wanted.items() if at > institution.windows[window].closes}


def _opened(
    institution: Institution, closing: Mapping[Window, datetime], received: datetime
) -> tuple[Institution, list[Operation]]:
    moved = replace(
        institution,
        phase=PHASE_MOVES.after(institution.phase, Step.REOPEN_USULAN),
        epoch=institution.epoch + 1,
        windows=windows.moved(institution.windows, closing, received),
        finalized_at=None,
        reopenings=institution.reopenings + 1,
    )
    if institution.locked_at is None:
        after = replace(moved, own=windows.moved_own(institution.own, closing))
        return after, gates.moving(institution, after)
    sptjm, voiding = void_sptjm(institution, REASON, received)
    voiding += end_standing(institution, REASON, received)
    own = {window: Own.SET if window in closing else Own.CUT for window in Window}
    after = replace(moved, own=own, locked_at=None, seal=None, sptjm=sptjm, standing=None)
    return after, [*gates.reopening(institution, after), *voiding]
