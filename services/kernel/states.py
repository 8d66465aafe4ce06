"""Words for states that more than one service uses. Who may move between them is each owner's business."""

from enum import StrEnum


class PersonState(StrEnum):
    """`st` of a person's record (domain.md, section 4); transitions: services/registration/model/person_states.py."""

    DRAF = "DRAF"
    TERDAFTAR = "TERDAFTAR"
    AKUN_DIBUAT = "AKUN_DIBUAT"
    DIAJUKAN = "DIAJUKAN"
    MEMENUHI_SYARAT = "MEMENUHI_SYARAT"
    TIDAK_MEMENUHI_SYARAT = "TIDAK_MEMENUHI_SYARAT"
    DIKEMBALIKAN = "DIKEMBALIKAN"
    KONFLIK = "KONFLIK"
    PINDAH = "PINDAH"
    DIHAPUS = "DIHAPUS"


class Phase(StrEnum):
    """Where an institution stands (domain.md, section 4); moved by finalization only."""

    BELUM_MULAI = "BELUM_MULAI"
    PENGINPUTAN = "PENGINPUTAN"
    PRAFINAL = "PRAFINAL"
    FINAL = "FINAL"
    SPTJM_DITERIMA = "SPTJM_DITERIMA"
    TIDAK_MENDATA = "TIDAK_MENDATA"


LOCKED = frozenset({Phase.FINAL, Phase.SPTJM_DITERIMA, Phase.TIDAK_MENDATA})
"""The locker has been: nothing of the institution's roster changes any more, unless BKN opens the round again."""


class Category(StrEnum):
    """The two categories of the census, and no third (domain.md, section 1)."""

    THK_II = "THK-II"
    NON_ASN = "NON-ASN"


class Matter(StrEnum):
    """What of one person somebody of his institution has to answer; finalization counts it."""

    CORRECTION = "correction"
    """A request to put something right."""
    INACTIVE = "inactive"
    """His statement that he works there no more."""
    RETURNED = "returned"
    """What he submitted was returned to him: at the lock he is one of those left undecided."""


class VerdictMark(StrEnum):
    """What PPK and bkn are told of a verdict that stands (domain.md, section 5); finalization counts it."""

    MELAWAN_SARAN = "MELAWAN_SARAN"
    """A criterion is decided against the engine's advice."""
    RAGU = "RAGU"
    """A criterion that the engine leaves to a human is decided for."""
    TANPA_BERKAS = "TANPA_BERKAS"
    """Papers it rests on are not there."""
    BELUM_DIBUKA = "BELUM_DIBUKA"
    """Papers are there that whoever decided had not opened."""
    DIUNDANG_PENGISI = "DIUNDANG_PENGISI"
    """Whoever decided was invited by somebody who entered, changed or uploaded for the record."""
    PENGECUALIAN = "PENGECUALIAN"
    """Only bkn's waiver for an office of one let him."""
    MENUNGGU_PEMERIKSAAN = "MENUNGGU_PEMERIKSAAN"
    """It was drawn for a second check, and nobody has looked at it yet."""
    TIDAK_SEPENDAPAT = "TIDAK_SEPENDAPAT"
    """Whoever checked it a second time does not agree; the verdict stands."""


class Assurance(StrEnum):
    """How sure it is that whoever signs in as a person is that person (domain.md, section 3, *assurance*)."""

    BELUM_DIPASTIKAN = "BELUM_DIPASTIKAN"
    LEMBAR = "LEMBAR"
    """By the code of an activation sheet, which his institution gave him."""
    KONTAK = "KONTAK"
    """By a code to the contact that the institution registered."""
    PETUGAS = "PETUGAS"
    """By a member of staff who saw him with his KTP, or knows him."""


ON_PREFINAL_LIST = frozenset(
    {
        PersonState.TERDAFTAR,
        PersonState.AKUN_DIBUAT,
        PersonState.DIAJUKAN,
        PersonState.DIKEMBALIKAN,
        PersonState.MEMENUHI_SYARAT,
    }
)
"""Whose names stand on the list for uji publik: registered rows that nobody has found ineligible *(ours)*."""

BASE_DATA = frozenset({PersonState.MEMENUHI_SYARAT})
"""Whose names stand on the sealed list; everybody else is counted, not listed."""

GONE = frozenset({PersonState.DIHAPUS, PersonState.PINDAH})
"""Whom the institution no longer lists."""
