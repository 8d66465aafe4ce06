"""What lets a listed person without an account answer: the number and the code of the notice that he was handed."""

from typing import Final

from services.announcements.adapters import case_store
from services.announcements.cases.number_and_code import LOOKS, NumberAndCode
from services.announcements.model.case import Case
from services.announcements.settings import lasting_key
from services.kernel.cases import CaseKind
from services.kernel.cases.number import read_case_number
from services.kernel.problems import Code, Problem
from services.kernel.security.access_code import access_code, code_in_groups, is_code

_NOT_FOUND: Final = "Tidak ada laporan dengan nomor dan kode ini. Periksa keduanya pada surat yang Anda terima."


def answering_code_of(case: Case) -> str:
    """The code of whom a tanggapan is about, as it is printed; it opens nothing that the reporter's code opens."""
    return code_in_groups(access_code(lasting_key("case-answer"), "case answer", case.number, case.salt))


def open_hearing(opened: NumberAndCode, network: str) -> Case:
    """The tanggapan that number and code of a notice, as typed, open together.

    Raises:
        Problem: `not-found`, the same for a number that is none and for a wrong code; `throttled`.
    """
    LOOKS.require(network)
    read = read_case_number(opened.number)
    case = case_store.load(read) if read else None
    if case is None or case.kind is not CaseKind.TANGGAPAN or case.is_forgotten:
        raise Problem(Code.NOT_FOUND, _NOT_FOUND)
    if not is_code(opened.code, answering_code_of(case).replace("-", "")):
        raise Problem(Code.NOT_FOUND, _NOT_FOUND)
    return case
