"""Which list of an institution is being made: the sealed one of an epoch, or a numbered pre-final one."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from services.kernel.states import BASE_DATA, ON_PREFINAL_LIST, PersonState


class Purpose(StrEnum):
    """What the list is for."""

    SEAL = "seal"
    PREFINAL = "prefinal"


@dataclass(frozen=True)
class Edition:
    """`number` is the epoch of a seal, or the number of a pre-final list."""

    institution: str
    purpose: Purpose
    number: int

    @property
    def name(self) -> str:
        """What it is called in keys, unique within the institution."""
        return str(self.number) if self.purpose is Purpose.SEAL else f"prefinal-{self.number}"

    @property
    def listed(self) -> AbstractSet[PersonState]:
        """The states that stand on the list."""
        return BASE_DATA if self.purpose is Purpose.SEAL else ON_PREFINAL_LIST
