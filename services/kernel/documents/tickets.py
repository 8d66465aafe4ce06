"""A ticket to upload: a service says that somebody without a session may send papers, and documents believes it.

Who applies for his institution's first admin, or files a case, has no account. The service that took his application
or case signs what he may send and for which subject, with the secret that both services hold (RFC 7519, HS256); it
holds nothing of the person.
"""

from datetime import datetime, timedelta
from typing import Final

import jwt
from pydantic import BaseModel, ConfigDict, ValidationError

from services.kernel import clock
from services.kernel.documents.types import DocumentType
from services.kernel.security import privacy
from services.kernel.security.sessions import Role

TTL: Final = timedelta(minutes=15)
_ALGORITHM: Final = "HS256"
_AUDIENCE: Final = "ticket"


class Ticket(BaseModel):
    """What may be uploaded: kinds and how many promises, whose (a subject), under which institution's key, until when.

    `until` is in milliseconds since 1970. Of a case, `unit` is the one it concerns, whose staff alone read its papers;
    None where all of the institution do. `about` is whom it is about (`whom`), who reads none of them; `readers` are
    the roles that read such a case, and they alone read its papers; None where the ticket does not say.
    """

    model_config = ConfigDict(frozen=True)

    subject: str
    institution: str
    kinds: frozenset[DocumentType]
    most: int
    until: int
    unit: str | None = None
    about: str | None = None
    readers: frozenset[Role] | None = None


def whom(key: bytes, pid: str) -> str:
    """A person as a ticket names him: whoever holds the ticket learns no id from it."""
    return privacy.blind(key, "ticket about", privacy.stem_of(pid))


def sign_ticket(key: bytes, ticket: Ticket) -> str:
    """The ticket as the browser is given it."""
    return jwt.encode({**ticket.model_dump(mode="json"), "aud": _AUDIENCE}, key, _ALGORITHM)


def read_ticket(key: bytes, text: str, now: datetime) -> Ticket | None:
    """The ticket, or None where it is not genuine, or over."""
    try:
        ticket = Ticket.model_validate(jwt.decode(text, key, [_ALGORITHM], audience=_AUDIENCE))
    except (jwt.InvalidTokenError, ValidationError, ValueError, RecursionError):
        return None
    return ticket if clock.millis(now) < ticket.until else None
