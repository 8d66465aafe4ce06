"""What finalization knows of one institution in the round."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from services.finalization.sptjm.states import SptjmState
from services.kernel.calendar import Round, Span, Window
from services.kernel.problems import Code, Problem
from services.kernel.states import Phase


class Kind(StrEnum):
    """Which sort of institution it is; its code does not tell (domain.md, section 9)."""

    PUSAT = "PUSAT"
    PROVINSI = "PROVINSI"
    KABUPATEN = "KABUPATEN"
    KOTA = "KOTA"


@dataclass(frozen=True)
class Ppk:
    """Who signs the SPTJM: minister, governor, bupati …; the elected have no NIP."""

    nama: str
    nip: str | None
    jabatan: str


@dataclass(frozen=True)
class Prefinal:
    """The numbered list put up for uji publik: how many names stood on it, and when.

    `root` is its Merkle root, hex; registration makes the list, so it comes a little later, and the count with it.
    """

    number: int
    count: int
    at: datetime
    root: str | None = None


@dataclass(frozen=True)
class Seal:
    """The frozen list of one epoch: its Merkle root and that of all rows (hex), and where its signed manifest lies.

    `by_state` counts every row, also those that are not on the list.
    """

    epoch: int
    list_key: str
    manifest_key: str
    root: str
    roster_root: str
    thk2: int
    non_asn: int
    by_state: Mapping[str, int]
    sealed_at: datetime

    @property
    def count(self) -> int:
        """How many people the sealed list names."""
        return self.thk2 + self.non_asn


@dataclass(frozen=True)
class Sptjm:
    """The statement about the sealed list. `number` counts uploads, `file` is the last one's id.

    `since` is the institution's version from which on things stand as they do: at the seal, or at BKN's last answer.
    """

    state: SptjmState = SptjmState.BELUM
    since: int = 0
    closes: datetime | None = None
    number: int = 0
    file: str | None = None
    uploaded_at: datetime | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Institution:
    """An institution in the round, as stored; `v` is its version and `head` the hash of its audit chain's last link.

    `lanes` never change during a round: a locker that knew another number would leave lanes open. `once` remembers
    the idempotency key of the last accepted request per action.
    """

    code: str
    title: str
    kind: Kind
    size: int
    ppk: Ppk | None
    windows: Mapping[Window, Span]
    lanes: int
    import_lanes: int
    salt: bytes
    changed_at: datetime
    phase: Phase = Phase.BELUM_MULAI
    epoch: int = 1
    v: int = 0
    head: str = ""
    prefinal: Prefinal | None = None
    finalized_at: datetime | None = None
    locked_at: datetime | None = None
    seal: Seal | None = None
    sptjm: Sptjm = Sptjm()
    extensions: int = 0
    once: Mapping[str, str] = field(default_factory=dict)

    @property
    def last_close(self) -> datetime:
        """When the last of the four windows closes; the lock follows after the drain."""
        return max(span.closes for span in self.windows.values())

    @property
    def round(self) -> Round:
        """What the gate knows of it."""
        return Round(self.code, self.epoch, self.phase, self.lanes, self.import_lanes, self.windows)

    @property
    def correction_closes(self) -> datetime:
        """Until when usulan are taken in and decided."""
        return self.windows[Window.CORRECTION].closes


@dataclass(frozen=True)
class Extension:
    """Windows moved for one institution against its letter. `windows` names what was moved, and to when."""

    number: int
    epoch: int
    letter_number: str
    letter_date: date
    windows: Mapping[str, datetime]
    by: str
    at: datetime


def require_code(code: str) -> str:
    """An institution's code from outside.

    Raises:
        Problem: `not-found` for anything but four digits (domain.md, section 9).
    """
    if not re.fullmatch(r"[0-9]{4}", code):
        raise Problem(Code.NOT_FOUND)
    return code
