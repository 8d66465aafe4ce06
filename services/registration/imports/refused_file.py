"""Why a whole file is refused before any of its rows is looked at: stable codes and what to do."""

from enum import StrEnum
from typing import Final


class FileCode(StrEnum):
    """Codes of refused files."""

    EMPTY = "file-empty"
    TOO_LARGE = "file-too-large"
    TYPE = "file-type"
    OLD_EXCEL = "file-old-excel"
    ENCRYPTED = "file-encrypted"
    GONE = "file-gone"
    ROWS_GONE = "rows-gone"
    ROWS_FAILED = "rows-failed"
    DAMAGED = "file-damaged"
    BOMB = "file-bomb"
    UNREADABLE = "file-unreadable"
    FAILED = "file-failed"
    ENCODING = "file-encoding"
    TOO_MANY_ROWS = "too-many-rows"
    NO_ROWS = "no-rows"
    SHEETS = "sheets-several"
    COLUMNS_MISSING = "columns-missing"
    COLUMNS_UNKNOWN = "columns-unknown"
    COLUMNS_DUPLICATE = "columns-duplicate"


_TEXTS: Final[dict[FileCode, str]] = {
    FileCode.EMPTY: "Berkas kosong. Isi templat lalu unggah kembali.",
    FileCode.TOO_LARGE: "Berkas {kind} berukuran {size} MB, melebihi batas {limit} MB. Bagi menjadi beberapa berkas.",
    FileCode.TYPE: "Berkas ini bukan Excel (.xlsx) atau CSV. Simpan sebagai .xlsx atau .csv lalu unggah kembali.",
    FileCode.OLD_EXCEL: "Berkas ini berformat Excel lama (.xls). Simpan sebagai .xlsx lalu unggah kembali.",
    FileCode.ENCRYPTED: "Berkas ini dilindungi kata sandi. Simpan tanpa kata sandi lalu unggah kembali.",
    FileCode.GONE: "Berkas ini sudah dihapus sebelum sempat dibaca: berkas impor disimpan paling lama 7 hari. Unggah "
    "kembali.",
    FileCode.ROWS_GONE: "{left} dari {rows} baris belum dijawab, sedangkan berkasnya sudah dihapus: berkas impor "
    "disimpan paling lama 7 hari. Unggah kembali berkas yang sama; baris yang sudah tersimpan dijawab Tidak berubah.",
    FileCode.ROWS_FAILED: "{left} dari {rows} baris belum dijawab dan tidak dapat diproses lagi karena gangguan pada "
    "portal. Unggah kembali berkas yang sama; baris yang sudah tersimpan dijawab Tidak berubah.",
    FileCode.DAMAGED: "Berkas ini rusak atau tidak lengkap. Buka di Excel, simpan ulang, lalu unggah kembali.",
    FileCode.BOMB: "Isi berkas ini jauh melebihi ukurannya. Salin datanya ke templat baru lalu unggah kembali.",
    FileCode.UNREADABLE: "Berkas ini tidak dapat dibaca: isinya terlalu besar atau tersusun tidak wajar. Tidak ada "
    "baris yang disimpan. Salin judul dan baris datanya saja ke templat baru, simpan, lalu unggah berkas itu.",
    FileCode.FAILED: "Portal gagal membaca berkas ini walau sudah mencoba beberapa kali. Tidak ada baris yang "
    "disimpan. Unggah kembali; bila gagal lagi, salin judul dan baris datanya ke templat baru dan unggah berkas itu.",
    FileCode.ENCODING: "Huruf dalam berkas CSV ini tidak terbaca. Simpan sebagai CSV UTF-8 atau sebagai .xlsx.",
    FileCode.TOO_MANY_ROWS: "Berkas berisi lebih dari {limit} baris. Bagi menjadi beberapa berkas.",
    FileCode.NO_ROWS: "Berkas hanya berisi judul kolom. Isi sekurang-kurangnya satu baris.",
    FileCode.SHEETS: "Lebih dari satu lembar berisi judul kolom templat dan baris data: {sheets}. Gabungkan menjadi "
    'satu lembar, atau beri nama "Data" pada lembar yang dimaksud; lembar lain lalu tidak dibaca.',
    FileCode.COLUMNS_MISSING: "Kolom berikut tidak ada: {columns}. Pakai judul kolom dari templat.",
    FileCode.COLUMNS_UNKNOWN: "Kolom berikut tidak dikenal: {columns}. Hapus, atau pakai judul kolom dari templat.",
    FileCode.COLUMNS_DUPLICATE: "Kolom berikut ada lebih dari satu: {columns}. Sisakan satu saja.",
}

_OPEN_QUOTE: Final = (
    'Tanda kutip (") yang dibuka pada baris {line} tidak ditutup dengan benar, sehingga baris sesudahnya dapat ikut '
    "tertelan. Tidak ada baris yang disimpan. Hapus atau tutup tanda kutip itu, hapus juga ganti baris (Alt+Enter) di "
    "dalam isi sel, atau simpan sebagai .xlsx, lalu unggah kembali."
)


class RefusedFile(Exception):
    """The file cannot be read as the template; `message` tells the office what to do."""

    def __init__(self, code: FileCode, **details: object) -> None:
        super().__init__(code.value)
        self.code = code
        self.message = _TEXTS[code].format(**details)


class OpenQuote(RefusedFile):
    """A quote of a CSV file, opened on `line`, that is not closed or is closed where it cannot be meant."""

    def __init__(self, line: int) -> None:
        super().__init__(FileCode.DAMAGED)
        self.line = line
        self.message = _OPEN_QUOTE.format(line=line)
