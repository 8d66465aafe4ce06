"""BKN lets one person of an office decide on what he entered himself (domain.md, section 2: recorded and shown)."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from services.finalization.adapters import gates, letter_items, store
from services.finalization.model.institution import Institution, Letter, Waiver
from services.finalization.shared.asked import event_of, load_own, require_version
from services.finalization.shared.letters import require_accepted, require_written
from services.finalization.shared.locking import being_locked_problem
from services.kernel import clock
from services.kernel.problems import Code, Problem, invalid_problem
from services.kernel.web.request import Request
from services.kernel.writes.gate import ConditionLost

ACTION = "waiver.granted"
LONGEST = timedelta(days=366)
"""How long one may be given for *(ours)*: a round is shorter, and a slip of the year is found."""

_LOCKED = "Data instansi ini sudah terkunci: tidak ada lagi yang diputus. Buka kembali lebih dahulu bila perlu."
_HOLDS = "Pengecualian sebelumnya masih berlaku. Cabut lebih dahulu, lalu beri yang baru."


def grant_waiver(code: str, letter: Letter, reason: str, until: date, v: int | None, request: Request) -> Institution:
    """Let it hold from the instant of receipt until the end of a day, Western Indonesian time.

    The gate's meta item has it in the same transaction, so that the next verdict already goes by it. The letter may
    have come on paper: its upload is optional.

    Raises:
        Problem: `not-found`, `version-moved`; `wrong-phase` for a locked institution; `conflict` while another one
            holds; `invalid-fields` for a day that is over or too far off, or a letter of the future or not accepted.
    """
    institution = load_own(code, request.actor)
    require_version(institution, v)
    if institution.locked_at is not None:
        raise Problem(Code.WRONG_PHASE, _LOCKED)
    if institution.round.is_waived(request.received):
        raise Problem(Code.CONFLICT, _HOLDS)
    require_written(letter, request.received)
    require_accepted(letter, code)
    number = len(institution.waived) + 1
    ends = _end_of(until, request.received)
    waiver = Waiver(number, letter, reason, at=request.received, until=ends, by=request.actor.id)
    after = replace(institution, waived=(*institution.waived, waiver.span))
    delta = {"number": number, "letter": letter.number, "until": until.isoformat(), "reason": reason}
    also = [letter_items.waiving(after, waiver), gates.waiving(after, waiver.span)]
    try:
        return store.save(institution, after, event_of(request, ACTION, delta), also, request.once)
    except ConditionLost as lost:
        raise being_locked_problem() from lost


def _end_of(day: date, received: datetime) -> datetime:
    """24.00 of the day.

    Raises:
        Problem: `invalid-fields`.
    """
    today = received.astimezone(clock.WIB).date()
    if day < today:
        raise invalid_problem("until", "in-the-past", "Hari ini sudah lewat. Pilih hari ini atau sesudahnya.")
    if day > today + LONGEST:
        raise invalid_problem("until", "too-late", "Paling lama satu tahun. Periksa tahunnya.")
    return datetime.combine(day + timedelta(days=1), time(), clock.WIB)
