"""Take in what SES says of registration's mails."""

from collections.abc import Mapping
from typing import Any

from services.kernel.notices import feedback
from services.registration.settings import lookup_key


def take_feedback(message: Mapping[str, Any]) -> None:
    """Note that a mail went out, or that its address is not to be written to again.

    Raises:
        ValueError: no message of SES.
    """
    feedback.take_feedback(message, lookup_key())
