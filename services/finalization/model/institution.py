"""What finalization knows of one institution in the round."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from services.finalization.model.extension_states import ExtensionState
from services.finalization.model.sptjm_states import SptjmState
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Role
from services.kernel.states import Phase
from services.kernel.writes.calendar import Round, Span, Window

_ENTERED = frozenset({Phase.PENGINPUTAN, Phase.PRAFINAL})
"""Phases in which an institution has begun to enter people and is not locked."""


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


class Own(StrEnum):
    """Why an institution's own instant stands in a window and not the calendar's."""

    EXTENDED = "EXTENDED"
    """BKN moved it against a letter; only a calendar that closes still later carries it along."""
    SET = "SET"
    """BKN opened it again after it was closed by hand or locked, until an instant that no calendar moves."""
    CUT = "CUT"
    """It was closed by hand: by pre-finalizing, by finalizing, or left closed by a reopening."""


@dataclass(frozen=True)
class Letter:
    """A letter on record: an institution's to BKN, or the one a calendar rests on. `file`: the upload's id, if any."""

    number: str
    date: date
    file: str | None = None


@dataclass(frozen=True)
class Prefinal:
    """The numbered list put up for uji publik: how many names stood on it, and when.

    `root` is its Merkle root, hex; registration makes the list, so it comes a little later, and the count with it.
    `entry` is the close of `ENTRY` that it was made for. `automatic`: the portal made it when that had passed.
    """

    number: int
    count: int
    at: datetime
    root: str | None = None
    entry: datetime | None = None
    automatic: bool = False

    def stands_for(self, closes: datetime) -> bool:
        """Whether it was made for this close of `ENTRY`, and not for one before an extension, whatever clocks say."""
        return (self.entry or self.at) >= closes


@dataclass(frozen=True)
class Seal:
    """The frozen list of one epoch: its Merkle root and that of all rows (hex), and where its signed manifest lies.

    `by_state` counts every row, also those that are not on the list. `open_cases` counts, by kind, the cases that may
    change the list and waited for a decision when the seal was recorded, as far as facts had arrived.
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
    open_cases: Mapping[str, int] = field(default_factory=dict)

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
class Standing:
    """The accepted statement that counts on while another one is made: its upload's number, and its seal's epoch."""

    number: int
    epoch: int


@dataclass(frozen=True)
class Institution:
    """An institution in the round, as stored; `v` is its version and `head` the hash of its audit chain's last link.

    `lanes` never change during a round: a locker that knew another number would leave lanes open. `calendar_v` is the
    version of the calendar it follows, in every window but its `own`. `open_request` is the number of the extension it
    asked for and has no answer to. `rechecked` is the number of the reopening that opened `VERIFICATION` alone, which
    happens once; `standing` is the statement that had been accepted before it, until the next one is.
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
    open_request: int | None = None
    reopenings: int = 0
    rechecked: int | None = None
    standing: Standing | None = None
    calendar_v: int = 0
    own: Mapping[Window, Own] = field(default_factory=dict)
    waived: tuple[Span, ...] = ()
    """From when until when each waiver held or holds, the last one last; its number is its place, from 1."""

    @property
    def last_close(self) -> datetime:
        """When the last of the four windows closes; the lock follows after the drain."""
        return self.round.last_close

    @property
    def unlisted_since(self) -> datetime | None:
        """The close of `ENTRY` for which the portal must make a numbered list; None when none is to be made.

        A list made for an earlier close does not stand for it: entry was extended afterwards (domain.md, section 3).
        Who has not started has nobody to list; where `ENTRY` closes last of all, the lock comes instead.
        """
        closes = self.windows[Window.ENTRY].closes
        if self.locked_at is not None or self.phase not in _ENTERED or closes >= self.last_close:
            return None
        return None if self.prefinal is not None and self.prefinal.stands_for(closes) else closes

    @property
    def is_rechecking(self) -> bool:
        """Whether bkn has opened its `VERIFICATION` alone, without a letter, and it is not locked again yet."""
        return self.locked_at is None and self.rechecked is not None and self.rechecked == self.reopenings

    @property
    def accepted_epoch(self) -> int | None:
        """The epoch of the seal whose accepted statement counts; None while there is none."""
        if self.sptjm.state is SptjmState.DITERIMA and self.seal is not None:
            return self.seal.epoch
        return self.standing.epoch if self.standing else None

    @property
    def round(self) -> Round:
        """What the gate knows of it."""
        waived = self.waived[-1] if self.waived else None
        return Round(self.code, self.epoch, self.phase, self.lanes, self.import_lanes, self.windows, waived)

    @property
    def correction_closes(self) -> datetime:
        """Until when usulan are taken in and decided."""
        return self.windows[Window.CORRECTION].closes


@dataclass(frozen=True)
class Extension:
    """Windows moved for one institution against its letter, or the wish to.

    `requested` and `windows` name what should be and what was moved, and to when. `epoch` is the one it was filed
    under. `by_role` tells whether the institution asked for it or BKN gave it unasked.
    """

    number: int
    state: ExtensionState
    epoch: int
    letter: Letter
    requested: Mapping[str, datetime]
    by: str
    by_role: Role
    at: datetime
    windows: Mapping[str, datetime] = field(default_factory=dict)
    reason: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True)
class Reopening:
    """A round opened again; `epoch` is the one it began, `windows` what it opened.

    `letter` is the institution's; None where bkn opened `VERIFICATION` alone, or corrections for usulan that nobody had
    decided, also of a round that was not locked yet: for neither one is asked.
    """

    number: int
    epoch: int
    letter: Letter | None
    windows: Mapping[str, datetime]
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Haste:
    """It was finalized by hand before its list had been announced for five days (domain.md, section 3).

    `epoch` is the one that finalizing began. `days` is how long the list had been up; None where the institution had
    recorded no announcement of it.
    """

    epoch: int
    days: int | None
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Waiver:
    """BKN lets one person of an office decide on what he entered himself, against a letter (domain.md, section 2).

    `until` is the instant from which on it holds no more as it was given; `withdrawn_at`, when bkn ended it before.
    """

    number: int
    letter: Letter
    reason: str
    at: datetime
    until: datetime
    by: str
    withdrawn_at: datetime | None = None
    withdrawn_by: str | None = None
    withdrawal_reason: str | None = None

    @property
    def span(self) -> Span:
        """From when until when it holds."""
        return Span(self.at, self.withdrawn_at or self.until)


def require_code(code: str) -> str:
    """An institution's code from outside.

    Raises:
        Problem: `not-found` for anything but four digits (domain.md, section 9).
    """
    if not re.fullmatch(r"[0-9]{4}", code):
        raise Problem(Code.NOT_FOUND)
    return code


def require_number(text: str) -> int:
    """The number of something that hangs on an institution, from outside.

    Raises:
        Problem: `not-found` for anything but a plain number.
    """
    if not re.fullmatch(r"[1-9][0-9]{0,5}", text, re.ASCII):
        raise Problem(Code.NOT_FOUND)
    return int(text)
