"""A case: what somebody of the public asks, and who has to answer until when (domain.md, section 3, *Cases*).

Instants are whole milliseconds where they are stored. What was written in it is encrypted with a salt of its own, and
so is, apart from it, who wrote (`Reporter`): the salts are how a case, or the person behind it, is forgotten.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final, Self

from services.announcements.model.case_states import CASE_MOVES, CaseStep
from services.kernel.cases import OPEN_CASES, CaseKind, CaseLevel, CaseState, UsulanOutcome
from services.kernel.clock import WIB
from services.kernel.problems import Code, Problem

ANSWERED_WITHIN: Final = timedelta(days=14)
"""How long whoever filed a case has to answer a question; then it is closed, told (design)."""
HEARD_WITHIN: Final = timedelta(days=5)
"""Calendar days that a listed person has to answer a tanggapan, after the day he was told."""
NOTED_FOR: Final = timedelta(minutes=10)
"""How long a noted decision keeps others from deciding: as long as its token is good."""


ANSWERED: Final = "jawaban"
"""What the listed person answered to a tanggapan, by its name among what was written in the case."""
KEPT: Final = timedelta(days=365)
"""How long a case that ended, and who filed it, is kept (domain.md, section 8)."""


_DECIDED: Final = frozenset({CaseState.DIPUTUS, CaseState.DITOLAK})


class Topic(StrEnum):
    """The types of a *permintaan bantuan* (domain.md, section 8)."""

    TIDAK_DITEMUKAN = "TIDAK_DITEMUKAN"
    """NIK/KK tidak ditemukan."""
    TIDAK_COCOK = "TIDAK_COCOK"
    """Data saya tidak cocok."""
    BELUM_DIDAFTARKAN = "BELUM_DIDAFTARKAN"
    NIK_DIPAKAI = "NIK_DIPAKAI"
    """NIK didaftarkan orang lain."""
    DATA_TIDAK_SESUAI = "DATA_TIDAK_SESUAI"
    LUPA_SANDI = "LUPA_SANDI"
    GAGAL_UNGGAH = "GAGAL_UNGGAH"
    SILUMAN = "SILUMAN"
    """Aduan data siluman."""
    PUNGLI = "PUNGLI"
    """Pungutan liar."""
    DATA_PRIBADI = "DATA_PRIBADI"
    """Permintaan data pribadi."""
    LAINNYA = "LAINNYA"


class Writer(StrEnum):
    """From whose side a message comes."""

    PELAPOR = "PELAPOR"
    INSTANSI = "INSTANSI"
    BKN = "BKN"
    TERLAPOR = "TERLAPOR"
    """The listed person whom a tanggapan is about."""


@dataclass(frozen=True)
class Reporter:
    """Who filed: kept apart, encrypted with a salt of its own. Empty where he gave nothing.

    `email` and `phone` are how he is written to; `language` of the page he wrote on.
    """

    name: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    language: str = "id"

    @property
    def is_reachable(self) -> bool:
        """Whether anything can be sent to him."""
        return bool(self.email or self.phone)


@dataclass(frozen=True)
class Decision:
    """What was decided: by whom (an account id), when, why (a code of ours, and the sentence the reporter reads)."""

    accepted: bool
    by: str
    at: datetime
    reason: str
    text: str = field(repr=False)


@dataclass(frozen=True)
class Noted:
    """A decision that registration has to carry out: its id, and what it is."""

    id: str
    decision: Decision


@dataclass(frozen=True)
class Message:
    """One message of a case; `asks` wants an answer.

    `by` is the account of a member of staff, of whoever filed the number of his own case, which may follow this one.
    """

    at: datetime
    writer: Writer
    text: str = field(repr=False)
    by: str | None = None
    asks: bool = False


@dataclass(frozen=True)
class CaseFile:
    """A paper of a case as documents last told of it; `message` says why it was refused."""

    file: str
    accepted: bool
    message: str | None


@dataclass(frozen=True)
class Case:
    """One case (item `C#<number>`/`@`), which heads its own audit chain: `v` and `head` are its last link.

    `moved_at` is when its last step was taken. `said` is what was written, by field: `alasan` always, the rest by kind.
    `pid` is the listed person it is about. `joined` is the number of the earlier case about the same that this one
    follows. `asked_until` is when it lapses without the reporter's answer. `noted_until`: until then a noted decision
    keeps others than `noted_by`, an account, from deciding. `heard_at` is when the listed person was told of a
    tanggapan. `divided_at` is since when the two who decide a keberatan differ. `left_at` is when whoever filed it took
    it back while others who joined it went on. `handler` is the account that has it. `decided_at` is when it was
    decided first, also if bkn overturned that. `became`: what an accepted usulan became, where registration said so.
    `beside`: its decision was noted beside a record that moves no more, whose verdict stands.
    """

    number: str
    institution: str
    kind: CaseKind
    state: CaseState
    level: CaseLevel
    at: datetime
    moved_at: datetime
    due_at: datetime
    v: int
    head: str
    salt: bytes
    said: dict[str, Any] = field(repr=False)
    topic: Topic | None = None
    pid: str | None = None
    joined: str | None = None
    handler: str | None = None
    asked_until: datetime | None = None
    noted_until: datetime | None = None
    noted_by: str | None = None
    heard_at: datetime | None = None
    decision: Decision | None = None
    decided_at: datetime | None = None
    became: UsulanOutcome | None = None
    divided_at: datetime | None = None
    left_at: datetime | None = None
    beside: bool = False

    @property
    def is_open(self) -> bool:
        """Whether somebody has to decide."""
        return self.state in OPEN_CASES

    @property
    def heard_until(self) -> datetime | None:
        """The end, in WIB, of the last day for his answer, before which nobody decides; None while he was not told."""
        if self.heard_at is None:
            return None
        told = self.heard_at.astimezone(WIB).date()
        return datetime.combine(told + HEARD_WITHIN + timedelta(days=1), time.min, WIB)

    @property
    def is_unheard(self) -> bool:
        """Whether the listed person has still to be told of it."""
        return self.kind is CaseKind.TANGGAPAN and self.is_open and self.heard_at is None

    @property
    def is_taken_back(self) -> bool:
        """Whether whoever filed it took it back; where `left_at` says when, it goes on for others."""
        return self.state is CaseState.DICABUT or self.left_at is not None

    @property
    def is_divided(self) -> bool:
        """Whether the two who decide differ, and nobody has decided yet."""
        return self.is_open and self.divided_at is not None

    @property
    def is_forgotten(self) -> bool:
        """Whether what was written in it is gone."""
        return not self.said

    def moved(self, step: CaseStep, at: datetime, **changed: Any) -> Self:  # noqa: ANN401 - attributes of its own
        """The case after a step taken at an instant.

        Raises:
            Problem: `illegal-transition`.
        """
        state = CASE_MOVES.after(self.state, step)
        decided_at = self.decided_at or (at if state in _DECIDED else None)
        return replace(self, state=state, moved_at=at, decided_at=decided_at, **changed)

    def require_his(self, step: CaseStep) -> None:
        """Refuse a step of whoever filed it and took it back, also where it goes on for others.

        Raises:
            Problem: `illegal-transition`.
        """
        if self.is_taken_back:
            CASE_MOVES.after(CaseState.DICABUT, step)

    def require_version(self, v: int) -> None:
        """Refuse a deed that was decided on an older version.

        Raises:
            Problem: `version-moved`.
        """
        if v != self.v:
            raise Problem(Code.VERSION_MOVED)

    def require_nothing_noted(self, at: datetime, by: str | None = None) -> None:
        """Refuse what would cross a decision that somebody else is carrying out.

        Whoever noted it (`by`) may decide anew: registration may have refused to carry it out, and takes one decision
        alone.

        Raises:
            Problem: `conflict`, with the seconds until it may be tried again.
        """
        if self.noted_until is not None and at < self.noted_until and (by is None or by != self.noted_by):
            wait = int((self.noted_until - at).total_seconds()) + 1
            raise Problem(Code.CONFLICT, _BEING_DECIDED, retry_after=wait)

    def require_nothing_unfinished(self) -> None:
        """Refuse to close a case on its own while an acceptance that was noted may have been carried out.

        Registration may have done so and its fact be late: he would be told of a refusal, and later of the record. Who
        accepts anew learns which; where nothing was carried out the acceptance is released (`release_decision`).

        Raises:
            Problem: `conflict`.
        """
        if self.noted_until is not None:
            raise Problem(Code.CONFLICT, _UNFINISHED)


_UNFINISHED: Final = (
    "Usulan ini sudah diterima petugas, dan belum diketahui apakah drafnya sudah dibuat. Pilih menerima dulu: bila "
    "drafnya sudah ada, laporan ini ditutup dengan putusan itu; bila belum, tekan Jangan dahulu, lalu tolak."
)
_BEING_DECIDED: Final = "Laporan ini sedang diputuskan petugas lain. Muat ulang, lalu coba lagi sepuluh menit lagi."
