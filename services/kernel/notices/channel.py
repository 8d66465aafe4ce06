"""The ports by which a notice leaves the portal, and what may become of it there.

E-mail goes through SES (`kernel/aws/ses.py`); at home the local cloud plays SES and keeps what was sent
(infra/local/outbox.py). SMS has the same texts and no provider: it is off until a service is given an `SmsChannel`.
"""

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class Mail:
    """A rendered e-mail; `key` is the same at every try, for a channel that can tell one from two."""

    to: str = field(repr=False)
    subject: str
    body: str = field(repr=False)
    """Plain text, lines as they are."""
    key: str
    """ASCII letters, digits, `-` and `_`, at most 256: a message tag of SES ("MessageTag")."""


@dataclass(frozen=True)
class Sms:
    """A rendered SMS: `to` is a number in digits, `text` of GSM 03.38's basic alphabet."""

    to: str = field(repr=False)
    text: str = field(repr=False)
    key: str


class NotTakenError(Exception):
    """The channel did not take it, surely, and may later: it is down, throttled, or not allowed to send yet."""


class Channel(Protocol):
    """Sends e-mail."""

    def send(self, mail: Mail) -> None:
        """Hand it over.

        Raises:
            NotTakenError: surely not taken; it may be tried again.
            Exception: anything else: nobody knows whether it was taken.
        """


class SmsChannel(Protocol):
    """Sends SMS."""

    def send(self, sms: Sms) -> None:
        """Hand it over; raises as `Channel.send` does."""
