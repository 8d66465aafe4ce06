"""Routes of a listed person who is signed in: his dossier, step by step, and his cards."""

from datetime import datetime

from services.kernel.security.sessions import Actor, Role
from services.kernel.web.replies import Redirect, see_other
from services.kernel.web.request import Request
from services.registration.api import api
from services.registration.cards.hand_out_card import hand_out_card
from services.registration.dossiers.add_history import add_history
from services.registration.dossiers.biodata import BiodataView
from services.registration.dossiers.change_biodata import BiodataEdit, change_biodata
from services.registration.dossiers.change_history import change_history
from services.registration.dossiers.confirm_active import ActiveConfirmation, confirm_active
from services.registration.dossiers.get_biodata import get_biodata
from services.registration.dossiers.get_histories import get_histories
from services.registration.dossiers.get_me import PersonMe, StaffMe, get_me
from services.registration.dossiers.get_resume import ResumeView, get_resume
from services.registration.dossiers.histories import HistoriesView, HistoryAdded, HistoryForm
from services.registration.dossiers.remove_history import remove_history
from services.registration.dossiers.submit_dossier import Submission, submit_dossier
from services.registration.dossiers.withdraw_dossier import withdraw_dossier
from services.registration.seals.hand_out_proof import hand_out_proof
from services.registration.shared.views import Moved, OnVersion, Versioned

PERSON = frozenset({Role.HONORER})
EVERYBODY = frozenset(Role)


@api.route("GET", "/me", roles=EVERYBODY)
def me(actor: Actor, received: datetime) -> PersonMe | StaffMe:
    """Who is signed in, how far a person's record is, and what has become of it."""
    return get_me(actor, received)


@api.route("POST", "/me/active-confirmation", roles=PERSON)
def active_confirmation(body: ActiveConfirmation, request: Request) -> Versioned:
    """Whether the person still works there."""
    return confirm_active(body, request)


@api.route("GET", "/me/biodata", roles=PERSON)
def biodata(actor: Actor) -> BiodataView:
    """What the person may change (contact, education), and his row as the institution registered it."""
    return get_biodata(actor)


@api.route("PATCH", "/me/biodata", roles=PERSON)
def biodata_edit(body: BiodataEdit, request: Request) -> Versioned:
    """Change contact and education; a field that is not sent stays."""
    return change_biodata(body, request)


@api.route("GET", "/me/histories", roles=PERSON)
def histories(actor: Actor) -> HistoriesView:
    """All appointments, the registered one and the person's own, with their files."""
    return get_histories(actor)


@api.route("POST", "/me/histories", roles=PERSON, status=201)
def history_new(body: HistoryForm, request: Request) -> HistoryAdded:
    """Add an appointment."""
    return add_history(body, request)


@api.route("PUT", "/me/histories/{identifier}", roles=PERSON)
def history_edit(identifier: str, body: HistoryForm, request: Request) -> HistoryAdded:
    """Correct an appointment."""
    return change_history(identifier, body, request)


@api.route("DELETE", "/me/histories/{identifier}", roles=PERSON)
def history_removal(identifier: str, body: OnVersion, request: Request) -> Versioned:
    """Take an appointment out."""
    return remove_history(identifier, body, request)


@api.route("GET", "/me/resume", roles=PERSON)
def resume(actor: Actor) -> ResumeView:
    """Everything about to be submitted, and what is missing."""
    return get_resume(actor)


@api.route("POST", "/me/submission", roles=PERSON)
def submission(body: Submission, request: Request) -> Moved:
    """Submit the record for verification ("Akhiri Proses Pendaftaran")."""
    return submit_dossier(body, request)


@api.route("POST", "/me/withdrawal", roles=PERSON)
def withdrawal(body: OnVersion, request: Request) -> Moved:
    """Take the submission back."""
    return withdraw_dossier(body, request)


@api.route("GET", "/me/cards/{kind}", roles=PERSON)
def card(kind: str, actor: Actor, received: datetime) -> Redirect:
    """A printed card as a PDF, under a link: the account's or, once he has submitted, the census's."""
    return see_other(hand_out_card(actor.id, kind, received=received))


@api.route("GET", "/me/proof", roles=PERSON)
def proof(actor: Actor) -> Redirect:
    """The proof that one is in the seal, after it."""
    return see_other(hand_out_proof(actor.id))
