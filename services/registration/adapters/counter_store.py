"""The exact counters of an institution's roster, one item a lane: `n` people, `st_<STATE>` in a state, `w` versions.

`waived` counts decisions that only bkn's waiver for an office of one allowed, `niks` people whose NIK was corrected;
they stay counted whatever follows. `asks` are people for whom another NIK is asked and nobody has decided.

Every gated write of registration adds 1 to `w` of its lane for each person it moves, by one version each: mostly one,
for an import as many as it writes rows. So, summed over all lanes, with nothing in flight:

- `n` is the number of people ever put on the roster (a deleted one stays, in state DIHAPUS)
- `st_<STATE>` is the number of people in that state
- `w` is the sum of all people's versions
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import suppress

from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Busy, Item, Key
from services.kernel.states import PersonState
from services.kernel.writes import gate, patience
from services.kernel.writes.calendar import Round
from services.registration.model.counts import Counts
from services.registration.settings import settings

BATCH_SIZE = 25
"""How many items one TransactGetItems reads here."""
_STATE = "st_"


def lane_key(institution: str, lane: str) -> dict[str, str]:
    """The key of one lane's counters (and, of an import lane, its audit head)."""
    return {"pk": f"C#{institution}#{lane}", "sk": "@"}


def current(round_: Round) -> Counts:
    """The counts as they stand while people work: each lane exact, the lanes read one after the other."""
    return _sum(dynamodb.get_many(settings().table, _keys(round_)))


def undisturbed(round_: Round) -> Counts:
    """The counts while people work, each lane read at a moment when no transaction is pending on it.

    So what a write has moved of people already, its lane's counter has counted too (tests/model, "a corrected NIK while
    the list is made").

    Raises:
        Busy: when one is pending on a lane at every try.
    """
    return _sum([_at_rest(key) for key in _keys(round_)])


def _at_rest(key: Key) -> Item | None:
    for attempt in range(patience.MAX_TRIES - 1):
        with suppress(Busy):
            return dynamodb.get_together(settings().table, [key])[0]
        patience.pause(attempt)
    return dynamodb.get_together(settings().table, [key])[0]


def settled(round_: Round) -> Counts:
    """The counts with no transaction pending on any lane.

    Raises:
        Busy: when one is.
    """
    keys = _keys(round_)
    batches = (keys[start : start + BATCH_SIZE] for start in range(0, len(keys), BATCH_SIZE))
    return _sum([item for batch in batches for item in dynamodb.get_together(settings().table, batch)])


def _keys(round_: Round) -> Sequence[dict[str, str]]:
    lanes = [str(lane) for lane in range(round_.lanes)]
    lanes += [f"{gate.IMPORT_LANE}{lane}" for lane in range(round_.import_lanes)]
    return [lane_key(round_.institution, lane) for lane in lanes]


def _sum(items: Iterable[Item | None]) -> Counts:
    total: Counter[str] = Counter()
    for item in items:
        total.update({name: value for name, value in (item or {}).items() if isinstance(value, int)})
    by_state = {state: total[_STATE + state.value] for state in PersonState if total[_STATE + state.value]}
    return Counts(
        people=total["n"],
        versions=total["w"],
        by_state=by_state,
        waived=total["waived"],
        corrected_niks=total["niks"],
        asked_niks=total["asks"],
    )
