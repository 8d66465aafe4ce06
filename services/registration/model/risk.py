"""Risk flags: what a human should look at before he decides or signs; they decide nothing (docs/adr/0021).

Some are told by a record alone. Others are told by what several records share: for these a record has *traits*, keyed
hashes of a contact, a file, a start of work in a unit, an import, and those that too many have are counted.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final


class Risk(StrEnum):
    """What is odd about a record."""

    KONTAK_BERSAMA = "KONTAK_BERSAMA"
    """Others have the same e-mail address or phone."""
    BERKAS_SAMA = "BERKAS_SAMA"
    """The same file was sent for others."""
    SK_SESUDAH_TMT = "SK_SESUDAH_TMT"
    """An SK is dated after the day from which it counts."""
    TMT_SERAGAM = "TMT_SERAGAM"
    """Many in his unit began on the same day."""
    USIA_MULAI = "USIA_MULAI"
    """He would have been a child when he began."""
    IMPOR_AKHIR = "IMPOR_AKHIR"
    """He came with many others just before entry closed."""
    DIUNDANG_PENGISI = "DIUNDANG_PENGISI"
    """Whoever decided on him was invited by who entered or changed him."""


class TraitKind(StrEnum):
    """What records are found to share; its first letter leads the trait."""

    CONTACT = "K"
    OWN_PAPER = "P"
    """A paper that is one person's alone: KTP, photo, certificate."""
    PAPER = "S"
    """A paper that may name several: an SK, a proof of pay."""
    START = "T"
    IMPORT = "I"


FLAGGED_FROM: Final[Mapping[TraitKind, int]] = {
    TraitKind.CONTACT: 5,
    TraitKind.OWN_PAPER: 2,
    TraitKind.PAPER: 5,
    TraitKind.START: 20,
    TraitKind.IMPORT: 100,
}
"""By so many people of an institution a trait is shared when it is flagged *(ours)*; contacts: domain.md, section 3."""
LATE_HOURS: Final = 72
"""An import that arrives so shortly before entry closes is late *(ours)*."""
_RISK_OF: Final[Mapping[TraitKind, Risk]] = {
    TraitKind.CONTACT: Risk.KONTAK_BERSAMA,
    TraitKind.OWN_PAPER: Risk.BERKAS_SAMA,
    TraitKind.PAPER: Risk.BERKAS_SAMA,
    TraitKind.START: Risk.TMT_SERAGAM,
    TraitKind.IMPORT: Risk.IMPOR_AKHIR,
}

Shared = Mapping[str, int]
"""Traits that are flagged, and how many people have each."""


def kind_of(shared: str) -> TraitKind:
    """Of which kind a trait is."""
    return TraitKind(shared[0])


def is_flagged(shared: str, people: int, *, late: bool) -> bool:
    """Whether so many people with one trait are told; an import, only one that was `late`."""
    kind = kind_of(shared)
    return people >= FLAGGED_FROM[kind] and (kind is not TraitKind.IMPORT or late)


def shared_risks(traits: Iterable[str], shared: Shared) -> frozenset[Risk]:
    """The flags of whoever has these traits."""
    return frozenset(_RISK_OF[kind_of(each)] for each in traits if each in shared)
