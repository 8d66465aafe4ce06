from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from services.kernel.documents.types import DocumentType
from services.kernel.writes.calendar import Window

# "200 KB" is 204,800 bytes, for a phone may show so much as "200 KB"; "at least 100 KB" is 100,000 for the same reason.
KB = 1024
MB = 1024 * KB

JPEG = "image/jpeg"
PDF = "application/pdf"


class Owner(StrEnum):
    """What a file is evidence of, and so which id the uploader must name beside it."""

    PERSON = "person"
    HISTORY = "history"
    REQUEST = "request"
    """A request to put something right, whose id proves itself like a history row's (rows.py)."""
    INSTITUTION = "institution"
    CASE = "case"
    """A case of the public (services/kernel/cases/), by the ticket of whoever filed it."""
    UNIT = "unit"
    """A unit of an institution, whose place proves itself (rows.py)."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a file of one kind must be (domain.md §6).

    `most` is in bytes, still allowed; below `least` bytes a scan may be hard to read, which is told but refuses nobody.
    `min_side` and `max_side` are pixels: of the shorter side, below
    which a picture is refused; of the longer side, to which the kept copy is scaled. `max_pages` is for PDFs.
    `keep_original` says that the bytes are kept as they came, because rebuilding a PDF destroys its signature.
    `published` says that it shows what hangs in public: where its own text holds personal numbers it is refused.
    `window` rules when it is taken in, where its kind alone says so; else that depends on who sends it.
    """

    label: str
    owner: Owner
    formats: tuple[str, ...]
    most: int
    least: int = 0
    min_side: int = 480
    max_side: int = 2400
    max_pages: int = 20
    keep_original: bool = False
    published: bool = False
    window: Window | None = None

    @property
    def of_institution(self) -> bool:
        """Whether it is a paper of an institution."""
        return self.owner in {Owner.INSTITUTION, Owner.UNIT}

    @property
    def of_person(self) -> bool:
        """Whether it is a paper of a person's record."""
        return self.owner in {Owner.PERSON, Owner.HISTORY, Owner.REQUEST}

    @property
    def of_case(self) -> bool:
        """Whether it is a paper of a case, which nobody sends but by its ticket."""
        return self.owner is Owner.CASE


_EITHER = (PDF, JPEG)

RULES: Mapping[DocumentType, Rule] = MappingProxyType(
    {
        DocumentType.KTP: Rule("KTP", Owner.PERSON, (JPEG,), 200 * KB, min_side=400, max_side=1600),
        DocumentType.FOTO: Rule("pas foto", Owner.PERSON, (JPEG,), 200 * KB, min_side=300, max_side=900),
        DocumentType.SWAFOTO: Rule("swafoto", Owner.PERSON, (JPEG,), 200 * KB, min_side=300, max_side=1200),
        DocumentType.IJAZAH: Rule("ijazah", Owner.PERSON, _EITHER, MB, least=100_000),
        DocumentType.SK: Rule("SK jabatan atau kontrak", Owner.HISTORY, _EITHER, MB),
        DocumentType.BUKTI_BAYAR: Rule("bukti pembayaran gaji", Owner.HISTORY, _EITHER, MB),
        DocumentType.KARTU_THK2: Rule("kartu registrasi THK-II", Owner.PERSON, _EITHER, MB),
        DocumentType.SK_LEGALISIR: Rule("salinan SK yang dilegalisir", Owner.HISTORY, _EITHER, MB),
        DocumentType.SURAT_PERNYATAAN: Rule("surat pernyataan pengganti SK", Owner.HISTORY, _EITHER, MB),
        DocumentType.BUKTI_PERBAIKAN: Rule("bukti perbaikan", Owner.REQUEST, _EITHER, MB, window=Window.CORRECTION),
        DocumentType.SPTJM: Rule("SPTJM", Owner.INSTITUTION, (PDF,), 2 * MB, max_pages=50, keep_original=True),
        DocumentType.SURAT: Rule("surat", Owner.INSTITUTION, (PDF,), 2 * MB, max_pages=50, keep_original=True),
        DocumentType.SURAT_UNIT: Rule("pernyataan kepala unit", Owner.UNIT, _EITHER, MB, window=Window.VERIFICATION),
        DocumentType.PENGUMUMAN: Rule("pengumuman instansi", Owner.INSTITUTION, _EITHER, MB, published=True),
        DocumentType.BUKTI_LAPORAN: Rule("bukti laporan", Owner.CASE, _EITHER, MB),
        DocumentType.KTP_LAPORAN: Rule("KTP pelapor", Owner.CASE, (JPEG,), 200 * KB, min_side=400, max_side=1600),
        DocumentType.KK_LAPORAN: Rule("KK pelapor", Owner.CASE, (JPEG,), 200 * KB, min_side=400, max_side=1600),
        DocumentType.SWAFOTO_LAPORAN: Rule(
            "swafoto dengan KTP", Owner.CASE, (JPEG,), 200 * KB, min_side=300, max_side=1200
        ),
    }
)


def rule_of(jenis: DocumentType) -> Rule:
    """Return what a file of this kind must be."""
    return RULES[jenis]
