"""Staff record that the listed person was handed the notice of a tanggapan, against his signature.

Then his five days to answer run (domain.md, section 3, *Cases*). The signed receipt is kept by the institution.
"""

from datetime import datetime, time, timedelta
from typing import Final

from services.announcements.cases.case_view import CaseView, view_case
from services.announcements.cases.handle_case import CaseVersion, OnCase
from services.announcements.cases.stepping import first_of, keep_step
from services.announcements.cases.who_may import load_readable
from services.announcements.model.case import Case
from services.announcements.model.case_states import CaseStep
from services.kernel.cases import CaseKind
from services.kernel.clock import WIB
from services.kernel.problems import Code, Problem, invalid_problem
from services.kernel.security.sessions import Actor
from services.kernel.values.dates import DayField
from services.kernel.web.request import Request

RECORDED_WITHIN: Final = timedelta(days=2)
"""How long ago it may have been *(ours)*: whoever notes it late, or falsely, takes no more of his days than that."""
_WRONG_DAY: Final = "Isi tanggal penyerahan: sejak laporan diterima, hari ini atau paling lama dua hari yang lalu."
_NO_HEARING: Final = "Hanya orang yang dilaporkan dalam tanggapan yang diberi surat seperti ini."
_TOLD: Final = "Orang ini sudah diberi tahu. Muat ulang halaman untuk melihat sampai kapan ia dapat menjawab."


class HandedOver(OnCase):
    """On which day he signed for the notice."""

    tanggal: DayField


def record_handover(code: str, number: str, body: HandedOver, request: Request) -> CaseView:
    """Write down that he was told on this day.

    Raises:
        Problem: `not-found`, `own-record`, `version-moved`, `invalid-fields` for a day before the case, to come, or too
            long ago;
            `conflict` where he was told already, and of a case about nobody; `illegal-transition` for a closed one;
            `try-again`.
    """
    case = load_tanggapan(code, number, request.actor)
    request.once.answer(CaseVersion, lambda: _record(case, body, request))
    return view_case(load_tanggapan(code, number, request.actor), request.actor, request.received)


def load_tanggapan(code: str, number: str, actor: Actor) -> Case:
    """A tanggapan that a member of staff may read; where it follows an earlier one, that.

    Raises:
        Problem: `not-found`, `own-record`, `conflict` for a case of another kind.
    """
    case = load_readable(code, number, actor)
    if case.kind is not CaseKind.TANGGAPAN:
        raise Problem(Code.CONFLICT, _NO_HEARING)
    return first_of(case)


def _record(case: Case, body: HandedOver, request: Request) -> CaseVersion:
    case.require_version(body.v)
    day = body.tanggal
    filed, today = (instant.astimezone(WIB).date() for instant in (case.at, request.received))
    if not max(filed, today - RECORDED_WITHIN) <= day <= today:
        raise invalid_problem("tanggal", "out-of-range", _WRONG_DAY)
    after = case.moved(CaseStep.HEAR, request.received, heard_at=datetime.combine(day, time.min, WIB))
    if not case.is_unheard:
        raise Problem(Code.CONFLICT, _TOLD)
    done = CaseVersion(v=case.v + 1)
    also = request.once.remember(done)
    keep_step(case, after, CaseStep.HEAR, actor=request.actor.id, said={"handed_over": day.isoformat()}, also=also)
    return done
