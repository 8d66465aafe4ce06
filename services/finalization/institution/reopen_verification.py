"""BKN opens `VERIFICATION` alone again, for who had submitted in time and was left undecided (domain.md, section 3)."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from services.finalization.adapters import gates, letter_items, store
from services.finalization.model.counts import Counts
from services.finalization.model.institution import Institution, Own, Reopening
from services.finalization.model.phases import PHASE_MOVES, Step
from services.finalization.model.sptjm_states import SPTJM_MOVES, SptjmStep
from services.finalization.shared.asked import event_of, load_own, require_version
from services.finalization.shared.locking import being_locked_problem
from services.finalization.sptjm.standing import keep_standing
from services.finalization.sptjm.void_sptjm import void_sptjm
from services.kernel import clock
from services.kernel.aws.dynamodb import Operation
from services.kernel.problems import Code, Problem, invalid_problem
from services.kernel.web.request import Request
from services.kernel.writes.calendar import Window
from services.kernel.writes.gate import ConditionLost

ACTION = "institution.rechecked"
LONGEST: Final = timedelta(days=14)
_ONCE = "Verifikasi instansi ini sudah pernah dibuka kembali tanpa surat. Untuk membukanya lagi diperlukan surat."
_NOBODY = "Tidak ada orang di instansi ini yang sudah mengajukan dan belum diputus."
_UNSEALED = "Daftar instansi ini belum disegel. Tunggu segelnya, lalu buka kembali verifikasinya."


def reopen_verification(code: str, closes: datetime, reason: str, v: int | None, request: Request) -> Institution:
    """Let verdicts be given until `closes`, back in `PRAFINAL` under a new epoch; every other window stays closed.

    Without a letter, once per institution, while its signed statement is taken in, for 14 days at most. An accepted
    statement counts on until that of the next seal is; any other is void. Registration tells the people concerned.

    Raises:
        Problem: `not-found`, `version-moved`; `wrong-phase` for one that is not final or not sealed, was opened so
            before, or left nobody undecided who had submitted; `window-closed` when its SPTJM was due; `invalid-fields`
            for an instant that is not later than now, or more than 14 days later.
    """
    institution = load_own(code, request.actor)
    require_version(institution, v)
    phase = PHASE_MOVES.after(institution.phase, Step.RECHECK)
    _require_allowed(institution, store.counts(code), request.received)
    _require_within(closes, request.received)
    after, uploads = _with_sptjm(_opened(institution, closes), institution, reason, request.received)
    after = replace(after, phase=phase)
    filed = Reopening(
        number=after.reopenings,
        epoch=after.epoch,
        letter=None,
        windows={Window.VERIFICATION.value: closes},
        reason=reason,
        by=request.actor.id,
        at=request.received,
    )
    delta = {"number": filed.number, "closes": closes.isoformat(), "reason": reason, "epoch": after.epoch}
    also = [letter_items.reopening(after, filed), *gates.reopening(institution, after), *uploads]
    try:
        return store.save(institution, after, event_of(request, ACTION, delta), also, request.once)
    except ConditionLost as lost:
        raise being_locked_problem() from lost


def open_until(institution: Institution, counts: Counts, now: datetime) -> datetime | None:
    """Until when bkn may open its `VERIFICATION` so; None when it may not now."""
    try:
        PHASE_MOVES.after(institution.phase, Step.RECHECK)
        _require_allowed(institution, counts, now)
    except Problem:
        return None
    return institution.sptjm.closes


def _require_allowed(institution: Institution, counts: Counts, received: datetime) -> None:
    due = institution.sptjm.closes
    if institution.seal is None or due is None:
        raise Problem(Code.WRONG_PHASE, _UNSEALED)
    if institution.rechecked is not None:
        raise Problem(Code.WRONG_PHASE, _ONCE)
    if received >= due:
        raise Problem(
            Code.WINDOW_CLOSED,
            f"Verifikasi dapat dibuka kembali tanpa surat sampai batas SPTJM, {clock.wib(due)}. Sesudahnya diperlukan "
            "surat instansi.",
            window="SPTJM",
            closed_at=due.astimezone(clock.WIB).isoformat(),
            zone="WIB",
        )
    if not counts.left_undecided:
        raise Problem(Code.WRONG_PHASE, _NOBODY)


def _require_within(closes: datetime, received: datetime) -> None:
    if closes <= received:
        raise invalid_problem("closes", "in-the-past", "Waktu ini sudah lewat. Pilih waktu sesudah sekarang.")
    if closes > received + LONGEST:
        last = clock.wib(received + LONGEST)
        raise invalid_problem("closes", "too-long", f"Paling lama {LONGEST.days} hari, sampai {last}.")


def _opened(institution: Institution, closes: datetime) -> Institution:
    check = replace(institution.windows[Window.VERIFICATION], closes=closes)
    return replace(
        institution,
        epoch=institution.epoch + 1,
        windows={**institution.windows, Window.VERIFICATION: check},
        own={window: Own.SET if window is Window.VERIFICATION else Own.CUT for window in Window},
        finalized_at=None,
        locked_at=None,
        seal=None,
        reopenings=institution.reopenings + 1,
        rechecked=institution.reopenings + 1,
    )


def _with_sptjm(
    opened: Institution, before: Institution, reason: str, at: datetime
) -> tuple[Institution, list[Operation]]:
    if SPTJM_MOVES.allowed(before.sptjm.state, SptjmStep.RECHECK):
        sptjm, standing = keep_standing(before)
        return replace(opened, sptjm=sptjm, standing=standing), []
    sptjm, voiding = void_sptjm(before, reason, at)
    return replace(opened, sptjm=sptjm), voiding
