"""The parts of what people are shown of an institution."""

from datetime import date, datetime
from typing import Self

from pydantic import BaseModel

from services.finalization.institution.checklist import Check
from services.finalization.institution.counts import Counts
from services.finalization.institution.model import Extension, Institution, Ppk, Prefinal, Seal
from services.finalization.sptjm.sealed import WINDOW
from services.kernel import clock


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

    @classmethod
    def of(cls, check: Check) -> Self:
        """The line as it is shown."""
        return cls(code=check.code, text=check.text, count=check.count, blocking=check.blocking, link=check.link)


class PrefinalView(BaseModel):
    """The numbered list of the uji publik."""

    number: int
    count: int
    at: datetime
    hash: str | None

    @classmethod
    def of(cls, prefinal: Prefinal) -> Self:
        """The list as it is shown."""
        return cls(number=prefinal.number, count=prefinal.count, at=local(prefinal.at), hash=prefinal.root)


class SealView(BaseModel):
    """The seal of a list of `count` people."""

    epoch: int
    root: str
    roster_root: str
    count: int
    thk2: int
    non_asn: int
    sealed_at: datetime

    @classmethod
    def of(cls, seal: Seal) -> Self:
        """The seal as it is shown."""
        return cls(
            epoch=seal.epoch,
            root=seal.root,
            roster_root=seal.roster_root,
            count=seal.count,
            thk2=seal.thk2,
            non_asn=seal.non_asn,
            sealed_at=local(seal.sealed_at),
        )


class PpkView(BaseModel):
    """Who signs."""

    nama: str
    nip: str | None
    jabatan: str

    @classmethod
    def of(cls, ppk: Ppk) -> Self:
        """The signer as he is shown."""
        return cls(nama=ppk.nama, nip=ppk.nip, jabatan=ppk.jabatan)


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
            windows={name: local(instant) for name, instant in extension.windows.items()},
            at=local(extension.at),
        )


def windows_of(institution: Institution, now: datetime) -> list[WindowView]:
    """The four windows and, from the seal on, that of the signed SPTJM."""
    views = [
        WindowView(name=name.value, opens=local(span.opens), closes=local(span.closes), open=span.holds(now))
        for name, span in institution.windows.items()
    ]
    seal, closes = institution.seal, institution.sptjm.closes
    if seal is not None and closes is not None:
        held = seal.sealed_at <= now < closes
        views.append(WindowView(name=WINDOW, opens=local(seal.sealed_at), closes=local(closes), open=held))
    return views


def local(instant: datetime) -> datetime:
    """An instant in the zone the calendar is announced in."""
    return instant.astimezone(clock.WIB)


def maybe_local(instant: datetime | None) -> datetime | None:
    """The same, for what may not have happened yet."""
    return None if instant is None else local(instant)
