"""Permintaan bantuan: help of one of eleven types, each asked what it needs and no more (domain.md, section 8)."""

from typing import Annotated, Final

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field

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
from services.kernel.documents import DocumentType
from services.kernel.problems import invalid_problem
from services.kernel.values.texts import clean_paragraph
from services.kernel.web.request import Request

ANONYMOUS: Final = frozenset({Topic.SILUMAN, Topic.PUNGLI})
"""Types in which nobody is asked who he is."""
SELF_EVIDENT: Final = frozenset({Topic.LUPA_SANDI})
"""Types that say all by themselves: who asks, and how to reach him, is enough."""
SHORTEST_STORY: Final = 10
UPLOADED: Final = (
    DocumentType.KTP,
    DocumentType.FOTO,
    DocumentType.KARTU_THK2,
    DocumentType.IJAZAH,
    DocumentType.SK,
    DocumentType.BUKTI_BAYAR,
    DocumentType.BUKTI_PERBAIKAN,
    DocumentType.BUKTI_LAPORAN,
)
"""What people upload, by which *gagal unggah* names the file."""
_NO_CONTACT: Final = "Isi email atau nomor HP, agar jawabannya sampai kepada Anda."
_NO_NAME: Final = "Isi nama Anda seperti pada KTP, agar petugas tahu akun siapa yang dimaksud."
_NO_STORY: Final = "Ceritakan masalahnya, paling sedikit 10 huruf."
_NO_FILE: Final = "Pilih berkas mana yang gagal diunggah."


def _maybe_story(text: str) -> str:
    return clean_paragraph(text) if text.strip() else ""


class BantuanForm(ReporterFields):
    """What it is about, in words; of which institution, where he knows; who asks, but for what may be anonymous.

    `berkas` is the file that could not be uploaded; other types do not ask for it.
    """

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True, extra="ignore")

    topic: Topic
    institution: str = Field(default="", pattern=r"^([0-9]{4})?$")
    nama: MaybeName = ""
    alasan: Annotated[str, Field(max_length=2000), AfterValidator(_maybe_story)] = ""
    berkas: Annotated[DocumentType | None, BeforeValidator(lambda typed: typed or None)] = None


def file_bantuan(form: BantuanForm, request: Request) -> CaseFiled:
    """Take a request for help in, once per idempotency key.

    Raises:
        Problem: `throttled`, `captcha-failed`, `invalid-fields` for an institution that takes no part, and for
            what its type needs: e-mail or telephone, a name, words, which file; `try-again`.
    """
    return answer_filed(request.once.answer(Taken, lambda: _file(form, request)), request)


def _file(form: BantuanForm, request: Request) -> Taken:
    count_attempt(form, request)
    round_ = read_institution(form.institution) if form.institution else None
    said = _said(form)
    require_proof(form, request)
    reporter = reporter_of(form, request, form.nama)
    return file_case(NewCase(CaseKind.BANTUAN, form.institution, said, reporter, topic=form.topic), round_, request)


def _said(form: BantuanForm) -> dict[str, str]:
    """What is kept of it, when it has what its type needs."""
    if form.topic not in ANONYMOUS and not (form.email or form.hp):
        raise invalid_problem("email", "required", _NO_CONTACT)
    if form.topic in SELF_EVIDENT and not form.nama:
        raise invalid_problem("nama", "required", _NO_NAME)
    if form.topic not in SELF_EVIDENT and len(form.alasan) < SHORTEST_STORY:
        raise invalid_problem("alasan", "too-short", _NO_STORY)
    if form.topic is not Topic.GAGAL_UNGGAH:
        return {"alasan": form.alasan}
    if form.berkas not in UPLOADED:
        raise invalid_problem("berkas", "required", _NO_FILE)
    return {"alasan": form.alasan, "berkas": form.berkas.value}
