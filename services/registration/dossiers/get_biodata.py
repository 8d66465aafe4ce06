"""The person reads his data."""

from services.kernel.security.sessions import Actor
from services.registration.adapters import account_store, person_store
from services.registration.dossiers.biodata import BiodataView, account_of, view_biodata


def get_biodata(actor: Actor) -> BiodataView:
    """What he may change and what the institution registered."""
    person = person_store.load(actor.id)
    return view_biodata(person, account_store.contact(account_of(person), person))
