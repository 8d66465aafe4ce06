"""What shows that a NIK is wrong: the KTP, which inspection has accepted."""

from typing import Final

from services.kernel.documents import DocumentType
from services.kernel.problems import Code, Problem
from services.registration.model.dossier import Dossier
from services.registration.shared.papers import accepted
from services.registration.shared.views import Missing

_NO_KTP: Final = "KTP orang ini belum ada atau belum diterima. Unggah KTP pada data orang ini, lalu ajukan lagi."


def find_ktp(dossier: Dossier) -> str | None:
    """The id of the accepted KTP on the record, if there is one."""
    ktp = accepted(dossier.files, DocumentType.KTP)
    return None if ktp is None else ktp.id


def require_ktp(dossier: Dossier) -> None:
    """Refuse a correction without it.

    Raises:
        Problem: `incomplete`.
    """
    if find_ktp(dossier) is None:
        lacking = Missing(code=DocumentType.KTP.value, text=_NO_KTP)
        raise Problem(Code.INCOMPLETE, _NO_KTP, missing=[lacking.model_dump()])
