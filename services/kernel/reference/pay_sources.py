"""Where an honorarium is paid from (letter B/1511, rule 2; the list is this project's, domain.md §5).

Which sources pass is a matter of the rule set, not of this list.
"""

from typing import Final

from services.kernel.reference.choices import Choice, Choices

PAY_SOURCES: Final = Choices(
    "sumber_pembayaran",
    (
        Choice("APBN_51", "APBN \u2013 belanja pegawai (akun 51)", ("APBN", "APBN 51", "Akun 51 APBN", "Rupiah Murni")),
        Choice(
            "APBD_51",
            "APBD \u2013 belanja pegawai (5.1.01)",
            ("APBD - belanja pegawai (akun 51)", "APBD", "APBD 51", "Akun 51 APBD", "APBD Murni"),
        ),
        Choice("BOS", "BOS (Bantuan Operasional Sekolah)", ("Dana BOS", "BOS", "BOSP", "Bantuan Operasional Sekolah")),
        Choice(
            "AKUN_52",
            "APBN/APBD \u2013 belanja barang dan jasa (52 / 5.1.02)",
            (
                "APBN - belanja barang dan jasa (akun 52)",
                "APBD - belanja barang dan jasa (5.1.02)",
                "Belanja barang dan jasa (akun 52)",
                "52",
                "5.1.02",
                "Akun 52",
                "Belanja Barang dan Jasa",
                "Barjas",
            ),
        ),
        Choice(
            "AKUN_53",
            "APBN/APBD \u2013 belanja modal (53 / 5.2)",
            ("Belanja modal (akun 53)", "53", "Akun 53", "Belanja Modal"),
        ),
        Choice(
            "BLU_BLUD",
            "BLU/BLUD \u2013 pendapatan badan layanan umum",
            ("BLU/BLUD", "BLU", "BLUD", "Dana BLUD", "Pendapatan BLUD"),
        ),
        Choice("LAINNYA", "Sumber lainnya", ("Lainnya", "Lain-lain", "Komite", "Komite Sekolah", "Dana Desa")),
    ),
)
