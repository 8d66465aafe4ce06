"""Whether mail reaches whoever filed a case: where not, his page and staff say so, for he has no sign-in."""

from services.announcements.model.case import Reporter
from services.announcements.settings import address_key
from services.kernel.notices import stopped


def is_bounced(reporter: Reporter) -> bool:
    """Whether mail to his address bounced for good."""
    return bool(reporter.email) and stopped.why(reporter.email, address_key()) == "bounce"
