"""What became of an accepted usulan, for whoever filed it: how its record stands now, and what he can do.

He may be another than whom it is about: of a verdict he reads nothing.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, NamedTuple

from services.announcements.adapters import institution_store
from services.announcements.model.case import Case
from services.announcements.model.institution import Stand
from services.kernel.cases import UsulanOutcome
from services.kernel.clock import wib
from services.kernel.writes import gate
from services.kernel.writes.calendar import Window


class RecordWords(NamedTuple):
    """How the record stands, and what whoever filed the usulan can do; Indonesian sentences."""

    stands: str
    next: str


_READ: Final = "Baca jawabannya di halaman ini."
_NIK_ASKED: Final = RecordWords(
    "Usulan Anda diterima: orang ini sudah ada dalam data dengan NIK yang salah ketik. Tidak ada data baru; "
    "NIK-nya diperbaiki pada data yang sudah ada setelah disetujui admin instansi.",
    _READ,
)
_KNOWN: Final[Mapping[Stand, RecordWords]] = {
    Stand.TERDAFTAR: RecordWords(
        "Usulan Anda diterima dan datanya sudah lengkap: orang ini terdaftar di instansi ini.",
        "Orang ini dapat membuat akun dan mengikuti datanya sendiri. Hasil verifikasi dibacanya di sana.",
    ),
    Stand.KONFLIK: RecordWords(
        "Usulan Anda diterima, tetapi NIK orang ini terdaftar juga di instansi lain. Ia tidak masuk daftar instansi "
        "ini sebelum instansi lain itu melepasnya atau BKN memutuskannya.",
        "Bila orang ini bekerja di instansi ini, minta instansi ini menyelesaikannya dengan instansi lain itu atau "
        "dengan BKN.",
    ),
    Stand.LAIN: RecordWords(
        "Usulan Anda diterima dan datanya dimasukkan, tetapi sekarang orang ini tidak ada pada daftar instansi ini.",
        "Sebabnya dibaca orang ini sendiri dengan akunnya. Bila tidak punya akun, ia menanyakannya kepada instansi "
        "ini.",
    ),
}
_ENTERED: Final = RecordWords("Usulan Anda diterima: data orang ini ada di instansi ini.", _READ)
"""Before anything was told of the record itself."""
_INCOMPLETE: Final = (
    "Usulan Anda diterima: data baru dibuat, tetapi belum lengkap. Orang ini masuk daftar setelah petugas instansi "
    "melengkapinya, paling lambat {until}."
)
_WAIT: Final = "Anda tidak perlu berbuat apa-apa. Sesudah tanggal itu, buka lagi halaman ini."
_LEFT: Final = RecordWords(
    "Usulan Anda diterima, tetapi datanya tidak dilengkapi instansi sampai masa perbaikan ditutup. Orang ini tidak "
    "ada pada daftar instansi ini.",
    "Minta BKN membuka lagi masa perbaikan: kirim permintaan bantuan, jenis Lainnya, tanpa memilih instansi, dan "
    "sebutkan nomor laporan ini.",
)


def words_of_record(case: Case, now: datetime) -> RecordWords:
    """The words for an accepted usulan, at an instant."""
    record = institution_store.find_record(case.institution, case.pid or "")
    if case.became is UsulanOutcome.NIK and record.usulan != case.number:
        return _NIK_ASKED
    if record.stand is Stand.DRAF:
        closes = gate.read_round(case.institution).windows[Window.CORRECTION].closes
        return RecordWords(_INCOMPLETE.format(until=wib(closes)), _WAIT) if now < closes else _LEFT
    return _ENTERED if record.stand is None else _KNOWN[record.stand]
