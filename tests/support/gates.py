"""A gate for tests of services that only look at it; finalization's own tests open rounds the real way."""

from collections.abc import Mapping

from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.settings import settings
from services.kernel.states import Phase
from services.kernel.writes import gate
from services.kernel.writes.calendar import DEFAULT_2022, Round, Span, Window

LANES = 2
IMPORT_LANES = 1


def open_gate(
    institution: str,
    *,
    epoch: int = 1,
    phase: Phase = Phase.PENGINPUTAN,
    windows: Mapping[Window, Span] = DEFAULT_2022,
) -> Round:
    """Write meta and lanes of an institution's gate, over whatever was there, and return the round."""
    closing = {gate.closes(window): clock.millis(span.closes) for window, span in windows.items()}
    opening = {gate.opens(window): clock.millis(span.opens) for window, span in windows.items()}
    meta = {"pk": f"G#{institution}", "ep": epoch, "phase": phase.value, "lanes": LANES, "import_lanes": IMPORT_LANES}
    names = [str(lane) for lane in range(LANES)] + [f"{gate.IMPORT_LANE}{lane}" for lane in range(IMPORT_LANES)]
    lanes = [{"pk": f"G#{institution}#{name}", "state": "OPEN", "ep": epoch, **closing} for name in names]
    table = settings().gate_table
    dynamodb.transact([dynamodb.put(table, item) for item in [{**meta, "state": "OPEN", **closing, **opening}, *lanes]])
    return gate.read_round(institution)


def close_lanes(institution: str) -> None:
    """Close every lane as the locker does, without moving meta."""
    names = [str(lane) for lane in range(LANES)] + [f"{gate.IMPORT_LANE}{lane}" for lane in range(IMPORT_LANES)]
    keys = [{"pk": f"G#{institution}#{name}"} for name in names]
    table = settings().gate_table
    dynamodb.transact([dynamodb.update(table, key, values={"state": "CLOSED"}) for key in keys])
