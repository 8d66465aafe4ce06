"""What can be wrong or odd in a row: stable codes, and apart from them the Indonesian texts that say what to fix.

A text never quotes the cell: it may be somebody's NIK.
"""

from enum import StrEnum
from typing import Final, NamedTuple

from services.kernel.security.personal_number_texts import PERSONAL_NUMBERS
from services.kernel.security.personal_numbers import PersonalNumber
from services.kernel.values.dates import DateFault
from services.registration.rows.columns import BY_KEY


class RowCode(StrEnum):
    """Codes of problems and warnings; others come from `DateFault`, `IdentifierFault` and `NikWarning`."""

    REQUIRED = "required"
    NOT_TEXT = "not-text"
    TOO_LONG = "too-long"
    FORMULA = "formula"
    UNREADABLE = "unreadable"
    NO_VALUE = "formula-no-value"
    UNFORESEEN = "row-unreadable"
    NOT_PROCESSED = "row-not-processed"
    HELD_GONE = "held-gone"
    NIK_NUMBER = "nik-number"
    NIK_SCIENTIFIC = "nik-scientific"
    NUMBER_TOO_LONG = "number-too-long"
    NOT_DIGITS = "not-digits"
    DATE_NUMBER = "date-number"
    NOT_IN_LIST = "not-in-list"
    MONEY = "money"
    MONEY_RANGE = "money-range"
    PHONE = "phone"
    EMAIL = "email"
    ERROR_VALUE = "error-value"
    ZEROS_LOST = "zeros-lost"
    END_BEFORE_START = "end-before-start"
    START_BEFORE_BIRTH = "start-before-birth"
    EXTRA_CELLS = "extra-cells"
    UNKNOWN_COLUMN = "unknown-column"
    PERSONAL_NUMBER = "personal-number"
    DUPLICATE = "duplicate"
    TITLE_IN_NAME = "title-in-name"
    UNLISTED_UNIT = "unlisted-unit"
    UNLISTED_JOB = "unlisted-job"


class RowProblem(NamedTuple):
    """One thing to fix or to look at: where, the stable code, and the sentence for the office."""

    column: str
    code: str
    message: str


