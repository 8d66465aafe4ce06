"""One import file for each mistake that real offices make, with the rows and codes it must be answered with.

`FAULTS` maps a file name to `Fault`: how to make the file of some sound people, and what to expect.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from services.kernel import clock
from services.registration.rows.columns import COLUMNS
from tools.sample.sheets import HEADINGS, cells_of, csv_bytes, xlsx_bytes

People = Sequence[dict[str, Any]]


@dataclass(frozen=True)
class Fault:
    """A faulty file. `refused` is the whole file's code; `codes` and `warnings` are those of its row 2.

    A fault with neither is one that must be read all the same, `overall` then is row 2's verdict.
    """

    make: Callable[[People], bytes]
    refused: str | None = None
    codes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    overall: str = "LOLOS"
    duplicates: tuple[int, ...] = field(default=())


def changed(options: dict[str, Any] | None = None, /, **changes: Any) -> Callable[[People], bytes]:
    """A workbook in which only the first person is entered otherwise; headings of one's own have no formats."""

    def make(people: People) -> bytes:
        first = cells_of(people[0] | changes)
        return xlsx_bytes([first, *map(cells_of, people[1:])], **(options or {}))

    return make


def exported(**options: Any) -> Callable[[People], bytes]:
    """A sound CSV file in another dialect."""
    return lambda people: csv_bytes(map(cells_of, people), **options)


def _without(key: str) -> Callable[[People], bytes]:
    index = [column.key for column in COLUMNS].index(key)

    def make(people: People) -> bytes:
        rows = ([*cells[:index], *cells[index + 1 :]] for cells in map(cells_of, people))
        return xlsx_bytes(rows, headings=[*HEADINGS[:index], *HEADINGS[index + 1 :]])

    return make


def _retitled(key: str, heading: str) -> Callable[[People], bytes]:
    headings = [heading if column.key == key else name for column, name in zip(COLUMNS, HEADINGS, strict=True)]
    return lambda people: xlsx_bytes(map(cells_of, people), headings=headings)


def _exact(options: dict[str, Any]) -> Callable[[People], bytes]:
    return lambda people: xlsx_bytes(map(cells_of, people), **options)


def _dates_as_text(people: People) -> bytes:
    def text(cell: Any) -> Any:
        return f"{cell:%d-%m-%Y}" if hasattr(cell, "strftime") else cell

    return xlsx_bytes([text(cell) for cell in cells_of(each)] for each in people)


def _same_nik_twice(people: People) -> bytes:
    return xlsx_bytes(map(cells_of, [people[0], people[0] | {"nama": "Nama Lain"}, *people[1:]]))


def _accented(people: People) -> bytes:
    return csv_bytes(map(cells_of, [people[0] | {"nama": "Andr\u00e9 Fran\u00e7ois"}, *people[1:]]), encoding="cp1252")


def _unquoted(people: People) -> bytes:
    """A comma inside an unquoted cell, which moves every cell behind it."""
    # The last cells are not blank, so that one too many is seen.
    rows = [[*cells_of(one)[:-2], "081299990000", "kantor@contoh.id"] for one in people]
    sound = csv_bytes(rows, delimiter=",").decode("utf-8-sig")
    unit = people[0]["unit_kerja"]
    return sound.replace(unit, f"{unit}, Contoh", 1).encode()


def _born_in_job(people: People) -> bytes:
    """The person's own birth date, in words: nobody else could tell it from a name."""
    born = date.fromisoformat(people[0]["tanggal_lahir"])
    return changed(jabatan=f"Guru Kelas {clock.day_text(born)}")(people)


def _open_quote(people: People) -> bytes:
    """A quote before a name, and no other: it takes every row behind it."""
    sound = csv_bytes(map(cells_of, people)).decode("utf-8-sig")
    return sound.replace(people[0]["nama"], f'"{people[0]["nama"]}', 1).encode()


