"""A private link of five minutes to the kept copy of a file."""

from datetime import datetime

from services.documents.access import Callers, may_open
from services.documents.adapters import objects
from services.documents.files.open_file import open_file
from services.documents.files.record_reading import record_reading
from services.kernel.documents import JPEG
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Role

_OF_THE_INSTITUTION = (
    "Berkas ini diunggah instansi untuk Anda dan terbuka setelah dipastikan bahwa akun ini milik Anda. "
    "Cara memastikannya ada di halaman Data Saya; bila baru saja dipastikan, coba lagi satu menit kemudian."
)


def hand_out_file(file: str, callers: Callers, received: datetime) -> str:
    """The link; that a member of staff took it is written down first.

    A person opens what he sent himself, signed in or in the browser he enrols in, and with an assurance the rest of his
    files (`access.may_open`).

    Raises:
        Problem: `not-found`, also while there is no accepted copy; `forbidden`; `try-again`.
    """
    found, subject, actor = open_file(file, callers)
    if actor.role is Role.HONORER and not may_open(subject, found):
        raise Problem(Code.FORBIDDEN, _OF_THE_INSTITUTION)
    if found.key is None:
        raise Problem(Code.NOT_FOUND, "Berkas ini belum diterima, sehingga belum dapat dibuka. Lihat status berkas.")
    if actor.role is not Role.HONORER:
        record_reading(subject, actor, "read-file", [found], received)
    suffix = "jpg" if found.content_type == JPEG else "pdf"
    name = f"{found.id.jenis.lower()}-{found.id.n}.{suffix}"
    return objects.link(found.key, filename=name, content_type=found.content_type)
