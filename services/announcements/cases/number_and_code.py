"""What opens a case for whoever filed it: its number, and the code that was shown once with it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Annotated, Final

from pydantic import BaseModel, Field

from services.announcements.adapters import case_store
from services.announcements.model.case import Case
from services.announcements.settings import lasting_key, purpose_key
from services.kernel.cases.number import read_case_number
from services.kernel.problems import Code, Problem
from services.kernel.security.access_code import access_code, code_in_groups, is_code
from services.kernel.security.throttle import Throttle

_NOT_FOUND: Final = "Tidak ada laporan dengan nomor dan kode ini. Periksa keduanya pada lembar yang Anda simpan."
LOOKS: Final = Throttle("case-look", 2_000, timedelta(hours=1), lambda: purpose_key("throttle"))
"""From one address *(ours)*: a whole office, or a town's phones, stand behind one, and the page asks every few seconds
while a paper is inspected. Of a code's 2**60 so many guesses an hour find none."""


class NumberAndCode(BaseModel):
    """What opens a case, as typed."""

    number: Annotated[str, Field(max_length=40)]
    code: Annotated[str, Field(max_length=40)]


def code_of(case: Case) -> str:
    """The code of whoever filed it, as it is shown."""
    return code_in_groups(access_code(lasting_key("case-code"), "case code", case.number, case.salt))


def open_case(opened: NumberAndCode, network: str) -> Case:
    """The case that number and code, as typed, open together.

    Raises:
        Problem: `not-found`, the same for a number that is none and for a wrong code; `throttled`.
    """
    return open_with(code_of, opened, network, _NOT_FOUND)


def open_with(code_: Callable[[Case], str], opened: NumberAndCode, network: str, not_found: str) -> Case:
    """The case that a number and that code of it, `code_`, open, as typed; of what opens none `not_found` is said.

    Raises:
        Problem: as `open_case`.
    """
    LOOKS.require(network)
    read = read_case_number(opened.number)
    case = case_store.load(read) if read else None
    if case is None or case.is_forgotten or not is_code(opened.code, code_(case).replace("-", "")):
        raise Problem(Code.NOT_FOUND, not_found)
    return case
