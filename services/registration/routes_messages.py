"""Routes of what bkn writes to institutions."""

from services.kernel.security.sessions import Role
from services.kernel.web.request import Request
from services.registration.api import api
from services.registration.messages.send_message import MessageBody, SentMessage, send_message


@api.route("POST", "/office-messages", roles=frozenset({Role.BKN}), status=201)
def office_messages(body: MessageBody, request: Request) -> SentMessage:
    """Write to the admins of chosen institutions."""
    return send_message(body, request)
