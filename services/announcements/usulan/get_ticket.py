"""How an usulan stands, for whoever has its number."""

from services.announcements.adapters import usulan_store
from services.announcements.model.usulan import TicketView
from services.kernel.problems import Code, Problem
from services.kernel.values.texts import as_typed


def get_ticket(ticket: str) -> TicketView:
    """The state of an usulan; nothing of what it says.

    Raises:
        Problem: `not-found`.
    """
    found = usulan_store.find_ticket(as_typed(ticket).strip().lower())
    if found is None:
        raise Problem(Code.NOT_FOUND)
    return found
