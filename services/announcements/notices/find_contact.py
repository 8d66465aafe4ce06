"""Who a notice is for: here alone is it read who filed a case, to write to him."""

from services.announcements.adapters import case_store
from services.kernel.notices.catalogue import Recipient, RecipientKind
from services.kernel.notices.send import Contact
from services.kernel.web.languages import Language


def find_contact(recipient: Recipient) -> Contact | None:
    """How whoever filed a case is reached; None: he gave nothing, or was forgotten."""
    if recipient.kind is not RecipientKind.CASE:
        return None
    who = case_store.reporter_of(recipient.id)
    return Contact(who.email or None, who.phone or None, Language(who.language)) if who.is_reachable else None
