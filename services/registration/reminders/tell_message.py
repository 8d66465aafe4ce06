"""Put by bkn's message for each admin of one of its institutions."""

from services.kernel.notices.catalogue import Notice, NoticeKind
from services.kernel.security.sessions import Role
from services.registration.adapters import message_store
from services.registration.shared.tell_staff import put_by, staff_in


def tell_message(institution: str, identifier: str) -> None:
    """Put by a notice for each admin who is there now; done again, nobody is told twice.

    Raises:
        Problem: `not-found` for a message that is not kept (yet): the step comes again.
    """
    message = message_store.load(identifier)
    for recipient in staff_in(institution, Role.ADMIN):
        put_by(
            Notice(
                NoticeKind.OFFICE_MESSAGE, f"message.{message.id}", recipient, {"message": message.text}, institution
            )
        )
