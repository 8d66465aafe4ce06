"""What lets a listed person without an account answer: the number and the code of the notice that he was handed."""

from typing import Final

from services.announcements.cases.number_and_code import NumberAndCode, open_with
from services.announcements.model.case import Case
from services.announcements.settings import lasting_key
from services.kernel.cases import CaseKind
from services.kernel.problems import Code, Problem
from services.kernel.security.access_code import access_code, code_in_groups

_NOT_FOUND: Final = "Tidak ada laporan dengan nomor dan kode ini. Periksa keduanya pada surat yang Anda terima."


def answering_code_of(case: Case) -> str:
    """The code of whom a tanggapan is about, as it is printed; it opens nothing that the reporter's code opens."""
    return code_in_groups(access_code(lasting_key("case-answer"), "case answer", case.number, case.salt))


def open_hearing(opened: NumberAndCode, network: str) -> Case:
    """The tanggapan that number and code of a notice, as typed, open together.

    Raises:
        Problem: `not-found`, the same for a number that is none and for a wrong code; `throttled`.
    """
    case = open_with(answering_code_of, opened, network, _NOT_FOUND)
    if case.kind is not CaseKind.TANGGAPAN:
        raise Problem(Code.NOT_FOUND, _NOT_FOUND)
    return case
