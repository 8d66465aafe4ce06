"""A receipt for a file on its way (domain.md, section 4): documents signs what it promised, registration believes it.

The fact of an accepted file comes seconds late, and on the last evening perhaps hours. Who was promised a place in time
and sent his file shows the receipt when he submits: his submission is in, whenever the inspection comes. The receipt
is signed with the secret that both services hold (RFC 7519, HS256); it opens nothing and holds nothing of the person.
"""

from datetime import datetime
from typing import Annotated, Final

import jwt
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from services.kernel import clock
from services.kernel.documents.ids import parse_file_id

_ALGORITHM: Final = "HS256"
_AUDIENCE: Final = "receipt"

Receipts = Annotated[list[Annotated[str, Field(max_length=1000)]], Field(max_length=60)]
"""How a request carries them: one for each file that is still being inspected."""


class Receipt(BaseModel):
    """What was promised: the file's id, its history row, the enrolment it was asked for under, the instant of asking.

    `received` is in milliseconds since 1970.
    """

    model_config = ConfigDict(frozen=True)

    file: str
    riwayat: str | None
    enrolment: str | None
    received: int

    @property
    def subject(self) -> str:
        """Whose file it is."""
        return parse_file_id(self.file).subject

    @property
    def at(self) -> datetime:
        """When the place was asked for."""
        return clock.from_millis(self.received)


def sign_receipt(key: bytes, receipt: Receipt) -> str:
    """The receipt as the browser keeps and shows it."""
    return jwt.encode({**receipt.model_dump(), "aud": _AUDIENCE}, key, _ALGORITHM)


def read_receipt(key: bytes, text: str) -> Receipt | None:
    """The receipt, or None where it is not genuine."""
    try:
        return Receipt.model_validate(jwt.decode(text, key, [_ALGORITHM], audience=_AUDIENCE))
    except (jwt.InvalidTokenError, ValidationError, ValueError, RecursionError):
        return None
