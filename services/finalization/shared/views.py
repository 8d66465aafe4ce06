"""The parts of what people are shown of an institution."""

from collections.abc import Mapping
from datetime import datetime
from typing import Self

from pydantic import BaseModel

from services.finalization.model.counts import Counts
from services.finalization.model.institution import Institution, Ppk, Prefinal, Seal
from services.finalization.shared.checklist import Check
from services.finalization.shared.sealed import WINDOW
from services.kernel import clock
from services.kernel.states import VerdictMark
from services.kernel.web.languages import Sentence
from services.kernel.writes.calendar import DRAIN, Span, Window


class WindowView(BaseModel):
    """One window; `open` is by the server's clock."""

    name: str
    opens: datetime
    closes: datetime
    open: bool


class CountsView(BaseModel):
    """How many people, as far as facts have arrived; `judged`: verdicts that stand, by what PPK and bkn are told."""

    total: int
    by_state: dict[str, int]
    by_category: dict[str, int]
    judged: dict[VerdictMark, int]

    @classmethod
    def of(cls, counts: Counts) -> Self:
        """The counts as they are shown."""
        return cls(
            total=counts.total,
            by_state=counts.by_state(),
            by_category=counts.by_category(),
            judged=counts.by_mark(),
        )


class CheckView(BaseModel):
    """One line of the checklist; `count` is null where nobody counts it yet.

    An open one that is `excused` lets whoever finalizes by hand go on if he says why.
    """

    code: str
    text: Sentence
    count: int | None
    blocking: bool
    excused: bool

    @classmethod
    def of(cls, check: Check) -> Self:
        """The line as it is shown."""
        return cls(code=check.code, text=check.text, count=check.count, blocking=check.blocking, excused=check.excused)


class PrefinalView(BaseModel):
    """The numbered list of the uji publik; `hash` is its Merkle root, null until registration has told it.

    `automatic`: the portal made it when `ENTRY` had ended; announcing it stays the institution's duty.
    """

    number: int
    count: int
    at: datetime
    hash: str | None
    automatic: bool

    @classmethod
    def of(cls, prefinal: Prefinal) -> Self:
        """The list as it is shown."""
        return cls(
            number=prefinal.number,
            count=prefinal.count,
            at=local(prefinal.at),
            hash=prefinal.root,
            automatic=prefinal.automatic,
        )


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


class PastSealView(BaseModel):
    """A seal on record; `void` once the institution was reopened after it."""

    epoch: int
    root: str
    count: int
    sealed_at: datetime
    void: bool

    @classmethod
    def of(cls, seal: Seal, institution: Institution) -> Self:
        """The seal as it is shown beside the others."""
        void = institution.seal is None or institution.seal.epoch != seal.epoch
        return cls(epoch=seal.epoch, root=seal.root, count=seal.count, sealed_at=local(seal.sealed_at), void=void)


class PpkView(BaseModel):
    """Who signs."""

    nama: str
    nip: str | None
    jabatan: str

    @classmethod
    def of(cls, ppk: Ppk) -> Self:
        """The signer as he is shown."""
        return cls(nama=ppk.nama, nip=ppk.nip, jabatan=ppk.jabatan)


def spans_of(windows: Mapping[Window, Span], now: datetime) -> list[WindowView]:
    """The windows of a calendar, or of an institution's round."""
    return [
        WindowView(name=name.value, opens=local(span.opens), closes=local(span.closes), open=span.holds(now))
        for name, span in windows.items()
    ]


def windows_of(institution: Institution, now: datetime) -> list[WindowView]:
    """The four windows and, from the seal on, that of the signed SPTJM."""
    views = spans_of(institution.windows, now)
    seal, closes = institution.seal, institution.sptjm.closes
    if seal is not None and closes is not None:
        held = seal.sealed_at <= now < closes
        views.append(WindowView(name=WINDOW, opens=local(seal.sealed_at), closes=local(closes), open=held))
    return views


def lock_at(institution: Institution) -> datetime | None:
    """From when on the locker may close its lanes; None once it has."""
    return None if institution.locked_at is not None else local(institution.last_close + DRAIN)


def list_at(institution: Institution) -> datetime | None:
    """From when on the portal pre-finalizes it, or makes its next list; None when neither is to come."""
    since = institution.unlisted_since
    return None if since is None else local(since + DRAIN)


def local(instant: datetime) -> datetime:
    """An instant in the zone the calendar is announced in."""
    return instant.astimezone(clock.WIB)


def maybe_local(instant: datetime | None) -> datetime | None:
    """The same, for what may not have happened yet."""
    return None if instant is None else local(instant)
