"""The ticket with which an applicant uploads his letter to documents (kernel/documents/tickets.py)."""

from datetime import datetime
from typing import Final

from services.kernel import clock
from services.kernel.documents import DocumentType, subject_of_application
from services.kernel.documents.tickets import TTL, Ticket, sign_ticket
from services.registration.model.application import Application
from services.registration.settings import files_key

TRIES: Final = 10
"""Letters promised to one application, kept or not *(ours)*."""


def ticket_for(application: Application, at: datetime) -> str:
    """A ticket for this application's letter and nothing else, good for 15 minutes."""
    ticket = Ticket(
        subject=subject_of_application(application.number),
        institution=application.institution,
        kinds=frozenset({DocumentType.SURAT}),
        most=TRIES,
        until=clock.millis(at + TTL),
    )
    return sign_ticket(files_key(), ticket)
