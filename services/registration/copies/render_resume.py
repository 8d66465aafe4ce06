"""The page "Resume" as a paper: A4, as many pages as it takes, the same bytes for the same data."""

from datetime import datetime
from typing import Any, Final

from reportlab.lib.pagesizes import A4

from services.kernel.pdf import About, Flow, Part, Sheet, minute_text
from services.registration.cards.render_wording import FREE, STATE_TEXTS
from services.registration.copies.render_parts import advice_part, file_part, history_parts
from services.registration.copies.render_wording import rows_of
from services.registration.dossiers.get_resume import ResumeView
from services.registration.model.person import Person
from services.registration.rows.columns import FIRST_APPOINTMENT

_TITLE: Final = "Resume Pendataan"
_MAPPING_ONLY: Final = "Pendataan ini adalah pemetaan, bukan pengangkatan, dan tidak menjanjikannya."


def render_resume(person: Person, institution: str, resume: ResumeView, at: datetime) -> bytes:
    """Print a resume as it stands at an instant."""
    about = About(f"{_TITLE} {person.registration_number}", "Pendataan Tenaga Non-ASN", institution, at)
    flow = Flow(Sheet(about, A4), f"{_TITLE} · {person.registration_number}")
    below = (f"{institution} · {person.registration_number}", f"Dicetak {minute_text(at)}")
    flow.title(_TITLE, *below)
    flow.part(Part("Status data", sentences=[f"{STATE_TEXTS[person.state]}.", _MAPPING_ONLY]))
    if resume.missing:
        flow.part(Part("Masih ada yang kurang", sentences=[one.text for one in resume.missing]))
    flow.part(Part("Biodata", rows_of(_biodata(resume))))
    for part in history_parts(resume.histories):
        flow.part(part)
    flow.part(file_part(resume.files, resume.histories))
    flow.part(advice_part(resume.advice))
    flow.part(Part("Gratis", sentences=[FREE]))
    return flow.finish()


def _biodata(resume: ResumeView) -> dict[str, Any]:
    """What is his own; the appointment that his institution registered is the first of the appointments."""
    registered = resume.biodata.registered.items()
    own = {name: value for name, value in registered if name not in FIRST_APPOINTMENT}
    return {**own, **resume.biodata.editable.model_dump()}
