"""What every step of the SPTJM asks for: a seal, a PPK on record, and the window of the signed statement."""

from datetime import datetime

from services.finalization.model.institution import Institution, Ppk, Seal
from services.kernel import clock
from services.kernel.problems import Code, Problem

WINDOW = "SPTJM"


def require_seal(institution: Institution) -> Seal:
    """The seal the statement is about.

    Raises:
        Problem: `wrong-phase` while there is none.
    """
    if institution.seal is None:
        raise Problem(Code.WRONG_PHASE, "Daftar instansi ini belum disegel. SPTJM tersedia setelah daftar bersegel.")
    return institution.seal


def require_ppk(institution: Institution) -> Ppk:
    """Who signs; nobody else's upload counts without his name on record (domain.md, section 2).

    Raises:
        Problem: `incomplete`.
    """
    if institution.ppk is None:
        sentence = "Nama PPK instansi ini belum tercatat. Minta BKN mencatat PPK, lalu ulangi."
        missing = [{"code": "ppk-missing", "text": "PPK penanda tangan SPTJM"}]
        raise Problem(Code.INCOMPLETE, sentence, missing=missing)
    return institution.ppk


def require_open(institution: Institution, received: datetime) -> None:
    """Refuse a signed statement that comes too late. There is none too early: it is made from the seal on.

    Raises:
        Problem: `window-closed`, with instant and zone.
    """
    closes = institution.sptjm.closes
    if closes is not None and received >= closes:
        raise Problem(
            Code.WINDOW_CLOSED,
            f"Pengunggahan SPTJM sudah ditutup pada {clock.wib(closes)}. Ajukan perpanjangan kepada BKN dengan surat.",
            window=WINDOW,
            closed_at=closes.astimezone(clock.WIB).isoformat(),
            zone="WIB",
        )
