"""Who signed an appointment: kinds of office, highest first (letter B/1511, rule 3)."""

from typing import Final

from services.kernel.reference.choices import Choice, Choices

SIGNATORIES: Final = Choices(
    "jenis_jabatan_penandatangan",
    (
        Choice(
            "PPK",
            "Pejabat Pembina Kepegawaian (menteri, gubernur, bupati, wali kota)",
            ("PPK", "Menteri", "Gubernur", "Bupati", "Wali Kota", "Pejabat Pembina Kepegawaian"),
        ),
        Choice("JPT_UTAMA", "Pimpinan Tinggi Utama", ("JPT Utama", "Kepala LPNK")),
        Choice(
            "JPT_MADYA",
            "Pimpinan Tinggi Madya (eselon I)",
            ("JPT Madya", "Eselon I", "Eselon 1", "Pimpinan Tinggi Madya"),
        ),
        Choice(
            "JPT_PRATAMA",
            "Pimpinan Tinggi Pratama (eselon II)",
            ("JPT Pratama", "Eselon II", "Eselon 2", "Kepala Dinas", "Kepala Badan", "Pimpinan Tinggi Pratama"),
        ),
        Choice("ADMINISTRATOR", "Administrator (eselon III)", ("Eselon III", "Eselon 3", "Camat", "Administrator")),
        Choice("PENGAWAS", "Pengawas (eselon IV)", ("Eselon IV", "Eselon 4", "Lurah", "Pengawas")),
        Choice(
            "KEPALA_UNIT",
            "Kepala unit kerja (sekolah, puskesmas, UPT)",
            ("Kepala Sekolah", "Kepala Puskesmas", "Kepala UPT", "Kepala Unit Kerja", "Direktur RSUD"),
        ),
        Choice("DI_BAWAH_KEPALA_UNIT", "Pejabat di bawah kepala unit kerja", ("PPTK", "Bendahara", "Kepala Seksi")),
        Choice("LAINNYA", "Lainnya", ("Lain-lain",)),
    ),
)
