"""The person reads his appointments."""

from services.kernel.security.sessions import Actor
from services.registration.access.own_view import own_view
from services.registration.adapters import person_store
from services.registration.dossiers.histories import HistoriesView, view_histories


def get_histories(actor: Actor) -> HistoriesView:
    """All appointments of the signed-in person."""
    return view_histories(own_view(person_store.load_dossier(actor.id)))
