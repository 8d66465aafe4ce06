"""An opening: documents signs that somebody had a file before him, and registration believes it.

Whoever decides on a record has to have opened its papers, or the decision is counted as one without them. Documents
knows who opened what and registration decides; between them goes what the browser was given (RFC 7519, HS256, signed
with the secret that both services hold). It opens nothing, and is good for its reader alone and for a working day.
"""

from datetime import datetime, timedelta
from typing import Annotated, Final

import jwt
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from services.kernel import clock

TTL: Final = timedelta(hours=12)
_ALGORITHM: Final = "HS256"
_AUDIENCE: Final = "opening"

Openings = Annotated[list[Annotated[str, Field(max_length=1000)]], Field(max_length=60)]
"""How a request carries them: one for each file that was opened."""


class Opening(BaseModel):
    """Which file was opened, by whom (an account's id) and when, in milliseconds since 1970."""

    model_config = ConfigDict(frozen=True)

    file: str
    by: str
    at: int


def sign_opening(key: bytes, file: str, *, by: str, now: datetime) -> str:
    """That this account opens this file now, as the browser keeps and shows it."""
    opening = Opening(file=file, by=by, at=clock.millis(now))
    return jwt.encode({**opening.model_dump(), "aud": _AUDIENCE}, key, _ALGORITHM)


def read_opening(key: bytes, text: str, *, by: str, now: datetime) -> str | None:
    """The id of the file that this account opened within `TTL` before `now`; None for anything else."""
    try:
        opening = Opening.model_validate(jwt.decode(text, key, [_ALGORITHM], audience=_AUDIENCE))
    except (jwt.InvalidTokenError, ValidationError, ValueError, RecursionError):
        return None
    fresh = clock.millis(now) < opening.at + TTL // timedelta(milliseconds=1)
    return opening.file if fresh and opening.by == by else None
