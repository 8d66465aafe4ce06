import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from services.kernel.cases import CaseKind
from services.kernel.web.site_pages import ANNOUNCEMENTS

_ROOT = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """The PPK on record; `nip` is empty where the office has none (a bupati who is no civil servant)."""

    nama: str
    nip: str
    jabatan: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedList:
    """The list a statement is about: its Merkle root (SHA-256, lower-case hexadecimal), counts, epoch, instant of seal.

    Raises:
        ValueError: the root is none, or the two categories do not add up to the total.
    """

    root: str
    total: int
    thk2: int
    non_asn: int
    epoch: int
    sealed_at: datetime

    def __post_init__(self) -> None:
        if not _ROOT.fullmatch(self.root):
            raise ValueError("a sealed list is named by its root, SHA-256 in 64 hexadecimal digits")
        if min(self.thk2, self.non_asn) < 0 or self.thk2 + self.non_asn != self.total:
            raise ValueError("the counts of a sealed list must add up")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Everything an SPTJM says. `number` names the document, `site` is the portal's origin, `made_at` the printing.

    `open_cases` were undecided when the list was sealed; where there are any, a point and an annex say so.
    """

    number: str
    code: str
    institution: str
    signer: Signer
    sealed: SealedList
    due: datetime
    site: str
    made_at: datetime
    open_cases: Mapping[CaseKind, int] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Where the sealed list stands; the root goes behind `#`, so no server's log has it."""
        return f"{self.site}{ANNOUNCEMENTS}{self.code}/#root={self.sealed.root}"
