"""A list of 264 job titles, as many as the annex of 2022 had, for the demonstration, tests and bench.

It holds the titles that are built in, or they would be excluded no longer once it is run; all others are invented.
"""

import csv
import io
from datetime import date

from services.registration.eligibility.rules_2022 import RULES_2022

TITLES = 264
_WHO = ("Juru", "Petugas", "Pembantu", "Penjaga", "Pelaksana", "Pengawas")
_WHAT = (
    "Parkir", "Taman", "Kebun", "Dapur", "Gudang", "Loket", "Pintu Air", "Kolam", "Menara", "Ruang Rapat", "Kantin",
    "Pagar", "Gerbang", "Lapangan", "Aula", "Garasi", "Bengkel", "Pompa", "Genset", "Lift", "Asrama", "Mes", "Wisma",
    "Cuci", "Setrika", "Saji", "Angkut", "Bongkar", "Antar", "Panggung", "Tenda", "Pengeras Suara", "Kandang", "Tambak",
    "Dermaga", "Halte", "Portal", "Rambu", "Sampah", "Saluran", "Kaca", "Karpet", "Tirai", "Lampu",
)  # fmt: skip


def titles() -> list[str]:
    """The titles, the invented ones first: none of them is anybody's of the generated people."""
    built_in = [each.title for each in RULES_2022.blocklist]
    invented = [f"{who} {what}" for who in _WHO for what in _WHAT]
    return [*invented[: TITLES - len(built_in)], *built_in]


def titles_csv(letter: str, day: date) -> bytes:
    """The list as an office's CSV file, every title under one letter of this day."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=";")
    writer.writerow(["No", "Jabatan", "Nomor surat", "Tanggal surat", "Berlaku mulai"])
    writer.writerows(
        [number, title, letter, f"{day:%d/%m/%Y}", f"{day:%d/%m/%Y}"] for number, title in enumerate(titles(), 1)
    )
    return stream.getvalue().encode("utf-8-sig")
