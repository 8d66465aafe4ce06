"""Send the notices that cases have put by (kernel/notices/send.py)."""

from services.announcements.notices.find_contact import find_contact
from services.announcements.settings import address_key
from services.kernel.notices import send
from services.kernel.notices.send import Channels, NoticeMessage


def send_notice(message: NoticeMessage, channels: Channels | None = None) -> None:
    """Send one; `channels` None: those of this stage.

    Raises:
        Problem: `try-again` when it has to come again.
    """
    send.send_notice(message.key, find_contact, channels or send.of_this_stage(), address_key())
