"""What somebody of the institution decides on a record: on each criterion, with a reason the person reads (section 5).

The whole is computed from the six. What a return asks to have mended is listed here too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Final, Self

from services.kernel.states import PersonState
from services.registration.eligibility.advice import Criterion


class Verdict(StrEnum):
    """What a human says of one criterion; he leaves none open."""

    LOLOS = "LOLOS"
    TIDAK = "TIDAK"


class ReasonCode(StrEnum):
    """Why; each has its sentence (`REASONS`), the last one wants it typed."""

    ASLI_DIPERIKSA = "ASLI_DIPERIKSA"
    BERKAS_MEMBUKTIKAN = "BERKAS_MEMBUKTIKAN"
    DIPASTIKAN_UNIT = "DIPASTIKAN_UNIT"
    PEKERJAAN_LAIN = "PEKERJAAN_LAIN"
    TIDAK_TERBUKTI = "TIDAK_TERBUKTI"
    SK_TIDAK_SAH = "SK_TIDAK_SAH"
    TIDAK_LAGI_BEKERJA = "TIDAK_LAGI_BEKERJA"
    BUKAN_THK2 = "BUKAN_THK2"
    BUKAN_APBN_APBD = "BUKAN_APBN_APBD"
    BUKAN_PEJABAT = "BUKAN_PEJABAT"
    KURANG_SETAHUN = "KURANG_SETAHUN"
    DI_LUAR_USIA = "DI_LUAR_USIA"
    JABATAN_DIKECUALIKAN = "JABATAN_DIKECUALIKAN"
    LAINNYA = "LAINNYA"


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason's sentence, as the person reads it, and for which verdicts on which criteria it can be given."""

    sentence: str
    verdicts: frozenset[Verdict]
    criteria: frozenset[Criterion]


_ALL: Final = frozenset(Criterion)
_WORK: Final = frozenset({Criterion.AKTIF, Criterion.PENGANGKATAN, Criterion.MASA_KERJA})
_YES, _NO = frozenset({Verdict.LOLOS}), frozenset({Verdict.TIDAK})

REASONS: Final[Mapping[ReasonCode, Reason]] = {
    ReasonCode.ASLI_DIPERIKSA: Reason("Berkas aslinya sudah diperiksa di kantor.", _YES, _ALL),
    ReasonCode.BERKAS_MEMBUKTIKAN: Reason("Berkas yang diunggah membuktikannya.", _YES, _ALL),
    ReasonCode.DIPASTIKAN_UNIT: Reason("Kepala unit kerja memastikannya.", _YES, _WORK),
    ReasonCode.PEKERJAAN_LAIN: Reason(
        "Pekerjaan sebenarnya bukan jabatan yang dikecualikan.", _YES, frozenset({Criterion.JABATAN})
    ),
    ReasonCode.TIDAK_TERBUKTI: Reason("Berkas yang ada tidak membuktikannya.", _NO, _ALL),
    ReasonCode.SK_TIDAK_SAH: Reason(
        "SK yang diunggah tidak sah atau bukan milik yang bersangkutan.",
        _NO,
        frozenset({Criterion.PENGANGKATAN, Criterion.MASA_KERJA}),
    ),
    ReasonCode.TIDAK_LAGI_BEKERJA: Reason("Tidak lagi bekerja di instansi ini.", _NO, frozenset({Criterion.AKTIF})),
    ReasonCode.BUKAN_THK2: Reason(
        "Nomor peserta THK-II tidak ada dalam basis data BKN.", _NO, frozenset({Criterion.AKTIF})
    ),
    ReasonCode.BUKAN_APBN_APBD: Reason(
        "Honorarium tidak dibayar langsung dari APBN atau APBD.", _NO, frozenset({Criterion.PEMBAYARAN})
    ),
    ReasonCode.BUKAN_PEJABAT: Reason(
        "SK ditandatangani pejabat di bawah kepala unit kerja.", _NO, frozenset({Criterion.PENGANGKATAN})
    ),
    ReasonCode.KURANG_SETAHUN: Reason(
        "Masa kerja yang terbukti kurang dari satu tahun pada 31 Desember 2021.", _NO, frozenset({Criterion.MASA_KERJA})
    ),
    ReasonCode.DI_LUAR_USIA: Reason(
        "Usia pada 31 Desember 2021 di luar 20 sampai 56 tahun.", _NO, frozenset({Criterion.USIA})
    ),
    ReasonCode.JABATAN_DIKECUALIKAN: Reason(
        "Jabatan termasuk daftar jabatan yang dikecualikan.", _NO, frozenset({Criterion.JABATAN})
    ),
    ReasonCode.LAINNYA: Reason("Alasan lain, dengan kata-kata sendiri.", _YES | _NO, _ALL),
}
"""Every reason there is; `LAINNYA` is shown by what was typed."""


@dataclass(frozen=True, slots=True)
class CriterionVerdict:
    """The verdict on one criterion; `text` is what was typed beside the reason. Without a reason the advice is it."""

    criterion: Criterion
    verdict: Verdict
    reason_code: ReasonCode | None = None
    text: str | None = None

    def to_item(self) -> dict[str, Any]:
        """Return JSON values under the names of the interface; what is not there has no key."""
        return {name: value for name, value in asdict(self).items() if value is not None}

    @classmethod
    def from_item(cls, item: Mapping[str, Any]) -> Self:
        """Read what `to_item` made."""
        code = item.get("reason_code")
        return cls(
            Criterion(item["criterion"]), Verdict(item["verdict"]), ReasonCode(code) if code else None, item.get("text")
        )


def whole_of(verdicts: Iterable[CriterionVerdict]) -> PersonState:
    """What the verdicts on all criteria come to: one that is not met decides."""
    met = all(each.verdict is Verdict.LOLOS for each in verdicts)
    return PersonState.MEMENUHI_SYARAT if met else PersonState.TIDAK_MEMENUHI_SYARAT


class Mend(StrEnum):
    """What a return asks its person to put right: one of his own steps, or a paper; where, his page knows."""

    AKTIF = "AKTIF"
    """What he says of still working there."""
    BIODATA = "BIODATA"
    RIWAYAT = "RIWAYAT"
    """His appointments."""
    PERBAIKAN = "PERBAIKAN"
    """What the institution entered, which he asks to have corrected."""
    KTP = "KTP"
    FOTO = "FOTO"
    IJAZAH = "IJAZAH"
    KARTU_THK2 = "KARTU_THK2"
    SK = "SK"
    BUKTI_BAYAR = "BUKTI_BAYAR"
