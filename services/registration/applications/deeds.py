"""What is written down of each deed on an application, in the chain of its institution's accounts (staff_log.py)."""

from enum import StrEnum

from services.kernel.audit.chain import Event
from services.kernel.web.request import Request
from services.registration.model.application import Application, in_groups


class ApplicationDeed(StrEnum):
    """The deeds, as the chain names them."""

    APPLY = "apply-for-admin"
    APPROVE = "approve-application"
    REFUSE = "refuse-application"
    WITHDRAW = "withdraw-application"


APPLICANT = "pemohon"
"""Stands for whoever applies, where an account's id has its place."""


def event(deed: ApplicationDeed, application: Application, request: Request) -> Event:
    """The event; whether an address was corrected is told by the invitation, not here."""
    delta = {
        "application": in_groups(application.number),
        "account": application.account,
        "letter": application.letter.file if application.letter else None,
        "invitation": application.invitation,
    }
    by = request.session.id if request.session else APPLICANT
    return Event(by, deed.value, request.received, delta)
