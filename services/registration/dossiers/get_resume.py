"""The resume: everything the person is about to submit, and what is still missing."""

from pydantic import BaseModel

from services.kernel.security.sessions import Actor
from services.registration.access.own_view import own_view, sees_employment
from services.registration.adapters import account_store, person_store
from services.registration.dossiers.assess_dossier import advise
from services.registration.dossiers.biodata import BiodataView, account_of, view_biodata
from services.registration.dossiers.completeness import missing
from services.registration.dossiers.histories import HistoryView, view_histories
from services.registration.shared.papers import FileView, view_files
from services.registration.shared.views import AdviceView, Missing, view_advice


class ResumeView(BaseModel):
    """The whole dossier on one page."""

    v: int
    active: bool | None
    biodata: BiodataView
    histories: list[HistoryView]
    files: list[FileView]
    advice: AdviceView | None
    missing: list[Missing]


def get_resume(actor: Actor) -> ResumeView:
    """The signed-in person's dossier."""
    return view_resume(actor.id)


def view_resume(pid: str) -> ResumeView:
    """A person's dossier as he himself sees it."""
    stored = person_store.load_dossier(pid)
    dossier = own_view(stored)
    person = dossier.person
    contact = account_store.contact(account_of(person), person)
    return ResumeView(
        v=person.v,
        active=person.active,
        biodata=view_biodata(person, contact),
        histories=view_histories(dossier).items,
        files=view_files(dossier.files, person.decided_at),
        advice=view_advice(advise(stored)) if sees_employment(stored) else None,
        missing=missing(stored),
    )
