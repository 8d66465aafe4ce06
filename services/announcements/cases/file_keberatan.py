"""Keberatan: a person's own verdict is wrong (domain.md, section 3, *Cases*); from his own page, within its days."""

from typing import Annotated, Final

from pydantic import AfterValidator, ConfigDict, Field

from services.announcements.cases.filing import (
    CaseFiled,
    NewCase,
    ReporterFields,
    Taken,
    answer_filed,
    file_case,
    read_institution,
    reporter_of,
)
from services.announcements.settings import files_key, lasting_key
from services.kernel.cases import CaseKind
from services.kernel.cases.objection import read_objection
from services.kernel.problems import Code, Problem
from services.kernel.security import privacy
from services.kernel.values.texts import clean_paragraph
from services.kernel.web.request import Request

_OVER: Final = "Waktu keberatan sudah lewat, atau halaman ini terlalu lama terbuka. Muat ulang."


class KeberatanForm(ReporterFields):
    """Why the verdict is wrong; `objection` is registration's word that it was told to him and until when."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True, extra="ignore")

    objection: Annotated[str, Field(max_length=1000)]
    alasan: Annotated[str, Field(min_length=10, max_length=2000), AfterValidator(clean_paragraph)]


def file_keberatan(form: KeberatanForm, request: Request) -> CaseFiled:
    """Take an objection in, once per idempotency key; a second one about the same verdict follows the first.

    Raises:
        Problem: `ticket-over` where the token is not genuine, not his, or its days are over; `try-again`.
    """
    return answer_filed(request.once.answer(Taken, lambda: _file(form, request)), request)


def _file(form: KeberatanForm, request: Request) -> Taken:
    objection = read_objection(files_key(), form.objection, pid=request.actor.id, now=request.received)
    if objection is None:
        raise Problem(Code.TICKET_OVER, _OVER)
    round_ = read_institution(objection.institution)
    about = privacy.blind(lasting_key("case-about"), "keberatan", f"{objection.pid} {objection.decided}")
    said = {"alasan": form.alasan, "decided": objection.decided}
    new = NewCase(
        CaseKind.KEBERATAN, objection.institution, said, reporter_of(form, request), pid=objection.pid, about=about
    )
    return file_case(new, round_, request)
