"""Send the notices that registration's deeds have put by (kernel/notices/send.py)."""

from pydantic import BaseModel

from services.kernel.notices import send
from services.kernel.notices.catalogue import Recipient
from services.kernel.notices.outbox import Key
from services.kernel.notices.send import Channels
from services.registration.adapters.channels import of_this_stage
from services.registration.notices.find_contact import find_contact
from services.registration.settings import lookup_key


class NoticeMessage(BaseModel):
    """Which notice waits; nothing of what it says."""

    event: str
    recipient: str


def send_notice(message: NoticeMessage, channels: Channels | None = None) -> None:
    """Send one; `channels` None: those of this stage.

    Raises:
        Problem: `try-again` when it has to come again.
    """
    key = Key(message.event, Recipient.parse(message.recipient))
    send.send_notice(key, find_contact, channels or of_this_stage(), lookup_key())
