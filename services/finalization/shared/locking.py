"""What somebody is told who moves windows while the lanes are being closed."""

from services.kernel.problems import Code, Problem


def being_locked_problem() -> Problem:
    """The locker has begun; it ends within seconds, and then the institution is final."""
    return Problem(Code.WRONG_PHASE, "Data instansi ini sedang dikunci. Muat ulang halaman beberapa saat lagi.")
