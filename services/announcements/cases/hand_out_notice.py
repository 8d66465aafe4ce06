"""The notice of a tanggapan for whom it is about, as a PDF under a link of five minutes; who prints it is written down.

Whoever holds the paper could answer in his place: that is why it is handed over against his signature, and why the
trail of the case says who made it.
"""

from datetime import datetime

from services.announcements.adapters import case_store
from services.announcements.cases.answering_code import answering_code_of
from services.announcements.cases.find_case import institution_view
from services.announcements.cases.get_report import reported_of
from services.announcements.cases.record_handover import load_tanggapan
from services.announcements.cases.render_notice import NoticePaper, render_notice
from services.announcements.model.case import Case
from services.announcements.model.case_states import CaseStep
from services.announcements.settings import settings
from services.kernel.audit.chain import Event
from services.kernel.aws import exports
from services.kernel.cases.number import case_number_in_groups
from services.kernel.documents import PDF
from services.kernel.security.sessions import Actor
from services.kernel.web.site_pages import HEARING


def hand_out_notice(code: str, number: str, actor: Actor, received: datetime) -> str:
    """The link.

    Raises:
        Problem: `not-found`, `own-record`, `conflict` for a case about nobody, `illegal-transition` for a closed one;
            `try-again`, also when it could not be written down: then nothing is printed.
    """
    case = load_tanggapan(code, number, actor)
    case.moved(CaseStep.HEAR, received)  # says where a closed one stands
    case_store.READINGS.log(code).record(Event(actor.id, "print-notice", received, {"case": case.number}))
    content = render_notice(_paper(case, received))
    filename = f"pemberitahuan-{case_number_in_groups(case.number)}.pdf"
    return exports.hand_out(settings().exports_bucket, content, filename=filename, content_type=PDF)


def _paper(case: Case, at: datetime) -> NoticePaper:
    return NoticePaper(
        number=case_number_in_groups(case.number),
        code=answering_code_of(case),
        institution=institution_view(case.institution).name,
        name=case.said["nama"],
        unit=case.said["unit_kerja"],
        registration_number=case.said["nomor_registrasi"],
        filed=case.at,
        said=reported_of(case),
        address=f"{settings().site_origin}{HEARING}",
        at=at,
    )
