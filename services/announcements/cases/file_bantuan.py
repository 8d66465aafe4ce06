"""Permintaan bantuan: help of one of eleven types (domain.md, section 8)."""

from typing import Annotated, Final

from pydantic import AfterValidator, ConfigDict, Field

from services.announcements.cases.filing import (
    CaseFiled,
    MaybeName,
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
from services.announcements.model.case import Topic
from services.kernel.cases import CaseKind
from services.kernel.problems import invalid_problem
from services.kernel.values.texts import clean_paragraph
from services.kernel.web.request import Request

ANONYMOUS: Final = frozenset({Topic.SILUMAN, Topic.PUNGLI})
"""Types in which nobody is asked who he is."""
_NO_CONTACT: Final = "Isi email atau nomor HP, agar jawabannya sampai kepada Anda."


class BantuanForm(ReporterFields):
    """What it is about, in words; of which institution, where he knows; who asks, but for what may be anonymous."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True, extra="ignore")

    topic: Topic
    institution: str = Field(default="", pattern=r"^([0-9]{4})?$")
    nama: MaybeName = ""
    alasan: Annotated[str, Field(min_length=10, max_length=2000), AfterValidator(clean_paragraph)]


def file_bantuan(form: BantuanForm, request: Request) -> CaseFiled:
    """Take a request for help in, once per idempotency key.

    Raises:
        Problem: `throttled`, `captcha-failed`, `invalid-fields` for an institution that takes no part, and where
            neither e-mail nor telephone is given though the type needs one; `try-again`.
    """
    return answer_filed(request.once.answer(Taken, lambda: _file(form, request)), request)


def _file(form: BantuanForm, request: Request) -> Taken:
    count_attempt(form, request)
    round_ = read_institution(form.institution) if form.institution else None
    if form.topic not in ANONYMOUS and not (form.email or form.hp):
        raise invalid_problem("email", "required", _NO_CONTACT)
    require_proof(form, request)
    reporter = reporter_of(form, request, form.nama)
    new = NewCase(CaseKind.BANTUAN, form.institution, {"alasan": form.alasan}, reporter, topic=form.topic)
    return file_case(new, round_, request)
