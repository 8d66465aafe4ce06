"""BKN moves windows of one institution, against its letter (domain.md, sections 3 and 7)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from services.finalization.adapters import gates, parts, store
from services.finalization.institution import phases, windows
from services.finalization.institution.asked import Asked
from services.finalization.institution.locking import locking
from services.finalization.institution.model import Extension, Institution
from services.finalization.institution.phases import Step
from services.kernel import clock
from services.kernel.aws.dynamodb import Operation
from services.kernel.calendar import Window
from services.kernel.gate import ConditionLost
from services.kernel.problems import Code, Problem, invalid

ACTION = "institution.extended"


class Movable(StrEnum):
    """What an extension may move: the four windows of the gate, and the due date of the signed SPTJM."""

    ENTRY = "ENTRY"
    DOSSIER = "DOSSIER"
    CORRECTION = "CORRECTION"
    VERIFICATION = "VERIFICATION"
    SPTJM = "SPTJM"


@dataclass(frozen=True)
class Letter:
    """The institution's letter that asks for it."""

    number: str
    date: date


def grant_extension(code: str, closing: Mapping[Movable, datetime], letter: Letter, asked: Asked) -> Institution:
    """Let the named windows close later; others, and other institutions, are unaffected.

    Raises:
        Problem: `not-found`, `version-moved`; `wrong-phase` for a locked institution (and for `SPTJM` before the
            seal); `invalid-fields` for an instant not later than now and than the present close, or a letter of the
            future.
    """
    institution = asked.institution(code)
    if asked.repeats(institution, ACTION):
        return institution
    asked.require_version(institution)
    _require_written(letter, asked.received)
    after, gate_moves = _moved(institution, closing, asked.received)
    after = replace(asked.remembered(after, ACTION), extensions=institution.extensions + 1)
    granted = _extension(after, closing, letter, asked)
    delta = {
        "number": granted.number,
        "letter": letter.number,
        "windows": {k: v.isoformat() for k, v in closing.items()},
    }
    try:
        return store.save(
            institution, after, asked.event(ACTION, delta), [parts.extension(after, granted), *gate_moves]
        )
    except ConditionLost as lost:
        raise locking() from lost


def _moved(
    institution: Institution, closing: Mapping[Movable, datetime], received: datetime
) -> tuple[Institution, list[Operation]]:
    after, moves = institution, list[Operation]()
    of_gate = {Window(name.value): instant for name, instant in closing.items() if name is not Movable.SPTJM}
    if Movable.SPTJM in closing:
        after = _with_later_sptjm(after, closing[Movable.SPTJM], received)
    if of_gate:
        after = replace(
            after,
            phase=phases.after(institution.phase, Step.EXTEND),
            windows=windows.moved(institution.windows, of_gate, received),
            epoch=institution.epoch + 1,
            finalized_at=None,
        )
        moves = gates.moving(institution, after)
    return after, moves


def _with_later_sptjm(institution: Institution, instant: datetime, received: datetime) -> Institution:
    phase = phases.after(institution.phase, Step.EXTEND_SPTJM)
    present = institution.sptjm.closes
    if present is None:
        raise Problem(Code.WRONG_PHASE, "Daftar instansi ini belum disegel. Tunggu segelnya, lalu perpanjang SPTJM.")
    windows.require_later(Movable.SPTJM.value, instant, present, received)
    return replace(institution, phase=phase, sptjm=replace(institution.sptjm, closes=instant))


def _require_written(letter: Letter, received: datetime) -> None:
    if letter.date > received.astimezone(clock.WIB).date():
        raise invalid("letter.date", "in-the-future", "Tanggal surat tidak boleh sesudah hari ini.")


def _extension(after: Institution, closing: Mapping[Movable, datetime], letter: Letter, asked: Asked) -> Extension:
    return Extension(
        number=after.extensions,
        epoch=after.epoch,
        letter_number=letter.number,
        letter_date=letter.date,
        windows={name.value: instant for name, instant in closing.items()},
        by=asked.actor.id,
        at=asked.received,
    )
