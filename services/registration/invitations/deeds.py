"""What is written down of each deed on accounts of staff (adapters/staff_log.py)."""

from enum import StrEnum

from services.kernel.audit.chain import Event
from services.kernel.web.request import Request
from services.registration.model.invitation import Invitation


class Deed(StrEnum):
    """The deeds on an invitation, as the chain names them."""

    INVITE = "invite"
    APPROVE = "approve-invitation"
    REFUSE = "refuse-invitation"
    SEND_AGAIN = "send-invitation-again"
    WITHDRAW = "withdraw-invitation"
    ACCEPT = "accept-invitation"
    CONFIRM = "confirm-account"
    START_RECOVERY = "start-recovery"


BY_COMMAND = "perintah"
"""Stands for whoever deploys the portal, where an account's id has its place."""


def event(deed: Deed, invitation: Invitation, request: Request | None, *, by: str | None = None) -> Event:
    """The event; `by` where nobody signed in did it (an invited one: his account to be; the deployer's command)."""
    delta = {
        "invitation": invitation.id,
        "account": invitation.account,
        "role": invitation.role.value,
        "units": list(invitation.units),
        "reason": invitation.reason,
    }
    at = request.received if request else invitation.at
    return Event(by or (request.actor.id if request else BY_COMMAND), deed.value, at, delta)
