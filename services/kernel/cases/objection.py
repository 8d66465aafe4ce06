"""What lets a person object to his verdict: registration signs until when, announcements takes it.

A *keberatan* may be filed within 21 working days of being told (domain.md, section 3, *Cases*). Who was told what, and
when, registration knows. It signs with the secret that services hold in common (RFC 7519, HS256); the token names the
pid, not the person, and is good for his own session alone.
"""

from datetime import datetime
from typing import Final

import jwt
from pydantic import BaseModel, ConfigDict, ValidationError

from services.kernel import clock

_ALGORITHM: Final = "HS256"
_AUDIENCE: Final = "objection"


class Objection(BaseModel):
    """Whose verdict, given at which institution and when (`decided`), and until when he may object; both in ms."""

    model_config = ConfigDict(frozen=True)

    pid: str
    institution: str
    decided: int
    until: int


def sign_objection(key: bytes, objection: Objection) -> str:
    """The token as the person's browser hands it on."""
    return jwt.encode({**objection.model_dump(), "aud": _AUDIENCE}, key, _ALGORITHM)


def read_objection(key: bytes, text: str, *, pid: str, now: datetime) -> Objection | None:
    """What it says; None where it is not genuine, is over, or is another person's."""
    try:
        said = Objection.model_validate(jwt.decode(text, key, [_ALGORITHM], audience=_AUDIENCE))
    except (jwt.InvalidTokenError, ValidationError, ValueError, RecursionError):
        return None
    return said if said.pid == pid and clock.millis(now) < said.until else None
