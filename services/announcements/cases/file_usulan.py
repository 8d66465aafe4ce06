"""Usulan: somebody is missing on a list (domain.md, section 3, *Cases*)."""

from datetime import timedelta
from typing import Annotated, Final

from pydantic import AfterValidator, ConfigDict, Field

from services.announcements.cases.filing import (
    CaseFiled,
    NewCase,
    ReporterFields,
    Taken,
    answer_filed,
    count_attempt,
    file_case,
    read_institution,
    reporter_of,
    require_proof,
)
from services.announcements.settings import lasting_key, purpose_key
from services.kernel.cases import CaseKind
from services.kernel.clock import WIB
from services.kernel.problems import invalid_problem
from services.kernel.security import privacy
from services.kernel.security.personal_number_texts import refuse_personal_number
from services.kernel.security.throttle import Throttle
from services.kernel.values.dates import DayField
from services.kernel.values.identity_fields import NikField
from services.kernel.values.texts import clean_paragraph, clean_text
from services.kernel.web.request import Request
from services.kernel.writes.calendar import Window

_SHORTEST_REASON: Final = 10
OF_NIK: Final = Throttle("usulan-nik", 5, timedelta(days=1), lambda: purpose_key("throttle"))
"""For one NIK a day at one institution *(ours)*: what is joined to an open usulan is read by somebody all the same.

Nobody uses another one's up elsewhere than where it is open already.
"""
_TAKEN_IN: Final = "Penerimaan usulan"
_WRONG_START: Final = "Tanggal mulai bekerja harus sesudah tanggal lahir dan tidak di masa depan. Cocokkan dengan SK."


def _published(text: str) -> str:
    """What is published once he is listed: no personal number stands in it (domain.md, section 6)."""
    return refuse_personal_number(clean_text(text))


class UsulanForm(ReporterFields):
    """Who is missing: as on his KTP; where he works, as what, since when; and why he should be listed."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True, extra="ignore")

    institution: str = Field(pattern=r"^[0-9]{4}$")
    nik: NikField
    nama: Annotated[str, Field(min_length=2, max_length=100), AfterValidator(_published)]
    tanggal_lahir: DayField
    unit_kerja: Annotated[str, Field(min_length=2, max_length=200), AfterValidator(_published)]
    jabatan: Annotated[str, Field(min_length=2, max_length=200), AfterValidator(_published)]
    sejak: DayField
    alasan: Annotated[str, Field(min_length=_SHORTEST_REASON, max_length=2000), AfterValidator(clean_paragraph)]


def file_usulan(form: UsulanForm, request: Request) -> CaseFiled:
    """Take an usulan in, while the institution's correction window is open, once per idempotency key.

    Raises:
        Problem: `throttled`, `captcha-failed`, `invalid-fields` for an institution that takes no part and for work
            that begins before birth or in the future, `window-closed`, `window-not-open`, `try-again`.
    """
    return answer_filed(request.once.answer(Taken, lambda: _file(form, request)), request)


def _file(form: UsulanForm, request: Request) -> Taken:
    count_attempt(form, request)
    round_ = read_institution(form.institution)
    round_.require(Window.CORRECTION, request.received, deed=_TAKEN_IN)
    _require_order(form, request)
    require_proof(form, request)
    OF_NIK.require(f"{form.institution} {form.nik}")
    said = form.model_dump(
        mode="json", include={"nik", "nama", "tanggal_lahir", "unit_kerja", "jabatan", "sejak", "alasan"}
    )
    about = privacy.blind(lasting_key("case-about"), "usulan", form.nik)
    new = NewCase(CaseKind.USULAN, form.institution, said, reporter_of(form, request), about=about)
    return file_case(new, round_, request)


def _require_order(form: UsulanForm, request: Request) -> None:
    """Refuse work that begins before birth or in the future."""
    if not form.tanggal_lahir < form.sejak <= request.received.astimezone(WIB).date():
        raise invalid_problem("sejak", "date-range", _WRONG_START)
