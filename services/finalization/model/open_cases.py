"""Cases that wait for a decision, as finalization counts them: all kinds, and those that may change a list."""

from collections.abc import Mapping
from typing import Final

from services.finalization.model.counts import Counts
from services.kernel.cases import CaseKind

OF_THE_LIST: Final = (CaseKind.USULAN, CaseKind.TANGGAPAN, CaseKind.KEBERATAN)
"""Kinds by which somebody may come onto the list or leave it; help is none of them."""


def matter_of(kind: CaseKind) -> str:
    """The name under which open cases of a kind are counted."""
    return kind.value.lower()


def open_cases(counts: Counts) -> Mapping[CaseKind, int]:
    """How many of each kind wait, as far as facts have arrived; a kind of which none waits is there with 0."""
    return {kind: max(0, counts.matters.get(matter_of(kind), 0)) for kind in CaseKind}
