"""Somebody asked to have his data deleted, and they are sealed: that is noted beside the record, and he is told why.

A sealed record never changes (domain.md, section 8): whoever answers the request for help writes an annotation beside
it, once a case. What is not sealed yet is deleted or corrected as ever, so he is told by whom and until when.
"""

from datetime import date, datetime
from typing import Annotated, Final

from pydantic import BaseModel, Field

from services.kernel import clock
from services.kernel.cases import CaseKind
from services.kernel.cases.number import read_case_number
from services.kernel.notices.outbox import NATIONAL
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Role
from services.kernel.states import LOCKED
from services.kernel.web.request import Request
from services.kernel.writes import gate, ungated
from services.kernel.writes.calendar import Round, Window
from services.registration.access.scope import load_to_work_on
from services.registration.adapters import access_log, annotation_store, case_store
from services.registration.cases.deeds import CaseDeed
from services.registration.model.annotation import Annotation
from services.registration.model.person import Person
from services.registration.shared.annotation_views import AnnotationView, view_annotation
from services.registration.shared.on_lists import find_on_lists

KEPT_YEARS: Final = 10
"""How long a sealed record is kept (domain.md, section 8)."""
_NO_CASE: Final = "Tidak ada permintaan bantuan terbuka dengan nomor ini di instansi ini. Periksa nomornya."
_TWICE: Final = "Permintaan ini sudah dicatat di samping data orang ini."
_DELETE: Final = (
    "Data ini belum disegel, jadi tidak perlu dicatat: admin instansi dapat menghapusnya, dengan alasan, di halaman "
    "orangnya sampai masa perbaikan ditutup."
)
_WAIT: Final = (
    "Masa perbaikan sudah ditutup dan data ini belum disegel. Catat permintaan ini sesudah segelnya terbit, dan "
    "beritahukan itu kepada pelapor."
)


class DeletionAsked(BaseModel):
    """The request for help, by its number as people type it."""

    case: Annotated[str, Field(max_length=20)]


class RecordAnnotated(BaseModel):
    """What a retry is answered from."""

    case: str


def annotate_record(pid: str, asked: DeletionAsked, *, institution: str, request: Request) -> AnnotationView:
    """Note beside a sealed record that its person asked to have it deleted; the answer is what he is told.

    Raises:
        Problem: `not-found`, `own-record`; `conflict` where no request for help of this number is open, and where it
            stands beside this record already; `wrong-phase` while the record is not sealed; `try-again`.
    """
    person = load_to_work_on(request.actor, institution, pid)
    done = request.once.answer(RecordAnnotated, lambda: _annotate(person, asked, request))
    found = annotation_store.find(person.pid, done.case)
    if found is None:
        raise Problem(Code.NOT_FOUND)
    return view_annotation(found)


def _annotate(person: Person, asked: DeletionAsked, request: Request) -> RecordAnnotated:
    case = _case(asked, person.institution, request)
    round_ = gate.read_round(person.institution)
    annotation = Annotation(
        case=case,
        kind=CaseKind.BANTUAN,
        by=request.actor.id,
        role=request.actor.role,
        at=clock.millis(request.received),
        kept_until=_kept_until(_sealed_at(person, round_, request.received)),
    )
    done = RecordAnnotated(case=case)
    link = access_log.link_of_person(person, request.actor, CaseDeed.ASKED_TO_DELETE.value, request.received)
    noted = annotation_store.annotate(person.pid, annotation)
    if not ungated.commit([gate.unmoved(round_), noted, *link, *request.once.remember(done)]):
        if annotation_store.find(person.pid, case) is not None:
            raise Problem(Code.CONFLICT, _TWICE)
        raise Problem(Code.TRY_AGAIN, retry_after=1)
    return done


def _case(asked: DeletionAsked, institution: str, request: Request) -> str:
    """The open request for help that it answers: his institution's, or one of bkn's own."""
    read = read_case_number(asked.case)
    known = case_store.find_known(read) if read else None
    mine = {institution, NATIONAL} if request.actor.role is Role.BKN else {institution}
    if known is None or known.kind is not CaseKind.BANTUAN or known.institution not in mine or not known.is_open:
        raise Problem(Code.CONFLICT, _NO_CASE)
    return known.number


def _sealed_at(person: Person, round_: Round, received: datetime) -> datetime:
    """When the record was sealed.

    Raises:
        Problem: `wrong-phase`, with what may be done instead.
    """
    final = find_on_lists(person, round_).final if round_.phase in LOCKED else None
    if final is not None:
        return final.at
    is_deletable = round_.phase not in LOCKED and received < round_.windows[Window.CORRECTION].closes
    raise Problem(Code.WRONG_PHASE, _DELETE if is_deletable else _WAIT)


def _kept_until(sealed: datetime) -> date:
    day = sealed.astimezone(clock.WIB).date()
    try:
        return day.replace(year=day.year + KEPT_YEARS)
    except ValueError:  # sealed on a leap day
        return day.replace(year=day.year + KEPT_YEARS, day=28)
