"""The institution's contact as its admin wrote it; everybody else reads the page that announcements makes of it."""

from services.kernel.security.sessions import Actor
from services.registration.adapters import contact_store
from services.registration.contact.set_contact import OfficeView


def get_contact(*, institution: str, actor: Actor) -> OfficeView:
    """The contact and its version.

    Raises:
        Problem: `not-found` for another institution.
    """
    actor.require_institution(institution)
    v, contact = contact_store.load(institution)
    return OfficeView(v=v, contact=contact)
