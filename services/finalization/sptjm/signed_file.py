"""The uploaded file that is to be the signed statement: the institution's own, accepted, new, and of this seal."""

from services.finalization.adapters import institution_files
from services.finalization.model.known_file import KnownFile
from services.finalization.sptjm.number import another_number_problem
from services.kernel.documents import DocumentType, FileState, parse_file_id
from services.kernel.problems import Code, Problem, invalid_problem


def require_signed_file(code: str, file: str, number: str) -> KnownFile:
    """The file, as documents told of it. One without a number in its text, a scan, is left to the eyes of BKN.

    Raises:
        Problem: `not-found` for another's file; `conflict` for one that was handed in before; `invalid-fields` for
            one that is no SPTJM, not inspected, refused, or carries another number than `number`.
    """
    _require_own_sptjm(code, file)
    known = institution_files.find(code, file)
    if known is None:
        raise invalid_problem(
            "file", "not-inspected", "Berkas belum selesai diperiksa. Tunggu sebentar, lalu kirim lagi."
        )
    if known.state is not FileState.DITERIMA:
        raise invalid_problem("file", "not-accepted", known.message or "Berkas ditolak. Unggah berkas lain.")
    if known.handed_in:
        raise file_used_problem()
    if known.printed_number not in {None, number}:
        raise another_number_problem(str(known.printed_number), number)
    return known


def file_used_problem() -> Problem:
    """What is told about a file that serves as a statement already."""
    return Problem(Code.CONFLICT, "Berkas ini sudah pernah dikirim. Unggah SPTJM yang baru ditandatangani.")


def _require_own_sptjm(code: str, file: str) -> None:
    try:
        of = parse_file_id(file)
    except ValueError:
        raise invalid_problem(
            "file", "not-a-file", "Nomor berkas tidak dikenal. Unggah SPTJM, lalu kirim lagi."
        ) from None
    if of.institution != code:
        raise Problem(Code.NOT_FOUND)
    if of.jenis is not DocumentType.SPTJM:
        raise invalid_problem("file", "not-sptjm", "Berkas ini bukan SPTJM. Unggah berkas berjenis SPTJM.")
