"""Letters: what must be true of one before anything is granted against it (domain.md, section 7)."""

from datetime import datetime

from services.finalization.adapters import institution_files
from services.finalization.model.institution import Letter
from services.kernel import clock
from services.kernel.documents import DocumentType, FileState, parse_file_id
from services.kernel.problems import Code, Problem, invalid_problem

_FILE = "letter.file"


def require_written(letter: Letter, received: datetime) -> None:
    """Refuse a letter dated later than today in the calendar's zone.

    Raises:
        Problem: `invalid-fields`.
    """
    if letter.date > received.astimezone(clock.WIB).date():
        raise invalid_problem("letter.date", "in-the-future", "Tanggal surat tidak boleh sesudah hari ini.")


def require_attached(letter: Letter) -> str:
    """The id of the letter's upload, from somebody who cannot bring it on paper.

    Raises:
        Problem: `invalid-fields`.
    """
    if letter.file is None:
        raise invalid_problem(_FILE, "missing", "Unggah surat permohonan (PDF) lebih dahulu, lalu kirim lagi.")
    return letter.file


def require_accepted(letter: Letter, code: str) -> None:
    """Refuse an upload that is no letter of this institution, or that has not passed inspection; none at all will do.

    Raises:
        Problem: `not-found` for another institution's; `invalid-fields`.
    """
    if letter.file is None:
        return
    _require_letter_of(code, letter.file)
    known = institution_files.find(code, letter.file)
    if known is None:
        raise invalid_problem(
            _FILE, "not-inspected", "Surat belum selesai diperiksa. Tunggu sebentar, lalu kirim lagi."
        )
    if known.state is not FileState.DITERIMA:
        raise invalid_problem(_FILE, "not-accepted", known.message or "Surat ditolak. Unggah berkas lain.")


def _require_letter_of(code: str, file: str) -> None:
    try:
        of = parse_file_id(file)
    except ValueError:
        raise invalid_problem(
            _FILE, "not-a-file", "Nomor berkas tidak dikenal. Unggah surat, lalu kirim lagi."
        ) from None
    if of.institution != code:
        raise Problem(Code.NOT_FOUND)
    if of.jenis is not DocumentType.SURAT:
        raise invalid_problem(_FILE, "not-letter", "Berkas ini bukan surat. Unggah berkas berjenis SURAT.")
