"""How many people an institution has."""

from dataclasses import dataclass, field

from services.kernel.states import PersonState


@dataclass(frozen=True)
class Counts:
    """The sums over all lanes."""

    people: int
    versions: int
    by_state: dict[PersonState, int]
    waived: int = field(default=0, compare=False)
    """Decisions under bkn's waiver; a roster alone does not tell how many there were."""
    corrected_niks: int = field(default=0, compare=False)
    """How often a NIK was corrected."""
    asked_niks: int = field(default=0, compare=False)
    """For how many people another NIK is asked and not decided."""
