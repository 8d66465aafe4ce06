import re
from dataclasses import dataclass
from datetime import datetime

from services.kernel.states import Category, PersonState
from services.kernel.web.site_pages import CARD

_MASKED = re.compile(r"[0-9]{4}\*{10}[0-9]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Whom a card is about: the fields domain.md §8 shows to the public, the masked NIK and the photo.

    `foto` are the bytes of the accepted pas foto (JPEG), or None.

    Raises:
        ValueError: the NIK is not masked; it is not repeated in the message.
    """

    nomor_registrasi: str
    nama: str
    nik_masked: str
    instansi: str
    unit_kerja: str
    jabatan: str
    kategori: Category
    foto: bytes | None = None

    def __post_init__(self) -> None:
        if not _MASKED.fullmatch(self.nik_masked):
            raise ValueError("a card takes a masked NIK only")


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """By whom, when and under which code a card is given out.

    `site` is the portal's origin without a slash at the end; `code` is opaque and leads to the public check.
    """

    penerbit: str
    site: str
    code: str
    issued_at: datetime

    @property
    def url(self) -> str:
        """Where anybody can check the card."""
        return f"{self.site}{CARD}?kode={self.code}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountCard:
    """Kartu Informasi Akun: that an account was made, and what to do with it until `closes`."""

    holder: Holder
    issue: Issue
    account_made_at: datetime
    closes: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CensusCard:
    """Kartu Pendataan Non-ASN: that the record was submitted, and where it stood when the card was printed.

    `state` is that of `printed_at`; the card itself was given out when the issue says.
    """

    holder: Holder
    issue: Issue
    state: PersonState
    printed_at: datetime
    submitted_at: datetime | None = None
