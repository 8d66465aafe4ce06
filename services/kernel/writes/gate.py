"""The gate: the one place that builds transactions on the roster, on dossiers and on upload intents.

A check followed by a write would let a write slip in after the lock. So the check of the window is
part of the write (design.md, section 4):

1. ConditionCheck on one of the institution's lanes: open, window closes after the receipt, epoch as read
2. the service's exact counters of the same lane
3. of each person it moves: the data, each with its own condition, and one link of his audit chain

The instant of receipt is the same at every try, so whoever came in time is carried through, however long it takes.

An item that another transaction holds is a conflict: wait a little (kernel/writes/patience.py), then take another lane,
eight tries at most; after that the caller hears 503 with `Retry-After`. An import keeps its lane, which is its alone.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from services.kernel import clock, metrics
from services.kernel.audit.chain import Link
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Busy, Cancelled, Item, Operation, Written
from services.kernel.log import LogLine, log
from services.kernel.metrics import Metric
from services.kernel.problems import Code, Problem
from services.kernel.settings import settings
from services.kernel.states import Phase
from services.kernel.writes import calendar, patience
from services.kernel.writes.calendar import Round, Span, Window

MAX_TRIES = patience.MAX_TRIES
IMPORT_LANE = "i"
"""Import lanes are named `i0`, `i1` …; a lane belongs to one import worker at a time."""
WAIVED_FROM, WAIVED_UNTIL = "waived_from", "waived_until"
"""Attributes of meta: from when until when bkn's waiver for an office of one holds, in milliseconds."""


@dataclass(frozen=True)
class MovedPerson:
    """One person whom a gated write moves by one version.

    `counters` are deltas on the lane's counter item in the service's own table, beside the version that is counted for
    each person. `link` is the next one of his audit chain; None where the link of a writer's own lane stands for him.
    """

    operations: Sequence[Operation]
    counters: Mapping[str, int]
    link: Link | None


@dataclass(frozen=True)
class OwnLane:
    """A lane that belongs to one writer alone, as an import's does: its counter item heads an audit chain of its own.

    `link` is the next one of that chain; `advance` makes the operation that moves head and counters together.
    """

    name: str
    link: Link
    advance: Callable[[Mapping[str, int]], Operation]


@dataclass(frozen=True)
class GatedWrite:
    """What a use case wants committed in one institution: all its people move, or none.

    `received` is the instant the request (or the fact behind it) was first accepted, the same at every attempt.
    `require` refuses what the window alone does not rule out, such as a return in the last days of another window: it
    is asked with the round under whose epoch the write then commits, so that it follows an extension in flight.
    """

    round: Round
    window: Window
    received: datetime
    people: Sequence[MovedPerson]
    lane: OwnLane | None = None
    require: Callable[[Round, datetime], None] | None = None


class ConditionLost(Exception):
    """Conditions of the caller's own operations did not hold: `failed` has them by label, each with what was there."""

    def __init__(self, failed: Mapping[str, Item | None]) -> None:
        super().__init__(", ".join(failed))
        self.failed = failed


def read_round(institution: str, *, consistent: bool = True) -> Round:
    """The institution's gate as it stands; what is only shown may be a moment old (`consistent=False`).

    Raises:
        Problem: `not-found` when no round was opened for it.
    """
    return round_of(institution, dynamodb.get(settings().gate_table, round_key(institution), consistent=consistent))


def round_key(institution: str) -> dict[str, str]:
    """The key of an institution's gate, for whoever reads it together with something else."""
    return {"pk": f"G#{institution}"}


def round_of(institution: str, meta: Item | None) -> Round:
    """The gate in the item of this key.

    Raises:
        Problem: `not-found` when no round was opened for it.
    """
    if meta is None:
        raise Problem(Code.NOT_FOUND)
    return Round(
        institution=institution,
        epoch=meta["ep"],
        phase=Phase(meta["phase"]),
        lanes=meta["lanes"],
        import_lanes=meta["import_lanes"],
        windows={
            window: Span(clock.from_millis(meta[opens(window)]), clock.from_millis(meta[closes(window)]))
            for window in Window
        },
        waived=_waived(meta),
    )


def unmoved(round_: Round) -> Operation:
    """The operation that lets its transaction fail unless the round stands as it was read: in its phase, its epoch."""
    as_read = Attr("phase").eq(round_.phase.value) & Attr("ep").eq(round_.epoch)
    return dynamodb.check(settings().gate_table, round_key(round_.institution), when=as_read)


def _waived(meta: Item) -> Span | None:
    if WAIVED_UNTIL not in meta:
        return None
    return Span(clock.from_millis(meta[WAIVED_FROM]), clock.from_millis(meta[WAIVED_UNTIL]))


def closes(window: Window) -> str:
    """The gate attribute that holds the closing instant of a window, in milliseconds."""
    return window.value.lower()


def opens(window: Window) -> str:
    """The gate attribute that holds the opening instant of a window, in milliseconds."""
    return f"{window.value.lower()}_opens"


