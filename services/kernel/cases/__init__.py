"""Cases: what the public asks and somebody must answer (domain.md, section 3, *Cases*); announcements keeps them.

What other services need to know of one stands here: its words, its number, and the token that hands one over.
"""

from enum import StrEnum


class CaseKind(StrEnum):
    """What somebody wants."""

    USULAN = "USULAN"
    """Somebody is missing on a list."""
    TANGGAPAN = "TANGGAPAN"
    """Somebody should not stand on a list."""
    KEBERATAN = "KEBERATAN"
    """A person's own verdict is wrong."""
    BANTUAN = "BANTUAN"
    """Help, of one of eleven types."""


class CaseState(StrEnum):
    """Where a case stands; transitions: services/announcements/model/case_states.py."""

    BARU = "BARU"
    DITANGANI = "DITANGANI"
    """Somebody answers for it."""
    MENUNGGU_PELAPOR = "MENUNGGU_PELAPOR"
    """Whoever filed it was asked something."""
    DIPUTUS = "DIPUTUS"
    """Decided as he wanted; of help: answered."""
    DITOLAK = "DITOLAK"
    DICABUT = "DICABUT"
    """Taken back by whoever filed it."""
    KEDALUWARSA = "KEDALUWARSA"
    """He was asked and did not answer for 14 days."""


class CaseLevel(StrEnum):
    """Who has to answer."""

    INSTANSI = "INSTANSI"
    BKN = "BKN"
    """Its time is over, or it concerns the institution itself; the institution may still answer but for the latter."""


class UsulanOutcome(StrEnum):
    """What an accepted usulan became."""

    DRAF = "DRAF"
    """A new row, which the operator completes."""
    NIK = "NIK"
    """The person stood there under a mistyped NIK: the right one is asked for, and an admin decides."""


OPEN_CASES = frozenset({CaseState.BARU, CaseState.DITANGANI, CaseState.MENUNGGU_PELAPOR})
"""Somebody still has to decide."""
