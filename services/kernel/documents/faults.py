from collections.abc import Mapping
from enum import StrEnum

from services.kernel.documents.rules import JPEG, KB, MB, PDF, Rule, rule_of
from services.kernel.documents.types import DocumentType
from services.kernel.security.personal_number_texts import PERSONAL_NUMBERS
from services.kernel.security.personal_numbers import PersonalNumber

Figures = Mapping[str, int | str]


class FileFault(StrEnum):
    """Why a file was refused: the stable code; `explain` has the words."""

    EMPTY = "empty"
    TOO_LARGE = "too-large"
    WRONG_TYPE = "wrong-type"
    ANIMATED = "animated"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    TOO_MANY_PAGES = "too-many-pages"
    TOO_MANY_PIXELS = "too-many-pixels"
    RESOLUTION_TOO_LOW = "resolution-too-low"
    BLACK_AND_WHITE = "black-and-white"
    ACTIVE_CONTENT = "active-content"
    PERSONAL_NUMBER = "personal-number"


class FileFlag(StrEnum):
    """What a person should look at in an accepted file; a flag never refuses (domain.md §6 and §8)."""

    BLURRED = "blurred"
    SMALL = "small"
    BACKGROUND_NOT_BLUE = "background-not-blue"
    BACKGROUND_UNCERTAIN = "background-uncertain"
    KTP_COLOUR_UNCERTAIN = "ktp-colour-uncertain"
    SIGNED = "signed"
    ACTIVE_CONTENT = "active-content"
    NOT_ALL_KEPT = "not-all-kept"


_FLAG_TEXTS = {
    FileFlag.BLURRED: "Gambar tampak kurang tajam. Bila tulisannya tidak terbaca, unggah lagi yang lebih tajam.",
    FileFlag.SMALL: "Berkas ini kecil, jadi mungkin kurang tajam. Bila tulisannya tidak terbaca, unggah lagi "
    "yang lebih tajam.",
    FileFlag.BACKGROUND_NOT_BLUE: "Latar belakang foto tampaknya bukan biru. Bila ada, unggah foto berlatar biru.",
    FileFlag.BACKGROUND_UNCERTAIN: "Warna biru latar belakang foto kurang jelas. Verifikator akan memeriksanya.",
    FileFlag.KTP_COLOUR_UNCERTAIN: "Warna KTP kurang jelas. Pastikan berkas ini pindaian berwarna dari KTP asli.",
    FileFlag.SIGNED: "Berkas memuat tanda tangan elektronik. SPTJM dan surat disimpan apa adanya; salinan dokumen lain "
    "tidak lagi memuatnya, jadi simpan berkas aslinya.",
    FileFlag.ACTIVE_CONTENT: "Berkas memuat formulir aktif, suara, atau film. Buka hanya dengan pembaca PDF yang "
    "mematikan isi aktif.",
    FileFlag.NOT_ALL_KEPT: "Catatan, formulir, atau bagian dari luar berkas tidak ikut pada salinan yang disimpan. "
    "Periksa salinannya; bila ada yang kurang, cetak berkas itu ke PDF baru, lalu unggah lagi.",
}

# {limit} and {own} are filled by `_measures`; {paper} is the kind of document.
_FAULT_TEXTS = {
    FileFault.EMPTY: "Berkas {paper} kosong ({own}), sedangkan isinya paling sedikit {limit}. "
    "Pilih berkas lain atau buat pindaian baru, lalu unggah lagi.",
    FileFault.TOO_LARGE: "Ukuran berkas {paper} Anda {own}, batasnya {limit}. "
    "Perkecil gambar atau turunkan resolusi pindaian, lalu unggah lagi.",
    FileFault.WRONG_TYPE: "Isi berkas {paper} Anda adalah {own}, yang diterima {limit}. "
    "Simpan ulang sebagai {limit} (mengganti nama berkas saja tidak cukup), lalu unggah lagi.",
    FileFault.ANIMATED: "Berkas {paper} Anda gambar bergerak ({own}), yang diterima satu gambar diam {limit}. "
    "Ambil foto biasa, lalu unggah lagi.",
    FileFault.DAMAGED: "Berkas {paper} Anda ({own}) rusak atau tidak utuh, yang diterima {limit} yang dapat dibuka. "
    "Buka berkas itu di perangkat Anda; bila tidak terbuka, pindai ulang. Lalu unggah lagi.",
    FileFault.ENCRYPTED: "Berkas {paper} Anda ({own}) terkunci, yang diterima {limit} tanpa kata sandi. "
    "Cetak ke PDF baru tanpa kata sandi atau pembatasan, lalu unggah lagi.",
    FileFault.TOO_MANY_PAGES: "Berkas {paper} Anda {own}, batasnya {limit}. "
    "Sisakan halaman yang diperlukan, lalu unggah lagi.",
    FileFault.TOO_MANY_PIXELS: "Gambar {paper} Anda {own}, batasnya {limit}. "
    "Turunkan resolusi kamera atau perkecil gambar, lalu unggah lagi.",
    FileFault.RESOLUTION_TOO_LOW: "Gambar {paper} Anda {own}, sisi terpendeknya paling kecil {limit}. "
    "Foto atau pindai ulang lebih dekat atau dengan resolusi lebih tinggi, lalu unggah lagi.",
    FileFault.BLACK_AND_WHITE: "Gambar {paper} Anda hitam-putih (sebaran warna {own}), yang diterima gambar berwarna "
    "(sekurang-kurangnya {limit}). Foto atau pindai {paper} asli dalam mode warna, lalu unggah lagi.",
    FileFault.ACTIVE_CONTENT: "Berkas {paper} Anda ({own}) memuat skrip, lampiran, atau perintah yang membuka berkas "
    "atau alamat lain; yang diterima {limit} tanpa isi seperti itu. Cetak ke PDF baru, tanda tangani yang baru itu "
    "bila perlu, lalu unggah lagi.",
    FileFault.PERSONAL_NUMBER: "Berkas {paper} Anda memuat {own}; yang diterima berkas {limit}, karena isinya dipasang "
    "di depan umum. Turunkan pengumuman itu, hapus nomornya, pasang yang baru, lalu unggah lagi.",
}

