"""How far an institution is: its people by state, from the exact counters of the gate's lanes.

The counters know no units: for whoever works for some units his people are counted by looking through the roster, a few
thousand an answer.
"""

from collections import Counter
from collections.abc import Mapping

from pydantic import BaseModel

from services.kernel.security.sessions import Actor
from services.kernel.states import PersonState
from services.kernel.writes import gate
from services.registration.access.scope import in_scope
from services.registration.adapters import counter_store
from services.registration.model.counts import Counts
from services.registration.people import sweep


class Progress(BaseModel):
    """`total` leaves the deleted out; `by_state` has every state that holds anybody.

    `waived`: how often somebody decided on what he entered himself, under bkn's waiver (domain.md, section 2).
    `corrected_niks`: how often a NIK was corrected, which voids a verdict (section 3, *Putting right*); `asked_niks`:
    for how many that is asked and not decided. All three are null for whoever works for some units only. With a
    `cursor` it is a part of the count: whoever asks goes on and adds up.
    """

    total: int
    by_state: dict[PersonState, int]
    waived: int | None
    corrected_niks: int | None
    asked_niks: int | None
    cursor: str | None = None


def count_roster(
    *, institution: str, actor: Actor, cursor: str | None = None, most: int = sweep.MAX_LOOKED_AT
) -> Progress:
    """The counts as they stand, of the actor's own units alone; `most` is how many people are looked at for it.

    Raises:
        Problem: `not-found` for another institution or one without a round, `malformed` for a cursor of no use.
    """
    actor.require_institution(institution)
    if actor.units:
        return _count_own(institution, actor, cursor, most)
    counts = counter_store.current(gate.read_round(institution))
    return _progress(counts.people, counts.by_state, counts=counts)


def _count_own(institution: str, actor: Actor, cursor: str | None, most: int) -> Progress:
    states = sweep.occupied(institution, but=frozenset(), cursor=cursor)
    counted, last = Counter[PersonState](), None
    for looked, outline in enumerate(sweep.outlines(institution, states, cursor=cursor, wanted=most)):
        if last is not None and looked == most:
            return _progress(counted.total(), counted, cursor=sweep.cursor_of(last))
        counted[PersonState(outline["state"])] += in_scope(actor, outline["unit"])
        last = outline
    return _progress(counted.total(), counted)


def _progress(
    people: int, by_state: Mapping[PersonState, int], *, counts: Counts | None = None, cursor: str | None = None
) -> Progress:
    held = {state: count for state, count in by_state.items() if count}
    total = people - held.get(PersonState.DIHAPUS, 0)
    return Progress(
        total=total,
        by_state=held,
        waived=counts.waived if counts else None,
        corrected_niks=counts.corrected_niks if counts else None,
        asked_niks=counts.asked_niks if counts else None,
        cursor=cursor,
    )
