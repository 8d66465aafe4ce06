"""The gate table, which finalization alone writes: operations only, for transactions that move META with it."""

from collections.abc import Iterator
from datetime import datetime
from functools import reduce
from operator import and_
from typing import Any

from boto3.dynamodb.conditions import ConditionBase

from services.finalization.adapters.institution_items import closing_stamps, stamps
from services.finalization.model.institution import Institution
from services.finalization.settings import settings
from services.kernel import clock
from services.kernel.aws.dynamodb import Attr, Operation, put, update
from services.kernel.writes import gate
from services.kernel.writes.calendar import Span, Window

OPEN = "OPEN"
CLOSED = "CLOSED"


def lane_names(institution: Institution) -> Iterator[str]:
    """Every lane of the round: those of people first, then those of imports."""
    yield from (str(lane) for lane in range(institution.lanes))
    yield from (f"{gate.IMPORT_LANE}{lane}" for lane in range(institution.import_lanes))


def opening(institution: Institution) -> list[Operation]:
    """Make meta and all lanes, open, none there yet: state, epoch and closes each, of meta also phase and lanes."""
    when = Attr("pk").not_exists()
    meta = {**_meta_key(institution), **_meta(institution), "state": OPEN}
    lanes = [{**_lane_key(institution, name), **_lane(institution), "state": OPEN} for name in lane_names(institution)]
    return [put(settings().gate_table, item, when=when) for item in [meta, *lanes]]


def moving(before: Institution, after: Institution) -> list[Operation]:
    """Move meta and all lanes from `before`'s epoch to `after`'s with its closes, if each is open and of that epoch.

    A locker that has begun to close them makes the transaction fail.
    """
    return _to_next_epoch(before, after, OPEN)


def reopening(before: Institution, after: Institution) -> list[Operation]:
    """Open meta and all lanes again under `after`'s epoch and closes, if each is closed and of `before`'s epoch."""
    return _to_next_epoch(before, after, CLOSED)


def _to_next_epoch(before: Institution, after: Institution, state: str) -> list[Operation]:
    when = Attr("state").eq(state) & Attr("ep").eq(before.epoch)
    moves = [(_meta_key(after), _meta(after)), *((_lane_key(after, name), _lane(after)) for name in lane_names(after))]
    return [update(settings().gate_table, key, values={**values, "state": OPEN}, when=when) for key, values in moves]


def phase(institution: Institution) -> Operation:
    """Tell meta the phase; windows, epoch and lanes stay."""
    values = {"phase": institution.phase.value}
    when = Attr("ep").eq(institution.epoch)
    return update(settings().gate_table, _meta_key(institution), values=values, when=when)


def waiving(institution: Institution, waived: Span) -> Operation:
    """Tell meta from when until when bkn's waiver holds; windows, epoch and lanes stay."""
    values = {gate.WAIVED_FROM: clock.millis(waived.opens), gate.WAIVED_UNTIL: clock.millis(waived.closes)}
    return update(settings().gate_table, _meta_key(institution), values=values, when=Attr("ep").eq(institution.epoch))


def closing_lane(institution: Institution, name: str, now: datetime) -> Operation:
    """Close one lane if its epoch is still this one and every window is over; closing it twice is the same."""
    key = _lane_key(institution, name)
    return update(settings().gate_table, key, values={"state": CLOSED}, when=_over(institution, now))


def closing_meta(institution: Institution, now: datetime) -> Operation:
    """Close meta, under the same condition as the lanes, and tell it the phase."""
    values = {"state": CLOSED, "phase": institution.phase.value}
    return update(settings().gate_table, _meta_key(institution), values=values, when=_over(institution, now))


def _over(institution: Institution, now: datetime) -> ConditionBase:
    closed = (Attr(gate.closes(window)).lte(clock.millis(now)) for window in Window)
    return reduce(and_, closed, Attr("ep").eq(institution.epoch))


def _meta_key(institution: Institution) -> dict[str, str]:
    return {"pk": f"G#{institution.code}"}


def _lane_key(institution: Institution, name: str) -> dict[str, str]:
    return {"pk": f"G#{institution.code}#{name}"}


def _meta(institution: Institution) -> dict[str, Any]:
    return {
        "ep": institution.epoch,
        "phase": institution.phase.value,
        "lanes": institution.lanes,
        "import_lanes": institution.import_lanes,
        **stamps(institution.windows),
    }


def _lane(institution: Institution) -> dict[str, Any]:
    return {"ep": institution.epoch, **closing_stamps(institution.windows)}
