"""The number an SPTJM bears: institution and epoch, so that the statement of another seal has another one."""

from services.finalization.model.institution import Institution, Seal
from services.kernel.problems import Problem, invalid_problem
from services.kernel.values.texts import as_typed


def number_of(institution: Institution, seal: Seal) -> str:
    """What the statement of this seal is called."""
    return sptjm_number(institution.code, seal.epoch)


def sptjm_number(code: str, epoch: int) -> str:
    """What the statement of an institution's seal of one epoch is called."""
    return f"SPTJM-{code}-{epoch}"


def require_number(typed: str, expected: str) -> None:
    """Refuse the number of another statement; case, blanks and the kind of dash do not matter.

    Raises:
        Problem: `invalid-fields` with `another-seal`, saying which number is the present one.
    """
    if "".join(as_typed(typed).split()).upper() != expected:
        sentence = f"SPTJM yang berlaku bernomor {expected}. Unduh dan cetak SPTJM itu, tanda tangani, lalu unggah."
        raise invalid_problem("number", "another-seal", sentence)


def another_number_problem(printed: str, expected: str) -> Problem:
    """What is told about a signed file that carries the number of another statement."""
    sentence = (
        f"Berkas ini bernomor {printed}, sedangkan SPTJM yang berlaku bernomor {expected}. Unduh SPTJM itu, "
        "tanda tangani, lalu unggah. Bila kertasnya sudah benar, pindai ulang tanpa pengenalan teks (OCR)."
    )
    return invalid_problem("file", "another-number", sentence)