def commit(write: GatedWrite) -> None:
    """Commit everything or nothing, if the window was open at the instant of receipt.

    A request in flight while the epoch moves (extension, early finalization) is carried through under the new one.

    Raises:
        Problem: `window-closed`, `window-not-open`, or `try-again` after the last try.
        Problem: whatever `write.require` raises.
        ConditionLost: when one of the caller's own conditions did not hold.
    """
    figures = dict[Metric, float]()
    try:
        write.round.require(write.window, write.received)
        _require(write)
        _commit(write, figures)
    except Problem as problem:
        if problem.code in _TOLD:
            figures[_TOLD[problem.code]] = 1
        raise
    finally:
        if figures:
            metrics.publish(figures, write.window)


_TOLD = {Code.WINDOW_CLOSED: Metric.GATE_REFUSED, Code.TRY_AGAIN: Metric.GATE_GAVE_UP}


def _commit(write: GatedWrite, figures: dict[Metric, float]) -> None:
    lane = ""
    for attempt in range(MAX_TRIES):
        lane = write.lane.name if write.lane else _another_lane(write.round.lanes, lane)
        figures[Metric.GATE_TRIES] = attempt + 1
        try:
            dynamodb.transact(_operations(write, lane))
        except (Busy, Cancelled) as refused:
            if isinstance(refused, Cancelled) and not refused.busy:
                write = replace(write, round=_moved_round(write, refused))
                _require(write)
                continue
        else:
            return
        log(LogLine.GATE_CONFLICT, institution=write.round.institution, lane=lane, attempt=attempt)
        figures[Metric.GATE_CONFLICTS] = figures.get(Metric.GATE_CONFLICTS, 0) + 1
        if attempt + 1 < MAX_TRIES:
            patience.pause(attempt)
    log(LogLine.GATE_GAVE_UP, institution=write.round.institution, window=write.window.value)
    raise Problem(Code.TRY_AGAIN, retry_after=1)


def _require(write: GatedWrite) -> None:
    if write.require is not None:
        write.require(write.round, write.received)


def _another_lane(lanes: int, last: str) -> str:
    """Any lane but the last one; the last one again where there is no other."""
    chosen = random.randrange(lanes)  # noqa: S311 - spreads load, guards nothing
    if str(chosen) != last:
        return str(chosen)
    return str((chosen + random.randrange(1, max(lanes, 2))) % lanes)  # noqa: S311


def _operations(write: GatedWrite, lane: str) -> list[Operation]:
    links = [*(person.link for person in write.people), write.lane.link if write.lane else None]
    chained = [link.operation for link in links if link is not None]
    return [_still_open(write, lane), _counted(write, lane), *_own(write), *chained]


def _own(write: GatedWrite) -> Iterator[Operation]:
    return (operation for person in write.people for operation in person.operations)


def _still_open(write: GatedWrite, lane: str) -> Operation:
    still_open = Written(
        "#state = :open AND #closes > :received AND #ep = :ep",
        {"#state": "state", "#closes": closes(write.window), "#ep": "ep"},
        {":open": "OPEN", ":received": clock.millis(write.received), ":ep": write.round.epoch},
    )
    institution = write.round.institution
    key = {"pk": f"G#{institution}#{lane}"}
    return dynamodb.check(settings().gate_table, key, when=still_open, label=_lane_label(institution))


def _counted(write: GatedWrite, lane: str) -> Operation:
    """Each person is one version, and whatever else he counts for (registration/adapters/counter_store.py)."""
    sums = {"w": len(write.people)}
    for person in write.people:
        for name, delta in person.counters.items():
            sums[name] = sums.get(name, 0) + delta
    if write.lane is not None:
        return write.lane.advance(sums)
    institution = write.round.institution
    return dynamodb.update(settings().table, {"pk": f"C#{institution}#{lane}", "sk": "@"}, add=sums)


def _lane_label(institution: str) -> str:
    return f"lane {institution}"


def _moved_round(write: GatedWrite, cancelled: Cancelled) -> Round:
    """What a cancelled transaction means: the round as it is now, when only the epoch moved; else an exception.

    A cancellation that is neither a conflict nor a condition (an item too large …) is a mistake of ours and stays one.
    """
    failed, lane = cancelled.failed(), _lane_label(write.round.institution)
    if not failed:
        raise cancelled
    if lane not in failed:
        raise _lost(write, failed) from cancelled
    now = _as_lane_says(write.round, failed[lane]) or read_round(write.round.institution)
    if now.epoch == write.round.epoch or not now.windows[write.window].holds(write.received):
        log(LogLine.GATE_REFUSED, institution=write.round.institution, window=write.window.value)
        raise calendar.closed_problem(write.window, now.windows[write.window].closes) from cancelled
    return now


def _lost(write: GatedWrite, failed: Mapping[str, Item | None]) -> Exception:
    """What the caller asked for himself is told; where all of that held, an audit chain has moved."""
    own = {operation.label for operation in _own(write)}
    lost = {label: old for label, old in failed.items() if label in own}
    return ConditionLost(lost) if lost else Problem(Code.VERSION_MOVED)


def _as_lane_says(known: Round, lane: Item | None) -> Round | None:
    """The round as the lane has it that refused; meta may still be behind it (tests/model, `carried`)."""
    if lane is None:
        return None
    windows = {
        window: Span(span.opens, clock.from_millis(lane[closes(window)])) for window, span in known.windows.items()
    }
    return replace(known, epoch=lane["ep"], windows=windows)
