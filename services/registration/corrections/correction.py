"""What a correction makes of a record, before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from services.registration.eligibility.advice import Criterion
from services.registration.model.person import Person

APPOINTMENT: Final = "riwayat"
"""Stands among the names of corrected fields for any further appointment."""


@dataclass(frozen=True)
class Correction:
    """A record as it stands and as it would stand; nothing is written yet.

    Attributes:
        before: the record as stored.
        after: the record as it would be stored, advice, marks and state included.
        delta: `{field: [old, new]}` of what differs, by template key, or by the id of an appointment with its fields;
            None for what was not there or is gone. Empty: nothing differs, and `commit` refuses it.
        voided: the criteria whose inputs changed under a verdict, which is void then; empty where it stands.
    """

    before: Person
    after: Person
    delta: Mapping[str, Any]
    voided: frozenset[Criterion]

    @property
    def fields(self) -> list[str]:
        """The names of what was corrected, as the person is told them."""
        return names_of(self.delta)


def names_of(delta: Mapping[str, Any]) -> list[str]:
    """The template keys in a delta, and `APPOINTMENT` once for all appointments in it."""
    row = {name for name, pair in delta.items() if not any(isinstance(value, Mapping) for value in pair)}
    return sorted(row | ({APPOINTMENT} if len(row) < len(delta) else set()))
