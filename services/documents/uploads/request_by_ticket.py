"""Promise a place to whoever has no account, by the ticket of the service that took his application or case."""

from typing import Annotated

from pydantic import BaseModel, Field

from services.documents.adapters import store
from services.documents.model.file import Subject
from services.documents.settings import files_key
from services.documents.uploads.claim_subject import Claim
from services.documents.uploads.request_upload import Promise, promise
from services.documents.uploads.wish import UploadWish, require_fitting
from services.kernel.documents import DocumentType
from services.kernel.documents.tickets import read_ticket
from services.kernel.problems import Code, Problem
from services.kernel.web.request import Request


class TicketWish(BaseModel):
    """The ticket, the kind of file and its size in bytes; the ticket says whose it is."""

    ticket: Annotated[str, Field(max_length=3000)]
    jenis: DocumentType
    ukuran: int = Field(ge=0, le=2**40)


def request_by_ticket(wish: TicketWish, request: Request) -> Promise:
    """Promise a place; the file is inspected as any other, and whoever sent it cannot read it back.

    Raises:
        Problem: `ticket-over` for one that is not genuine or over, also of a case that ended; `forbidden` for a kind
            it does not name;
            `invalid-fields` for a size that inspection would refuse; `throttled`, or of a case `conflict`, for one too
            many; `try-again`.
    """
    ticket = read_ticket(files_key(), wish.ticket, request.received)
    if ticket is None:
        raise Problem(Code.TICKET_OVER)
    if wish.jenis not in ticket.kinds:
        raise Problem(Code.FORBIDDEN)
    plain = UploadWish(jenis=wish.jenis, ukuran=wish.ukuran)
    require_fitting(plain)
    subject = store.load_subject(ticket.subject) or Subject(
        ticket.subject, ticket.institution, unit=ticket.unit, about=ticket.about, readers=ticket.readers
    )
    if subject.ended is not None:
        raise Problem(Code.TICKET_OVER)
    return promise(plain, Claim(ticket.subject, subject, most=ticket.most), request)
