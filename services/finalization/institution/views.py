"""What people are shown of an institution: the answers of this service."""

from datetime import date, datetime
from typing import Self

from pydantic import BaseModel

from services.finalization.adapters.store import Folder
from services.finalization.institution import checklist
from services.finalization.institution.model import Counts, Extension, Institution, Seal
from services.finalization.sptjm.sealed import WINDOW
from services.finalization.sptjm.states import SptjmState
from services.kernel import clock
from services.kernel.sessions import Actor, Role
from services.kernel.states import Phase

SEES_PPK = frozenset({Role.ADMIN, Role.PPK, Role.BKN, Role.AUDITOR})
"""Who needs the PPK's name and NIP for his work (domain.md, section 8: as the role needs)."""


class WindowView(BaseModel):
    """One window; `open` is by the server's clock."""

    name: str
    opens: datetime
    closes: datetime
    open: bool


class CountsView(BaseModel):
    """How many people, as far as facts have arrived."""

    total: int
    by_state: dict[str, int]
    by_category: dict[str, int]

    @classmethod
    def of(cls, counts: Counts) -> Self:
        """The counts as they are shown."""
        return cls(total=counts.total, by_state=counts.by_state(), by_category=counts.by_category())


class CheckView(BaseModel):
    """One line of the checklist."""

    code: str
    text: str
    count: int
    blocking: bool
    link: str


class PrefinalView(BaseModel):
    """The numbered list of the uji publik."""

    number: int
    count: int
    at: datetime


class SealView(BaseModel):
    """The seal: `count` people on the list, of `total` rows."""

    epoch: int
    sha256: str
    count: int
    total: int
    thk2: int
    non_asn: int
    sealed_at: datetime

    @classmethod
    def of(cls, seal: Seal) -> Self:
        """The seal as it is shown."""
        return cls(
            epoch=seal.epoch,
            sha256=seal.sha256,
            count=seal.count,
            total=seal.total,
            thk2=seal.thk2,
            non_asn=seal.non_asn,
            sealed_at=seal.sealed_at.astimezone(clock.WIB),
        )


class SptjmView(BaseModel):
    """The SPTJM; `file` is the upload handed in last."""

    state: SptjmState
    reason: str | None
    closes: datetime | None
    file: str | None
    uploaded_at: datetime | None


class PpkView(BaseModel):
    """Who signs."""

    nama: str
    nip: str | None
    jabatan: str


class LetterView(BaseModel):
    """An institution's letter."""

    number: str
    date: date


class ExtensionView(BaseModel):
    """Windows moved against a letter."""

    number: int
    letter: LetterView
    windows: dict[str, datetime]
    at: datetime

    @classmethod
    def of(cls, extension: Extension) -> Self:
        """The extension as it is shown; who granted it stands in the audit trail."""
        return cls(
            number=extension.number,
            letter=LetterView(number=extension.letter_number, date=extension.letter_date),
            windows={name: instant.astimezone(clock.WIB) for name, instant in extension.windows.items()},
            at=extension.at.astimezone(clock.WIB),
        )


class InstitutionView(BaseModel):
    """Everything the console shows of one institution."""

    code: str
    name: str
    kind: str
    v: int
    phase: Phase
    epoch: int
    now: datetime
    windows: list[WindowView]
    counts: CountsView
    checklist: list[CheckView]
    prefinalized: PrefinalView | None
    finalized_at: datetime | None
    locked_at: datetime | None
    seal: SealView | None
    sptjm: SptjmView
    ppk: PpkView | None
    extensions: list[ExtensionView]

    @classmethod
    def of(cls, folder: Folder, now: datetime, actor: Actor) -> Self:
        """The institution as this actor may see it."""
        institution = folder.institution
        prefinal, ppk = institution.prefinal, institution.ppk if actor.role in SEES_PPK else None
        return cls(
            code=institution.code,
            name=institution.title,
            kind=institution.kind.value,
            v=institution.v,
            phase=institution.phase,
            epoch=institution.epoch,
            now=now.astimezone(clock.WIB),
            windows=windows_of(institution, now),
            counts=CountsView.of(folder.counts),
            checklist=_checks(folder),
            prefinalized=PrefinalView(number=prefinal.number, count=prefinal.count, at=_local(prefinal.at))
            if prefinal
            else None,
            finalized_at=_maybe(institution.finalized_at),
            locked_at=_maybe(institution.locked_at),
            seal=SealView.of(institution.seal) if institution.seal else None,
            sptjm=_sptjm(institution),
            ppk=PpkView(nama=ppk.nama, nip=ppk.nip, jabatan=ppk.jabatan) if ppk else None,
            extensions=[ExtensionView.of(extension) for extension in folder.extensions],
        )


class ListedInstitution(BaseModel):
    """One line of the directory."""

    code: str
    name: str
    kind: str
    phase: Phase
    windows: list[WindowView]
    closes: datetime
    sptjm_state: SptjmState
    counts: CountsView

    @classmethod
    def of(cls, folder: Folder, now: datetime) -> Self:
        """An institution's line; `closes` is its last window's close."""
        institution = folder.institution
        return cls(
            code=institution.code,
            name=institution.title,
            kind=institution.kind.value,
            phase=institution.phase,
            windows=windows_of(institution, now),
            closes=_local(institution.last_close),
            sptjm_state=institution.sptjm.state,
            counts=CountsView.of(folder.counts),
        )


def windows_of(institution: Institution, now: datetime) -> list[WindowView]:
    """The four windows and, from the seal on, that of the signed SPTJM."""
    views = [
        WindowView(name=name.value, opens=_local(span.opens), closes=_local(span.closes), open=span.holds(now))
        for name, span in institution.windows.items()
    ]
    seal, closes = institution.seal, institution.sptjm.closes
    if seal is not None and closes is not None:
        held = seal.sealed_at <= now < closes
        views.append(WindowView(name=WINDOW, opens=_local(seal.sealed_at), closes=_local(closes), open=held))
    return views


def _checks(folder: Folder) -> list[CheckView]:
    return [
        CheckView(code=check.code, text=check.text, count=check.count, blocking=check.blocking, link=check.link)
        for check in checklist.checklist(folder.institution, folder.counts)
    ]


def _sptjm(institution: Institution) -> SptjmView:
    sptjm = institution.sptjm
    return SptjmView(
        state=sptjm.state,
        reason=sptjm.reason,
        closes=_maybe(sptjm.closes),
        file=sptjm.file,
        uploaded_at=_maybe(sptjm.uploaded_at),
    )


def _local(instant: datetime) -> datetime:
    return instant.astimezone(clock.WIB)


def _maybe(instant: datetime | None) -> datetime | None:
    return None if instant is None else _local(instant)
