"""What an extension does to an institution: the same for one asked for, granted, or granted unasked."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from services.finalization.adapters import gates
from services.finalization.model import windows
from services.finalization.model.institution import Institution
from services.finalization.model.phases import PHASE_MOVES, Step
from services.kernel.aws.dynamodb import Operation
from services.kernel.problems import Code, Problem
from services.kernel.writes.calendar import Window


class Movable(StrEnum):
    """What an extension may move: the four windows of the gate, and the due date of the signed SPTJM."""

    ENTRY = "ENTRY"
    DOSSIER = "DOSSIER"
    CORRECTION = "CORRECTION"
    VERIFICATION = "VERIFICATION"
    SPTJM = "SPTJM"


Closing = Mapping[Movable, datetime]

_RECHECKING = (
    "Verifikasi instansi ini dibuka kembali tanpa surat dan tidak dapat diperpanjang. "
    "Sesudah dikunci lagi, BKN dapat membukanya berdasarkan surat."
)


def extended(institution: Institution, closing: Closing, received: datetime) -> Institution:
    """The institution with the named windows closing later, as its own; others stay as they are.

    Raises:
        Problem: `wrong-phase` for a locked institution, for one whose `VERIFICATION` alone was opened again (and for
            `SPTJM` before the seal); `invalid-fields` for an instant not later than now and than the present close.
    """
    after = institution
    of_gate = {Window(name.value): instant for name, instant in closing.items() if name is not Movable.SPTJM}
    if Movable.SPTJM in closing:
        after = _with_later_sptjm(after, closing[Movable.SPTJM], received)
    if not of_gate:
        return after
    if institution.is_rechecking:
        raise Problem(Code.WRONG_PHASE, _RECHECKING)
    return replace(
        after,
        phase=PHASE_MOVES.after(institution.phase, Step.EXTEND),
        windows=windows.moved(institution.windows, of_gate, received),
        own=windows.moved_own(institution.own, of_gate),
        epoch=institution.epoch + 1,
        finalized_at=None,
    )


def gate_moves(before: Institution, after: Institution) -> list[Operation]:
    """What the gate must be told; nothing when only the SPTJM's due date moved."""
    return [] if before.epoch == after.epoch else gates.moving(before, after)


def by_window_name(closing: Closing) -> dict[str, datetime]:
    """The instants under the windows' plain names, as they are filed."""
    return {name.value: instant for name, instant in closing.items()}


def iso_instants(instants: Mapping[str, datetime]) -> dict[str, str]:
    """The same as the audit trail keeps them: ISO 8601 with offset, under the windows' plain names."""
    return {name: instant.isoformat() for name, instant in instants.items()}


def _with_later_sptjm(institution: Institution, instant: datetime, received: datetime) -> Institution:
    phase = PHASE_MOVES.after(institution.phase, Step.EXTEND_SPTJM)
    present = institution.sptjm.closes
    if present is None:
        raise Problem(Code.WRONG_PHASE, "Daftar instansi ini belum disegel. Tunggu segelnya, lalu perpanjang SPTJM.")
    windows.require_later(Movable.SPTJM.value, instant, present, received)
    return replace(institution, phase=phase, sptjm=replace(institution.sptjm, closes=instant))
