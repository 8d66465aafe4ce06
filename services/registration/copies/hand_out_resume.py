"""A person prints his resume."""

from datetime import datetime

from services.kernel.aws import exports
from services.kernel.documents import PDF
from services.registration.adapters import person_store
from services.registration.copies.render_resume import render_resume
from services.registration.dossiers.get_resume import view_resume
from services.registration.settings import settings
from services.registration.shared.institution_view import view_institution


def hand_out_resume(pid: str, received: datetime) -> str:
    """The link under which the person downloads his resume, PDF: what the page shows at this instant, and no more.

    Raises:
        Problem: `not-found`, or `unauthenticated` when his account is gone.
    """
    person, resume = person_store.load(pid), view_resume(pid)
    content = render_resume(person, view_institution(person.institution).name, resume, received)
    return exports.hand_out(settings().exports_bucket, content, filename="resume.pdf", content_type=PDF)