_FORMAT_NAMES = {JPEG: "JPG", PDF: "PDF"}


def explain(fault: FileFault, jenis: DocumentType, figures: Figures) -> str:
    """Say in Indonesian what is wrong with the file, its limit, its own figure, and what to do next.

    `figures` are those of the inspection that found the fault (`Inspection.figures`): `bytes`, `found` (a format's
    name), `pages`, `width` and `height` (pixels), `pixels_limit`, `colour`, `colour_limit` (tenths), `number`.
    """
    own, limit = _measures(fault, rule_of(jenis), figures)
    text = _FAULT_TEXTS[fault].format(paper=rule_of(jenis).label, own=own, limit=limit)
    return text[0].upper() + text[1:]


def flag_text(flag: FileFlag) -> str:
    """Return the hint that belongs to a flag, in Indonesian."""
    return _FLAG_TEXTS[flag]


def _measures(fault: FileFault, rule: Rule, figures: Figures) -> tuple[str, str]:
    """Write the file's own figure and its limit in the same unit."""
    formats = " atau ".join(_FORMAT_NAMES[kind] for kind in rule.formats)
    size = _size(int(figures.get("bytes", 0)))
    side = f"{figures.get('width', 0)} x {figures.get('height', 0)} piksel"
    found = str(figures.get("found", "tidak dikenal"))
    return {
        FileFault.EMPTY: (size, "satu halaman"),
        FileFault.TOO_LARGE: (_size(int(figures.get("bytes", 0)), up=True), _size(rule.most)),
        FileFault.WRONG_TYPE: (found, formats),
        FileFault.ANIMATED: (found, formats),
        FileFault.DAMAGED: (size, formats),
        FileFault.ENCRYPTED: (size, formats),
        FileFault.TOO_MANY_PAGES: (f"{figures.get('pages', 0)} halaman", f"{rule.max_pages} halaman"),
        FileFault.TOO_MANY_PIXELS: (side, f"{int(figures.get('pixels_limit', 0)) // 1_000_000} juta piksel"),
        FileFault.RESOLUTION_TOO_LOW: (side, f"{rule.min_side} piksel"),
        FileFault.ACTIVE_CONTENT: (size, formats),
        FileFault.PERSONAL_NUMBER: (_held(figures.get("number")), "tanpa nomor pribadi"),
        FileFault.BLACK_AND_WHITE: (_tenths(figures.get("colour", 0)), _tenths(figures.get("colour_limit", 0))),
    }[fault]


def _held(number: int | str | None) -> str:
    return PERSONAL_NUMBERS[PersonalNumber(str(number))] if number else "nomor pribadi"


def _size(count: int, *, up: bool = False) -> str:
    """Write bytes with at most one decimal, rounded away from the limit so that 1 byte too many shows."""
    unit, name = (MB, "MB") if count >= MB else (KB, "KB")
    if count < KB:
        return f"{count} byte"
    tenths = -(-count * 10 // unit) if up else count * 10 // unit
    return f"{_tenths(tenths)} {name}".replace(",0 ", " ")


def _tenths(value: int | str) -> str:
    whole, tenth = divmod(int(value), 10)
    return f"{whole},{tenth}"
