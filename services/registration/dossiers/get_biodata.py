"""The person reads his data."""

from services.kernel.security.sessions import Actor
from services.registration.access.own_view import own_view
from services.registration.adapters import account_store, person_store
from services.registration.dossiers.biodata import BiodataView, account_of, view_biodata


def get_biodata(actor: Actor) -> BiodataView:
    """What he may change and what the institution registered."""
    person = own_view(person_store.load_dossier(actor.id)).person
    return view_biodata(person, account_store.contact(account_of(person), person))
