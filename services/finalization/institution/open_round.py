"""BKN takes an institution into the round, or corrects what is on record about it."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime

from services.finalization.adapters import calendar_store, gates, store
from services.finalization.model.institution import Institution, Kind, Ppk, require_code
from services.finalization.model.sptjm_states import SPTJM_MOVES, SptjmState, SptjmStep
from services.finalization.shared.asked import event_of
from services.kernel.problems import Code, Problem
from services.kernel.security import privacy
from services.kernel.web.request import Request
from services.kernel.writes.calendar import Window, closed_problem
from services.kernel.writes.gate import ConditionLost

ACTION = "institution.opened"
RECORD_ACTION = "institution.recorded"

MAX_TRIES = 5
LARGEST = 200_000
IMPORT_LANES = 8
_LANES = ((5_000, 8), (50_000, 32), (LARGEST, 64))
"""People at most → lanes (design.md, section 4): with more lanes, two writers seldom meet on one."""

_SIGNED = frozenset({SptjmState.DIUNGGAH, SptjmState.DITERIMA})


@dataclass(frozen=True)
class InstitutionRecord:
    """What BKN keeps of an institution; `size` is about how many people it expects to list."""

    name: str
    kind: Kind
    size: int
    ppk: Ppk | None


def lanes_for(size: int) -> int:
    """How many lanes an institution of this size gets for the whole round."""
    return next(lanes for most, lanes in _LANES if size <= most)


def open_round(code: str, record: InstitutionRecord, request: Request) -> Institution:
    """Open the round for an institution: its record, its gate and all lanes, in one transaction.

    It starts with the calendar that stands; one that is set at the same moment reaches it by its queue or is seen here.
    For one that is open already only the record is corrected; lanes never change during a round. Doing it twice is
    the same as doing it once.

    Raises:
        Problem: `window-closed` when the calendar is over; `wrong-phase` when the PPK on record has already signed.
    """
    for _ in range(MAX_TRIES):
        present = store.find(require_code(code))
        if present is not None:
            return _correct(present, record, request)
        try:
            return _open(code, record, request)
        except (store.VersionMoved, ConditionLost):  # somebody opened it, or set another calendar, at the same moment
            continue
    raise store.VersionMoved


def _open(code: str, record: InstitutionRecord, request: Request) -> Institution:
    calendar = calendar_store.load()
    _require_future(calendar.windows[Window.VERIFICATION].closes, request.received)
    institution = Institution(
        code=code,
        title=record.name,
        kind=record.kind,
        size=record.size,
        ppk=record.ppk,
        windows=calendar.windows,
        calendar_v=calendar.v,
        lanes=lanes_for(record.size),
        import_lanes=IMPORT_LANES,
        salt=privacy.new_salt(),
        changed_at=request.received,
    )
    also = [calendar_store.unmoved(calendar), store.directory_entry(institution), *gates.opening(institution)]
    return store.save(None, institution, event_of(request, ACTION, _plain(record)), also, request.once)


def _correct(present: Institution, record: InstitutionRecord, request: Request) -> Institution:
    corrected = replace(present, title=record.name, kind=record.kind, size=record.size, ppk=record.ppk)
    if corrected == present:
        return store.remember(present, request.once)
    if present.ppk != record.ppk and present.sptjm.state in _SIGNED:
        sentence = "SPTJM sudah ditandatangani PPK yang tercatat. Kembalikan SPTJM lebih dahulu, lalu ganti PPK."
        raise Problem(Code.WRONG_PHASE, sentence)
    event = event_of(request, RECORD_ACTION, _plain(record))
    return store.save(present, _reworded(present, corrected), event, once=request.once)


def _reworded(present: Institution, corrected: Institution) -> Institution:
    """A statement that was printed, but does not count yet, must be printed anew when what it says is corrected."""
    said = (present.title, present.ppk) == (corrected.title, corrected.ppk)
    if said or not SPTJM_MOVES.allowed(present.sptjm.state, SptjmStep.REWORD):
        return corrected
    state = SPTJM_MOVES.after(present.sptjm.state, SptjmStep.REWORD)
    return replace(corrected, sptjm=replace(present.sptjm, state=state, since=present.v + 1, reason=None))


def _require_future(last: datetime, received: datetime) -> None:
    if received >= last:
        raise closed_problem(Window.VERIFICATION, last)


def _plain(record: InstitutionRecord) -> dict[str, object]:
    return {**asdict(record), "kind": record.kind.value}