FAULTS: dict[str, Fault] = {
    "nik-angka.xlsx": Fault(changed(nik=9.90101410190001e15), codes=("nik-number",)),
    "nik-ilmiah.xlsx": Fault(changed(nik="9,90101E+15"), codes=("nik-scientific",)),
    "nik-15-angka.xlsx": Fault(changed(nik="990101410190001"), codes=("nik-length",)),
    "nik-akhir-nol.xlsx": Fault(changed(nik="9901014101900000"), codes=("nik-serial",)),
    "nik-beda-lahir.xlsx": Fault(changed(nik="9901014101500001"), warnings=("nik-birth-date",)),
    "tanggal-teks.xlsx": Fault(_dates_as_text),
    "tanggal-kata.xlsx": Fault(changed(tanggal_sk="29 Desember 2015", tanggal_mulai="2 Jan 2016")),
    "tanggal-mustahil.xlsx": Fault(changed(tanggal_sk="31-02-2018"), codes=("date-impossible",)),
    "tanggal-bulan-dahulu.xlsx": Fault(changed(tanggal_sk="12/31/2017"), codes=("date-order",)),
    "tanggal-dua-angka.xlsx": Fault(changed(tanggal_sk="31-12-17"), codes=("date-year",)),
    "tanggal-angka.xlsx": Fault(changed({"headings": HEADINGS}, tanggal_sk=43000), codes=("date-number",)),
    "gelar-dalam-nama.xlsx": Fault(changed(nama="Dra. Siti Contoh, M.Pd."), warnings=("title-in-name",)),
    "baris-kosong.xlsx": Fault(_exact({"blank_rows": 200})),
    "judul-di-atas.xlsx": Fault(_exact({"above": ["DAFTAR TENAGA NON-ASN", "KABUPATEN CONTOH SATU", ""]})),
    "nik-ganda.xlsx": Fault(_same_nik_twice, duplicates=(3,)),
    "terlalu-muda.xlsx": Fault(
        changed(tanggal_lahir="2002-01-01", nik="9901010101020001", jenis_kelamin="L"), overall="TIDAK"
    ),
    "akun-52.xlsx": Fault(changed(sumber_pembayaran="AKUN_52"), overall="TIDAK"),
    "jabatan-pengemudi.xlsx": Fault(changed(jabatan="Pengemudi"), overall="TIDAK"),
    "belum-lengkap.xlsx": Fault(
        changed(nomor_sk=None, tanggal_sk=None), missing=("nomor_sk", "tanggal_sk"), overall="PERLU_DITINJAU"
    ),
    "di-luar-daftar.xlsx": Fault(changed(sumber_pembayaran="Kas RT"), codes=("not-in-list",)),
    "rumus.xlsx": Fault(changed(nama="=1+1"), codes=("formula",)),
    "nik-dalam-nama.xlsx": Fault(changed(nama="Siti Contoh 9901014101900001"), codes=("personal-number",)),
    "hp-dalam-unit.xlsx": Fault(changed(unit_kerja="Dinas Contoh HP 0812-9999-0000"), codes=("personal-number",)),
    "lahir-dalam-jabatan.xlsx": Fault(_born_in_job, codes=("personal-number",)),
    "akhir-sebelum-mulai.xlsx": Fault(changed(tanggal_akhir="2001-01-01"), codes=("end-before-start",)),
    "kolom-hilang.xlsx": Fault(_without("tanggal_sk"), refused="columns-missing"),
    "kolom-asing.xlsx": Fault(_retitled("nominal_honor", "Golongan Darah"), refused="columns-unknown"),
    "kolom-ganda.xlsx": Fault(_retitled("nominal_honor", "NIK"), refused="columns-duplicate"),
    "hanya-judul.xlsx": Fault(lambda _: xlsx_bytes([]), refused="no-rows"),
    "rusak.xlsx": Fault(lambda people: xlsx_bytes(map(cells_of, people))[:-600], refused="file-damaged"),
    "bukan-tabel.xlsx": Fault(lambda _: b"%PDF-1.7\n" + b"0" * 500, refused="file-type"),
    "titik-koma.csv": Fault(exported(delimiter=";")),
    "koma.csv": Fault(exported(delimiter=",", encoding="utf-8")),
    "tab-utf16.csv": Fault(exported(delimiter="\t", encoding="utf-16")),
    "cp1252.csv": Fault(_accented),
    "koma-tanpa-kutip.csv": Fault(_unquoted, codes=("extra-cells",)),
    "kutip-terbuka.csv": Fault(_open_quote, refused="file-damaged"),
    "nik-ilmiah.csv": Fault(
        lambda people: csv_bytes(map(cells_of, [people[0] | {"nik": "9.90101E+15"}, *people[1:]])),
        codes=("nik-scientific",),
    ),
}
