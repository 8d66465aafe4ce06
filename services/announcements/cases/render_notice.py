"""The notice of a tanggapan as a paper for whom it is about: what is reported, never by whom, and how he answers.

One or two pages however many report the same: it stays with him, the receipt at its end goes back to the institution.
All that is said of him is read where he answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from reportlab.lib.pagesizes import A4

from services.kernel.pdf import About, Flow, Part, Sheet, bold, day_text, minute_text

_TITLE: Final = "Pemberitahuan Tanggapan Masyarakat"
_OF: Final = "Pendataan Tenaga Non-ASN"
_WHAT: Final = (
    "Ada yang melaporkan bahwa nama Anda tidak semestinya ada pada daftar pendataan. Pelapornya tidak diberitahukan "
    "kepada siapa pun di instansi ini. Anda berhak menjawab sebelum ada putusan."
)
_SAID: Final = 5
"""Reports whose words are printed *(ours)*: the first whole, the others as far as `_WORDS` goes."""
_WORDS: Final = 240
"""Characters of a later report *(ours)*."""
_OTHERS: Final = "Dan {count} laporan lain yang sama. Isi lengkap semuanya ada di alamat di bawah ini."
_SHORTENED: Final = "Isi lengkap semuanya ada di alamat di bawah ini."
_UNTIL: Final = (
    "Waktu menjawab adalah 5 hari kalender sesudah hari surat ini diserahkan. Sesudah itu laporan ini dapat diputuskan "
    "tanpa jawaban Anda; jawaban yang datang sebelum ada putusan tetap dibaca."
)
_ACCOUNT: Final = (
    "Punya akun pendataan? Masuk, lalu jawab di halaman Keberatan dan laporan tentang Anda; kode di atas tidak perlu."
)
_WARNING: Final = (
    "Jangan berikan kode ini kepada orang lain, juga petugas. Pendataan ini tidak dipungut biaya; laporkan siapa pun "
    "yang meminta uang."
)
_RECEIPT: Final = (
    "Saya menerima surat pemberitahuan ini. Menandatangani tanda terima bukan berarti menyetujui laporannya."
)


@dataclass(frozen=True)
class NoticePaper:
    """What the notice says: number and code as they are shown, of whom it is, what is said of him, where he answers."""

    number: str
    code: str
    institution: str
    name: str
    unit: str
    registration_number: str
    filed: datetime
    said: list[str]
    address: str
    at: datetime


def render_notice(paper: NoticePaper) -> bytes:
    """Print the notice with its receipt."""
    flow = Flow(Sheet(About(_TITLE, _OF, paper.institution, paper.at), A4), f"{_TITLE} · {paper.number}")
    flow.title(_TITLE, _OF, paper.institution, f"Dicetak {minute_text(paper.at)}")
    flow.part(Part("Kepada", _person(paper)))
    flow.part(Part("Yang dilaporkan", sentences=[_WHAT, *_said(paper.said)]))
    flow.part(Part("Cara menjawab", _opens(paper), [_how(paper), _UNTIL, _ACCOUNT, _WARNING]))
    flow.part(Part("Tanda terima", [("Nomor laporan", paper.number)], [_RECEIPT]))
    flow.blanks("Nama penerima", "Tanggal diterima", "Tanda tangan penerima", "Nama dan tanda tangan petugas")
    return flow.finish()


def _person(paper: NoticePaper) -> list[tuple[str, str]]:
    return [
        ("Nama", paper.name),
        ("Nomor registrasi", paper.registration_number),
        ("Unit kerja", paper.unit),
        ("Laporan diterima", day_text(paper.filed)),
    ]


def _said(reports: Sequence[str]) -> list[str]:
    first, *others = reports[:_SAID]
    short = [other if len(other) <= _WORDS else f"{other[:_WORDS].rstrip()}…" for other in others]
    said = [f"“{each}”" for each in (first, *short)]
    if len(reports) > _SAID:
        return [*said, _OTHERS.format(count=len(reports) - _SAID)]
    return [*said, _SHORTENED] if short != others else said


def _opens(paper: NoticePaper) -> list[tuple[str, str]]:
    return [("Nomor laporan", paper.number), ("Kode jawaban", paper.code)]


def _how(paper: NoticePaper) -> str:
    return f"Buka {bold(paper.address)}, isi nomor laporan dan kode jawaban, lalu tulis jawaban Anda."
