"""What the public may know of institutions and people: the allow-list of this service (domain.md, section 8)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from services.kernel.security.findings import Finding
from services.kernel.states import Category, Phase

SPTJM_ACCEPTED = "DITERIMA"


class Row(NamedTuple):
    """One person on a public list; these five fields and no others ever leave this service."""

    nama: str
    nomor_registrasi: str
    unit_kerja: str
    jabatan: str
    kategori: Category


@dataclass(frozen=True)
class Listed:
    """Somebody on the pre-final list, as registration told of him.

    `v` is the version of his record; `found` says where the row holds a number of his own.
    """

    pid: str
    v: int
    row: Row
    found: tuple[Finding, ...] = ()


class Mark(NamedTuple):
    """What makes a row of the final list a leaf of its tree: salt and commitment, hex (docs/seal.md)."""

    nomor_registrasi: str
    salt: str
    commitment: str


@dataclass(frozen=True)
class Seal:
    """The sealed list of one epoch: where it and its signed manifest lie, its Merkle root in hex, how many it holds."""

    epoch: int
    list_key: str
    manifest_key: str
    root: str
    thk2: int
    non_asn: int
    sealed_at: datetime


@dataclass(frozen=True)
class Prefinal:
    """The numbered list as it was made for uji publik: its number, from 1, how many it holds, its root in hex.

    `list_key` says where it lies; it is read for what was found in it only.
    """

    number: int
    count: int
    root: str
    list_key: str = ""


class Stand(StrEnum):
    """How a record stands, as far as this service knows, and whoever proposed it: nothing of a verdict."""

    DRAF = "DRAF"
    """Its required fields are not all there yet."""
    TERDAFTAR = "TERDAFTAR"
    """Registered, and on the list for uji publik."""
    KONFLIK = "KONFLIK"
    """Another institution has the NIK."""
    LAIN = "LAIN"
    """Not on that list for another reason: deleted, transferred, found ineligible, which is not told apart."""


class Edition(StrEnum):
    """Which list of an institution is public."""

    PREFINAL = "prefinal"
    """For uji publik; changes with the roster."""
    FINAL = "final"
    """The sealed one; never changes."""


_PUBLIC_FROM = frozenset({Phase.PRAFINAL, Phase.FINAL, Phase.SPTJM_DITERIMA})


@dataclass(frozen=True)
class Institution:
    """An institution as the facts told; what no fact has told yet is None, and BELUM_MULAI for the phase."""

    code: str
    title: str | None = None
    phase: Phase = Phase.BELUM_MULAI
    epoch: int = 0
    correction_closes: datetime | None = None
    sptjm_state: str = ""
    seal: Seal | None = None
    prefinal: Prefinal | None = None
    waived: tuple[tuple[datetime, datetime], ...] = ()
    """From when until when bkn let one person decide on what he entered himself (domain.md, section 2)."""
    accepted_epoch: int | None = None
    """Of the seal whose signed statement counts; an earlier one than `epoch` while verification alone is open again."""

    @property
    def edition(self) -> Edition | None:
        """The list that is public now; None before pre-finalizing.

        Reopening voids the seal of the epoch before, unless the statement about it counts on.
        """
        if self.title is None:
            return None
        if self.seal is not None and (self.seal.epoch >= self.epoch or self.seal.epoch == self.accepted_epoch):
            return Edition.FINAL
        return Edition.PREFINAL if self.phase in _PUBLIC_FROM else None

    @property
    def has_sptjm(self) -> bool:
        """Whether a signed statement of it was accepted and counts."""
        return self.sptjm_state == SPTJM_ACCEPTED or self.accepted_epoch is not None

    @property
    def has_sptjm_of_its_list(self) -> bool:
        """Whether the one that counts speaks of the sealed list that is public, and not of the one before it."""
        if self.accepted_epoch is None or self.seal is None:
            return self.has_sptjm
        return self.accepted_epoch == self.seal.epoch


class Place(StrEnum):
    """Where an institution announced a list by itself (domain.md, section 3, *Own announcement*)."""

    BOARD = "BOARD"
    """On its notice board, as a photo shows."""
    WEB = "WEB"
    """At an address of its own on the web."""


@dataclass(frozen=True)
class Announced:
    """What everybody is told of it: where, and the day it went up, as the institution says; `address` "" of a board."""

    place: Place
    on: date
    address: str = ""


@dataclass(frozen=True)
class Summary:
    """An institution's line in the directory; `count` of the people on its public list, None when there is none.

    `announced`: where it announced that list by itself, None while it recorded nothing.
    """

    code: str
    title: str
    phase: Phase
    count: int | None
    sptjm: bool
    waived: bool = False
    """Whether four eyes were ever waived there."""
    announced: Announced | None = None
