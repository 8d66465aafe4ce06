"""His unit handed a listed person the notice of a tanggapan against signature, which counts as telling him (section 3).

So somebody who cannot be written to is heard too: his five days run from then, at announcements by `case.heard`.
"""

from typing import Final

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.cases import CaseKind
from services.kernel.cases.number import read_case_number
from services.kernel.problems import Code, Problem
from services.kernel.web.request import Request
from services.kernel.writes import ungated
from services.registration.access.scope import load_dossier_to_work_on
from services.registration.adapters import access_log, case_store
from services.registration.cases.deeds import CaseDeed
from services.registration.model.case import Heard, KnownCase
from services.registration.model.dossier import Dossier

_NONE: Final = "Tidak ada laporan terbuka dengan nomor ini tentang orang ini, atau ia sudah diberi tahu. Muat ulang."


class ToldByHand(BaseModel):
    """That it is noted."""

    told: bool = True


def confirm_told(pid: str, number: str, *, institution: str, request: Request) -> ToldByHand:
    """Note that he was handed the notice now.

    Raises:
        Problem: `not-found`, `own-record`, `conflict` where no tanggapan of this number is open or he was told before,
            `try-again`.
    """
    dossier = load_dossier_to_work_on(request.actor, institution, pid)
    return request.once.answer(ToldByHand, lambda: _note(dossier, number, request))


def _note(dossier: Dossier, number: str, request: Request) -> ToldByHand:
    person, case = dossier.person, _open(dossier, number)
    if case is None or case_store.find_heard(case.number) is not None:
        raise Problem(Code.CONFLICT, _NONE)
    heard = Heard(case.number, case.institution, person.pid, clock.millis(request.received))
    link = access_log.link_of_person(person, request.actor, CaseDeed.TOLD.value, request.received)
    if not ungated.commit([case_store.hear(heard), *link, *request.once.remember(ToldByHand())]):
        raise Problem(Code.TRY_AGAIN, retry_after=1)
    return ToldByHand()


def _open(dossier: Dossier, number: str) -> KnownCase | None:
    read = read_case_number(number)
    found = (case for case in dossier.cases if case.number == read and case.is_open)
    return next((case for case in found if case.kind is CaseKind.TANGGAPAN), None)
