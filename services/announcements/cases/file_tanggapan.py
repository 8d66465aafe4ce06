"""Tanggapan masyarakat: a name that should not stand on a list (domain.md, section 3, *Cases*)."""

from typing import Annotated, Final

from pydantic import AfterValidator, ConfigDict, Field

from services.announcements.adapters import institution_store
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
from services.announcements.settings import lasting_key
from services.kernel.cases import CaseKind
from services.kernel.problems import invalid_problem
from services.kernel.security import privacy
from services.kernel.values.crockford import as_crockford
from services.kernel.values.texts import clean_paragraph
from services.kernel.web.request import Request
from services.kernel.writes.calendar import Window

SHORTEST_REASON: Final = 30
"""Characters: a name alone is no report."""
_TAKEN_IN: Final = "Penerimaan tanggapan masyarakat"
_NOT_LISTED: Final = "Nomor registrasi ini tidak ada pada daftar instansi tersebut. Salin dari daftar yang diumumkan."


class TanggapanForm(ReporterFields):
    """Whom it is about, by the number on the list; why; and who says so, who may leave his name out."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True, extra="ignore")

    institution: str = Field(pattern=r"^[0-9]{4}$")
    nomor_registrasi: Annotated[str, Field(min_length=1, max_length=20), AfterValidator(as_crockford)]
    alasan: Annotated[str, Field(min_length=SHORTEST_REASON, max_length=2000), AfterValidator(clean_paragraph)]
    nama_pelapor: MaybeName = ""


def file_tanggapan(form: TanggapanForm, request: Request) -> CaseFiled:
    """Take a tanggapan in until the institution's correction window closes, once per idempotency key.

    Raises:
        Problem: `throttled`, `captcha-failed`, `invalid-fields` for an institution that takes no part or a number that
            is not on its list, `window-closed`, `window-not-open`, `try-again`.
    """
    return answer_filed(request.once.answer(Taken, lambda: _file(form, request)), request)


def _file(form: TanggapanForm, request: Request) -> Taken:
    count_attempt(form, request)
    round_ = read_institution(form.institution)
    round_.require(Window.CORRECTION, request.received, deed=_TAKEN_IN)
    require_proof(form, request)
    listed = institution_store.find_listed(form.institution, form.nomor_registrasi)
    if listed is None:
        raise invalid_problem("nomor_registrasi", "unknown", _NOT_LISTED)
    row = listed.row
    said = {
        "nomor_registrasi": row.nomor_registrasi,
        "nama": row.nama,
        "unit_kerja": row.unit_kerja,
        "jabatan": row.jabatan,
        "alasan": form.alasan,
    }
    about = privacy.blind(lasting_key("case-about"), "tanggapan", listed.pid)
    reporter = reporter_of(form, request, form.nama_pelapor)
    new = NewCase(CaseKind.TANGGAPAN, form.institution, said, reporter, pid=listed.pid, about=about)
    return file_case(new, round_, request)