_TEXTS: Final[dict[str, str]] = {
    RowCode.REQUIRED: "{heading} wajib diisi.",
    RowCode.NOT_TEXT: "{heading} tidak dapat dibaca sebagai teks. Ketik ulang isinya.",
    RowCode.TOO_LONG: "{heading} paling panjang {longest} karakter. Persingkat isinya.",
    RowCode.FORMULA: "{heading} diawali tanda = + - atau @ seperti rumus. Hapus tanda itu, atau tempel sebagai nilai.",
    RowCode.UNREADABLE: "{heading} memuat karakter yang tidak dapat dibaca. Ketik ulang isinya.",
    RowCode.NO_VALUE: "{heading} berisi rumus yang nilainya tidak tersimpan dalam berkas. Buka berkas di Excel, simpan "
    "ulang, lalu unggah kembali; atau tempel kolom itu sebagai nilai.",
    RowCode.UNFORESEEN: "Baris ini tidak dapat dibaca portal. Ketik ulang isinya ke templat baru lalu unggah kembali.",
    RowCode.NOT_PROCESSED: "Portal gagal memproses baris ini walau sudah mencoba beberapa kali. Unggah kembali baris "
    "ini; bila ternyata sudah tersimpan, jawabannya Tidak berubah.",
    RowCode.HELD_GONE: "Berkas impor ini sudah dihapus sebelum perbaikan yang ditahan diterapkan. Unggah kembali baris "
    "ini.",
    RowCode.NIK_NUMBER: "NIK tersimpan sebagai angka, sehingga Excel menghilangkan angka terakhirnya. "
    "Ubah format kolom menjadi Text, lalu ketik ulang 16 angka sesuai KTP.",
    RowCode.NIK_SCIENTIFIC: "NIK tersimpan dalam notasi ilmiah (seperti 9,9E+15), sehingga angka terakhirnya hilang. "
    "Ubah format kolom menjadi Text, lalu ketik ulang 16 angka sesuai KTP.",
    RowCode.NUMBER_TOO_LONG: "{heading} tersimpan sebagai angka yang terlalu panjang, sehingga angka terakhirnya "
    "hilang. Ubah format kolom menjadi Text, lalu ketik ulang.",
    RowCode.NOT_DIGITS: "{heading} terdiri atas angka. Kosongkan bagi yang bukan THK-II.",
    DateFault.FORMAT: "{heading} tidak terbaca sebagai tanggal. Tulis hari-bulan-tahun, misalnya 31-12-2021.",
    DateFault.IMPOSSIBLE: "{heading} bukan tanggal yang ada di kalender. Periksa hari dan bulannya.",
    DateFault.ORDER: "{heading} ditulis bulan dahulu. Tulis hari-bulan-tahun, misalnya 31-12-2021.",
    RowCode.DATE_NUMBER: "{heading} tersimpan sebagai angka. Ubah format sel menjadi Date, misalnya 31-12-2021.",
    DateFault.TIME: "{heading} memuat jam selain 00.00, sehingga harinya tidak pasti: aplikasi yang menyimpan waktu "
    "menurut zona lain dapat menggesernya sehari. Tulis tanggalnya saja, misalnya 31-12-2021.",
    DateFault.YEAR: "Tahun pada {heading} harus empat angka, antara 1900 dan 2100.",
    RowCode.NOT_IN_LIST: "{heading} tidak ada dalam daftar. Pilih salah satu: {choices}.",
    RowCode.MONEY: "{heading} harus berupa angka rupiah, misalnya 1500000.",
    RowCode.MONEY_RANGE: "{heading} harus antara 0 dan 1.000.000.000. Tulis honor sebulan dalam rupiah.",
    RowCode.PHONE: "{heading} harus nomor HP Indonesia yang dimulai dengan 08, misalnya 081234567890.",
    RowCode.EMAIL: "{heading} harus lengkap, misalnya nama@contoh.id.",
    RowCode.ERROR_VALUE: "{heading} berisi galat rumus (seperti #N/A), jadi dibaca sebagai kosong. Perbaiki rumusnya, "
    "atau ketik isinya.",
    RowCode.ZEROS_LOST: "{heading} tersimpan sebagai angka, sehingga angka nol di depannya hilang bila ada. Cocokkan "
    "dengan dokumennya; ubah format kolom menjadi Text bila ada yang hilang.",
    RowCode.END_BEFORE_START: "Tanggal Akhir Kerja mendahului Tanggal Mulai Kerja. Perbaiki salah satunya.",
    RowCode.START_BEFORE_BIRTH: "Tanggal Mulai Kerja mendahului Tanggal Lahir. Perbaiki salah satunya.",
    RowCode.EXTRA_CELLS: "Baris ini berisi lebih banyak kolom daripada judul. Beri tanda kutip pada isi yang memuat "
    "tanda pemisah, atau pakai berkas Excel.",
    RowCode.UNKNOWN_COLUMN: "Isian ini tidak ada dalam templat. Hapus isian ini.",
    RowCode.PERSONAL_NUMBER: "{heading} memuat {kind}. Nama, jabatan, dan unit kerja orang yang didata dapat dibaca "
    "umum, jadi tidak boleh memuat data pribadi. Hapus {kind} itu dari isian ini.",
    RowCode.DUPLICATE: "NIK ini sudah ada pada baris {first}. Hapus salah satu baris.",
    RowCode.TITLE_IN_NAME: "Nama tampaknya memuat gelar. Tulis nama sesuai KTP tanpa gelar.",
    RowCode.UNLISTED_UNIT: "{heading} tidak ada dalam daftar unit instansi. Datanya tetap disimpan. Periksa ejaannya; "
    "bila unit ini memang ada, minta admin instansi memasukkannya ke daftar unit.",
    RowCode.UNLISTED_JOB: "{heading} tidak ada dalam daftar jabatan, jadi rumpunnya belum diketahui. Datanya tetap "
    "disimpan. Periksa ejaannya; bila sudah benar, minta admin instansi menetapkan rumpunnya.",
    "nik-length": "NIK harus tepat 16 angka. Salin ulang dari KTP.",
    "nik-repeated": "NIK tidak mungkin terdiri atas satu angka yang berulang. Salin ulang dari KTP.",
    "nik-day": "Angka ke-7 dan ke-8 NIK harus 01-31 (laki-laki) atau 41-71 (perempuan). Salin ulang dari KTP.",
    "nik-month": "Angka ke-9 dan ke-10 NIK harus bulan 01-12. Salin ulang dari KTP.",
    "nik-date": "Angka ke-7 sampai ke-12 NIK bukan tanggal yang ada di kalender. Salin ulang dari KTP.",
    "nik-serial": "Empat angka terakhir NIK tidak mungkin 0000. Salin ulang dari KTP; kolomnya harus berformat Text.",
    "nik-birth-date": "Tanggal lahir berbeda dengan yang tertulis dalam NIK. Cocokkan keduanya dengan KTP.",
    "nik-sex": "Jenis kelamin berbeda dengan yang tertulis dalam NIK. Cocokkan keduanya dengan KTP.",
    "nik-area": "Enam angka pertama NIK bukan kode wilayah yang dikenal. Cocokkan dengan KTP.",
}


def is_explained(code: str) -> bool:
    """Whether a code is one of ours, with a text that says what to fix."""
    return code in _TEXTS


def row_problem(column: str, code: str, **details: object) -> RowProblem:
    """Make a problem with its text; `column` is a key of the template, or what stood there instead."""
    known = BY_KEY.get(column)
    facts: dict[str, object] = {"heading": known.heading if known else "Isian ini"}
    if known is not None:
        facts |= {"longest": known.longest, "choices": "; ".join(known.choices.labels()) if known.choices else ""}
    return RowProblem(column, str(code), _TEXTS[code].format(**(facts | details)))


def left_blank_problem(problem: RowProblem) -> RowProblem:
    """Make the warning of a cell that could not be read and is not needed."""
    return problem._replace(message=f"{problem.message} Untuk sementara isian ini dikosongkan.")


def without_left_blank(problem: RowProblem) -> RowProblem:
    """The same warning where something stood, which a cell that cannot be read does not take away."""
    return problem._replace(
        message=problem.message.removesuffix(left_blank_problem(problem._replace(message="")).message)
    )


def personal_number_problem(column: str, kind: PersonalNumber) -> RowProblem:
    """Make the problem of a published text that tells a personal number (domain.md, section 6)."""
    return row_problem(column, RowCode.PERSONAL_NUMBER, kind=PERSONAL_NUMBERS[kind])
