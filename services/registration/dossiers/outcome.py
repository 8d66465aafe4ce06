"""What has become of a person's record: by its state, and by how far the round of his institution is.

Whoever's time is over is told so, and after the lock what became of him, never to go on (domain.md, section 4).
"""

from datetime import datetime
from enum import StrEnum
from typing import Final

from services.kernel.states import GONE, LOCKED, PersonState
from services.kernel.writes.calendar import Round, Window


class Stage(StrEnum):
    """How far a round is, seen by one of its people."""

    EARLY = "EARLY"
    """He may not begin yet."""
    OPEN = "OPEN"
    """He may complete and submit."""
    CLOSED = "CLOSED"
    """His own time is over; his institution still corrects and decides."""
    LOCKING = "LOCKING"
    """Every window is closed; the lock follows after the drain."""
    LOCKED = "LOCKED"


class Outcome(StrEnum):
    """What his pages tell him."""

    EARLY = "EARLY"
    YOURS = "YOURS"
    """It is his turn: he completes, and submits."""
    SUBMITTED = "SUBMITTED"
    """His institution decides; he may take it back while his window is open."""
    DECIDED = "DECIDED"
    """Decided, and not yet locked; what he still changes is kept beside the verdict, marked."""
    HALTED = "HALTED"
    """A draft, disputed, on its way to another institution, or deleted: before the lock this may still change."""
    AWAITED = "AWAITED"
    """His time is over and his institution decides."""
    LOCKING = "LOCKING"
    LISTED = "LISTED"
    """Locked, on the final list. So are the following, which are not on it."""
    UNDECIDED = "UNDECIDED"
    REJECTED = "REJECTED"
    DISPUTED = "DISPUTED"
    MOVED = "MOVED"
    DELETED = "DELETED"
    DRAFT = "DRAFT"


_HALTED: Final = frozenset({PersonState.DRAF, PersonState.KONFLIK, *GONE})
_OPEN: Final = {
    PersonState.TERDAFTAR: Outcome.YOURS,
    PersonState.AKUN_DIBUAT: Outcome.YOURS,
    PersonState.DIKEMBALIKAN: Outcome.YOURS,
    PersonState.DIAJUKAN: Outcome.SUBMITTED,
    PersonState.MEMENUHI_SYARAT: Outcome.DECIDED,
    PersonState.TIDAK_MEMENUHI_SYARAT: Outcome.DECIDED,
}
_LOCKED: Final = {
    PersonState.MEMENUHI_SYARAT: Outcome.LISTED,
    PersonState.TERDAFTAR: Outcome.UNDECIDED,
    PersonState.AKUN_DIBUAT: Outcome.UNDECIDED,
    PersonState.DIAJUKAN: Outcome.UNDECIDED,
    PersonState.DIKEMBALIKAN: Outcome.UNDECIDED,
    PersonState.TIDAK_MEMENUHI_SYARAT: Outcome.REJECTED,
    PersonState.KONFLIK: Outcome.DISPUTED,
    PersonState.PINDAH: Outcome.MOVED,
    PersonState.DIHAPUS: Outcome.DELETED,
    PersonState.DRAF: Outcome.DRAFT,
}
_SHUT: Final = {Stage.EARLY: Outcome.EARLY, Stage.CLOSED: Outcome.AWAITED}


def stage_of(round_: Round, now: datetime) -> Stage:
    """How far a round is at an instant; one that BKN opened again is no longer locked."""
    dossier = round_.windows[Window.DOSSIER]
    if round_.phase in LOCKED:
        return Stage.LOCKED
    if now < dossier.opens:
        return Stage.EARLY
    if now < dossier.closes:
        return Stage.OPEN
    return Stage.CLOSED if now < round_.last_close else Stage.LOCKING


def outcome_of(state: PersonState, stage: Stage) -> Outcome:
    """What has become of a record in this state, at this stage of the round."""
    if stage is Stage.LOCKED:
        return _LOCKED[state]
    if stage is Stage.LOCKING:
        return Outcome.LOCKING
    if state in _HALTED:
        return Outcome.HALTED
    return _OPEN[state] if stage is Stage.OPEN else _SHUT[stage]
