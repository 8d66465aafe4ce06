"""How far an institution is: its people by state, from the exact counters of the gate's lanes."""

from pydantic import BaseModel

from services.kernel.security.sessions import Actor
from services.kernel.states import PersonState
from services.kernel.writes import gate
from services.registration.adapters import counter_store


class Progress(BaseModel):
    """`total` leaves the deleted out; `by_state` has every state that holds anybody.

    `waived`: how often somebody decided on what he entered himself, under bkn's waiver (domain.md, section 2).
    """

    total: int
    by_state: dict[PersonState, int]
    waived: int


def count_roster(*, institution: str, actor: Actor) -> Progress:
    """The counts as they stand.

    Raises:
        Problem: `not-found` for another institution or one without a round.
    """
    actor.require_institution(institution)
    counts = counter_store.current(gate.read_round(institution))
    deleted = counts.by_state.get(PersonState.DIHAPUS, 0)
    return Progress(total=counts.people - deleted, by_state=counts.by_state, waived=counts.waived)
