"""By what this stage's notices leave."""

from services.kernel.aws.ses import SesChannel
from services.kernel.notices.send import Channels
from services.registration.settings import settings


def of_this_stage() -> Channels:
    """E-mail where the stage has a sender; SMS has no provider yet, so it is off."""
    sender = settings().mail_sender
    return Channels(SesChannel(sender, settings().mail_configuration_set) if sender else None)
