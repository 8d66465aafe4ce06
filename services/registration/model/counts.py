"""How many people an institution has."""

from dataclasses import dataclass

from services.kernel.states import PersonState


@dataclass(frozen=True)
class Counts:
    """The sums over all lanes."""

    people: int
    versions: int
    by_state: dict[PersonState, int]
