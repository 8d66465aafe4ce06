"""Find one file for somebody who may know of it, and its copy for somebody who may open it."""

from datetime import datetime

from services.documents.access import Callers, may_open, require_reader
from services.documents.adapters import store
from services.documents.files.record_reading import record_opening
from services.documents.model.file import File, Subject
from services.kernel.documents import parse_file_id
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Actor, Role

_OF_THE_INSTITUTION = (
    "Berkas ini diunggah instansi untuk Anda dan terbuka setelah dipastikan bahwa akun ini milik Anda. "
    "Cara memastikannya ada di halaman Data Saya; bila baru saja dipastikan, coba lagi satu menit kemudian."
)
_GONE = (
    "Berkas ini sudah dihapus: KTP, KK, dan swafoto pada laporan disimpan 30 hari sesudah laporan selesai, bukti lain "
    "satu tahun. Baca keputusannya pada laporan."
)


def open_file(text: str, callers: Callers) -> tuple[File, Subject, Actor]:
    """The file with this id, whose it is today, and whoever of the callers may know of it.

    Raises:
        Problem: `not-found`, also for an id that is none and for a file that is not his; `forbidden`.
    """
    try:
        wanted = parse_file_id(text)
    except ValueError as error:
        raise Problem(Code.NOT_FOUND) from error
    file, subject = store.load_file(wanted), store.load_subject(wanted.subject)
    if file is None or subject is None:
        raise Problem(Code.NOT_FOUND)
    owner = store.owner_of(subject)
    return file, owner, require_reader(callers, subject, file, owner)


def open_copy(text: str, callers: Callers, received: datetime) -> tuple[File, Subject, Actor]:
    """The same for whoever may see what is in it; that a member of staff opened it is written down first.

    A person opens what he sent himself, signed in or in the browser he enrols in, and with an assurance the rest of his
    files (`access.may_open`).

    Raises:
        Problem: `not-found`, also while there is no accepted copy or no more; `forbidden`; `try-again`.
    """
    file, owner, actor = open_file(text, callers)
    if actor.role is Role.HONORER and not may_open(owner, file):
        raise Problem(Code.FORBIDDEN, _OF_THE_INSTITUTION)
    if file.key is None:
        raise Problem(Code.NOT_FOUND, "Berkas ini belum diterima, sehingga belum dapat dibuka. Lihat status berkas.")
    gone = owner.lets_go_at(file)
    if gone is not None and received >= gone:
        raise Problem(Code.NOT_FOUND, _GONE)
    if actor.role is not Role.HONORER:
        record_opening(owner, actor, file, received)
    return file, owner, actor
