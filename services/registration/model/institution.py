"""What registration keeps of an institution."""

from dataclasses import dataclass

from services.kernel.states import Phase


@dataclass(frozen=True)
class Institution:
    """An institution that takes part in the round."""

    code: str
    name: str
    phase: Phase
