"""BKN writes to the admins of institutions that it has chosen, e.g. of those that will not be done in time."""

import secrets
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from services.kernel.audit.chain import Event
from services.kernel.notices.catalogue import LONGEST_MESSAGE, find_address
from services.kernel.problems import Code, Problem, invalid_problem
from services.kernel.security import privacy
from services.kernel.security.personal_number_texts import refuse_number_in_message
from services.kernel.values.texts import clean_paragraph
from services.kernel.web.request import Request
from services.kernel.writes import ungated
from services.registration.adapters import institution_store, message_store
from services.registration.adapters.staff_log import StaffLog
from services.registration.model.office_message import OfficeMessage

ACTION: Final = "send-message"
SHORTEST_MESSAGE: Final = 10
MOST: Final = 1000
"""Institutions of one message: more than there are."""
_ADDRESS = "address|Tulis tanpa alamat situs atau email: surat ini sudah memuat alamat portal."


def _without_address(text: str) -> str:
    if find_address(text):
        raise ValueError(_ADDRESS)
    return text


class MessageBody(BaseModel):
    """To which institutions, by their codes, and what; it is put into a mail as it stands."""

    institutions: list[Annotated[str, StringConstraints(pattern=r"^[0-9]{4}$")]] = Field(min_length=1, max_length=MOST)
    text: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=SHORTEST_MESSAGE, max_length=LONGEST_MESSAGE),
        AfterValidator(clean_paragraph),
        AfterValidator(refuse_number_in_message),
        AfterValidator(_without_address),
    ]


class SentMessage(BaseModel):
    """Which message, and to how many institutions."""

    id: str
    institutions: int


def send_message(body: MessageBody, request: Request) -> SentMessage:
    """Keep the message, on record as its sender's, and have the admins of each institution written to by mail.

    Whose request was cut off between both sends it again with its key: kept once, asked for again, told once.

    Raises:
        Problem: `invalid-fields` for an institution that has no round; `try-again`.
        RuntimeError: the queue did not take all; the request comes again.
    """
    sent = request.once.answer(SentMessage, lambda: _keep(body, request))
    message_store.have_told(message_store.load(sent.id))
    return sent


def _keep(body: MessageBody, request: Request) -> SentMessage:
    codes = tuple(dict.fromkeys(body.institutions))
    _require_known(codes)
    log = StaffLog(None)
    message = OfficeMessage(
        id=secrets.token_hex(8),
        by=request.actor.id,
        at=request.received,
        institutions=codes,
        text=body.text,
        salt=privacy.new_salt(),
    )
    said = {"message": message.id, "institutions": list(codes), "text": message.text}
    noted = log.note(Event(request.actor.id, ACTION, request.received, said))
    sent = SentMessage(id=message.id, institutions=len(codes))
    if not ungated.commit([message_store.put_new(message), *noted, *request.once.remember(sent)]):
        raise Problem(Code.TRY_AGAIN, retry_after=1)
    return sent


def _require_known(codes: tuple[str, ...]) -> None:
    unknown = sorted(set(codes) - set(institution_store.codes()))
    if unknown:
        sentence = f"Tidak ada pendataan untuk instansi {', '.join(unknown[:5])}. Muat ulang halaman, lalu pilih lagi."
        raise invalid_problem("institutions", "unknown", sentence)
