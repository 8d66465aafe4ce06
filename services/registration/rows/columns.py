"""The import template's columns: one table for the template, the reader, the checks and the answers (domain.md §6)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from services.kernel.reference.choices import Choices
from services.kernel.reference.education import EDUCATION
from services.kernel.reference.pay_sources import PAY_SOURCES
from services.kernel.reference.sexes import SEXES
from services.kernel.reference.signatories import SIGNATORIES


class Kind(StrEnum):
    """How a column's cells are read."""

    NIK = "nik"
    TEXT = "text"
    NUMBER = "number"
    """The number of a paper: letters, digits and signs."""
    CODE = "code"
    """Digits, a hyphen, point or blank between them at most."""
    DATE = "date"
    CHOICE = "choice"
    MONEY = "money"
    PHONE = "phone"
    EMAIL = "email"


class Topic(StrEnum):
    """What a column is about (domain.md, section 6): the sections of the form for one person."""

    IDENTITY = "identity"
    EDUCATION = "education"
    WORK = "work"
    PAY = "pay"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key, the heading offices see, and how to fill it.

    Attributes:
        required: the row is registered only with it; without it the row is kept as a draft.
        appointment: it describes the first appointment, and every other one too; no money does.
        may_be_left: neither the category nor a criterion hangs on it: what cannot be read in a file is left blank.
        longest: characters, of texts, numbers and codes; 0 for no limit.
        repeats: many people share the same text, so what a cell says is remembered (readers.py) and not read anew.
        others: headings that mean the same column.
    """

    key: str
    heading: str
    kind: Kind
    topic: Topic
    example: str
    note: str
    required: bool = False
    appointment: bool = False
    may_be_left: bool = False
    choices: Choices | None = None
    longest: int = 0
    width: int = 20
    repeats: bool = False
    others: tuple[str, ...] = ()


COLUMNS: Final[tuple[Column, ...]] = (
    Column(
        "nik",
        "NIK",
        Kind.NIK,
        Topic.IDENTITY,
        "9901014101900001",
        "16 angka sesuai KTP, disimpan sebagai teks.",
        required=True,
        width=19,
        others=("Nomor Induk Kependudukan", "No KTP", "Nomor KTP", "No. NIK"),
    ),
    Column(
        "nama",
        "Nama Lengkap (tanpa gelar)",
        Kind.TEXT,
        Topic.IDENTITY,
        "Siti Contoh Lestari",
        "Sesuai KTP, tanpa gelar di depan maupun di belakang.",
        required=True,
        longest=100,
        width=30,
        others=("Nama", "Nama Lengkap", "Nama Tanpa Gelar"),
    ),
    Column(
        "no_peserta_thk2",
        "No. Peserta THK-II",
        Kind.CODE,
        Topic.IDENTITY,
        "",
        "Hanya untuk THK-II. Kosongkan bagi Non-ASN lainnya.",
        longest=30,
        others=("No Peserta THK2", "Nomor Peserta THK-II", "No. Peserta K2", "Nomor Peserta"),
    ),
    Column(
        "tanggal_lahir",
        "Tanggal Lahir",
        Kind.DATE,
        Topic.IDENTITY,
        "01-01-1990",
        "Sesuai KTP.",
        required=True,
        width=15,
        others=("Tgl Lahir",),
    ),
    Column(
        "tempat_lahir",
        "Tempat Lahir",
        Kind.TEXT,
        Topic.IDENTITY,
        "Contoh Satu",
        "Nama kabupaten/kota sesuai KTP.",
        required=True,
        repeats=True,
        longest=60,
        others=("Kab/Kota Lahir",),
    ),
    Column(
        "jenis_kelamin",
        "Jenis Kelamin",
        Kind.CHOICE,
        Topic.IDENTITY,
        "Perempuan",
        "Pilih dari daftar; L dan P juga diterima.",
        required=True,
        choices=SEXES,
        width=14,
        others=("JK", "L/P", "Kelamin"),
    ),
    Column(
        "pendidikan",
        "Pendidikan Terakhir",
        Kind.CHOICE,
        Topic.EDUCATION,
        "S-1/Sarjana",
        "Pilih dari daftar.",
        required=True,
        choices=EDUCATION,
        others=("Pendidikan", "Tingkat Pendidikan"),
    ),
    Column(
        "nomor_ijazah",
        "Nomor Ijazah",
        Kind.NUMBER,
        Topic.EDUCATION,
        "DN-99/0001234",
        "Sesuai ijazah terakhir.",
        may_be_left=True,
        longest=60,
        others=("No Ijazah", "No. Ijazah"),
    ),
    Column(
        "tanggal_lulus",
        "Tanggal Lulus",
        Kind.DATE,
        Topic.EDUCATION,
        "17-06-2012",
        "Sesuai ijazah.",
        may_be_left=True,
        width=15,
        others=("Tgl Lulus",),
    ),
    Column(
        "sekolah",
        "Sekolah/Universitas",
        Kind.TEXT,
        Topic.EDUCATION,
        "Universitas Contoh",
        "Sesuai ijazah.",
        may_be_left=True,
        repeats=True,
        longest=120,
        width=30,
        others=("Sekolah", "Universitas", "Nama Sekolah", "Asal Sekolah", "Sekolah/Perguruan Tinggi"),
    ),
    Column(
        "nomor_sk",
        "Nomor SK",
        Kind.NUMBER,
        Topic.WORK,
        "800/123/BKD/2018",
        "SK pengangkatan pertama.",
        required=True,
        appointment=True,
        longest=80,
        width=24,
        others=("No SK", "No. SK", "Nomor SK Pengangkatan"),
    ),
    Column(
        "tanggal_sk",
        "Tanggal SK",
        Kind.DATE,
        Topic.WORK,
        "29-12-2017",
        "Tanggal SK ditandatangani.",
        required=True,
        appointment=True,
        width=15,
        others=("Tgl SK",),
    ),
    Column(
        "tanggal_mulai",
        "Tanggal Mulai Kerja",
        Kind.DATE,
        Topic.WORK,
        "02-01-2018",
        "Terhitung mulai tanggal (TMT) menurut SK.",
        required=True,
        appointment=True,
        width=15,
        others=("TMT", "Tgl Mulai Kerja", "Tanggal Mulai", "TMT Kerja"),
    ),
    Column(
        "tanggal_akhir",
        "Tanggal Akhir Kerja",
        Kind.DATE,
        Topic.WORK,
        "",
        "Kosongkan bila SK tidak menyebut tanggal akhir.",
        appointment=True,
        width=15,
        others=("Tgl Akhir Kerja", "Tanggal Akhir"),
    ),
    Column(
        "pendidikan_sk",
        "Pendidikan menurut SK",
        Kind.CHOICE,
        Topic.WORK,
        "S-1/Sarjana",
        "Pilih dari daftar.",
        appointment=True,
        may_be_left=True,
        choices=EDUCATION,
        others=("Pendidikan SK", "Pendidikan sesuai SK"),
    ),
    Column(
        "jabatan",
        "Jabatan",
        Kind.TEXT,
        Topic.WORK,
        "Guru Kelas",
        "Sesuai SK.",
        required=True,
        appointment=True,
        repeats=True,
        longest=100,
        width=26,
        others=("Nama Jabatan", "Jabatan sesuai SK"),
    ),
    Column(
        "konversi_jabatan",
        "Konversi Jabatan ASN",
        Kind.TEXT,
        Topic.WORK,
        "Guru Ahli Pertama",
        "Jabatan ASN yang sepadan, bila ada.",
        appointment=True,
        may_be_left=True,
        repeats=True,
        longest=100,
        width=26,
        others=("Konversi Jabatan",),
    ),
    Column(
        "unit_kerja",
        "Unit Kerja",
        Kind.TEXT,
        Topic.WORK,
        "SD Negeri 1 Contoh",
        "Nama unit kerja menurut susunan organisasi instansi.",
        required=True,
        appointment=True,
        repeats=True,
        longest=150,
        width=32,
        others=("Unit", "Nama Unit Kerja", "Satuan Kerja", "Unor"),
    ),
    Column(
        "jabatan_penandatangan",
        "Jabatan Penandatangan SK",
        Kind.TEXT,
        Topic.WORK,
        "Kepala SD Negeri 1 Contoh",
        "Jabatan orang yang menandatangani SK.",
        appointment=True,
        may_be_left=True,
        repeats=True,
        longest=120,
        width=30,
        others=("Jabatan Penandatangan", "Penandatangan SK"),
    ),
    Column(
        "jenis_jabatan_penandatangan",
        "Jenis Jabatan Penandatangan",
        Kind.CHOICE,
        Topic.WORK,
        "Kepala unit kerja (sekolah, puskesmas, UPT)",
        "Pilih dari daftar.",
        appointment=True,
        choices=SIGNATORIES,
        width=34,
        others=("Jenis Jabatan Penandatangan SK", "Jenis Penandatangan"),
    ),
    Column(
        "sumber_pembayaran",
        "Sumber Pembayaran",
        Kind.CHOICE,
        Topic.PAY,
        "APBD - belanja pegawai (akun 51)",
        "Pilih dari daftar.",
        required=True,
        appointment=True,
        choices=PAY_SOURCES,
        width=34,
        others=("Sumber Gaji", "Sumber Honor", "Sumber Dana"),
    ),
    Column(
        "nominal_honor",
        "Nominal Honor (Rp)",
        Kind.MONEY,
        Topic.PAY,
        "1500000",
        "Honor sebulan dalam rupiah; boleh dikosongkan.",
        may_be_left=True,
        width=18,
        others=("Nominal Honor", "Honor", "Gaji", "Besaran Honor"),
    ),
    Column(
        "hp",
        "Nomor HP",
        Kind.PHONE,
        Topic.IDENTITY,
        "",
        "Boleh dikosongkan. Isi nomor yang diketahui instansi, diawali 08; tidak diumumkan.",
        may_be_left=True,
        width=18,
        others=("HP", "No HP", "No. HP", "Nomor Telepon", "Telepon"),
    ),
    Column(
        "email",
        "Alamat Email",
        Kind.EMAIL,
        Topic.IDENTITY,
        "",
        "Boleh dikosongkan. Isi alamat yang diketahui instansi; tidak diumumkan.",
        may_be_left=True,
        width=28,
        others=("Email", "E-mail", "Surel"),
    ),
)

EXTRA_CELLS: Final = "(kolom lebih)"
"""The key under which a row keeps a cell beyond the last heading; no column has it."""

BY_KEY: Final[dict[str, Column]] = {column.key: column for column in COLUMNS}
REQUIRED: Final = frozenset(column.key for column in COLUMNS if column.required)
FIRST_APPOINTMENT: Final = tuple(column.key for column in COLUMNS if column.appointment)
"""Which of the registered fields describe the first appointment; shown as history row `pertama`."""
MAY_BE_LEFT: Final = frozenset(column.key for column in COLUMNS if column.may_be_left)
"""Optional columns on which neither the category nor a criterion hangs (domain.md, section 5).

Of the others, the THK-II number makes the category, the end of work the days of service, and the kind of signatory
answers rule 3: read as blank, each would say something else than the office did.
"""
NEVER_DRAFT: Final = ("nik", "nama")
"""Without these there is nobody to keep a draft of: the row is refused."""


def headings(keys: Iterable[str]) -> str:
    """Name columns in a sentence, in the template's order: `NIK, Tanggal SK`."""
    wanted = set(keys)
    return ", ".join(column.heading for column in COLUMNS if column.key in wanted)
