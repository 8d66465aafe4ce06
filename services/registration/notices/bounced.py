"""Whether mail reaches an address: at the next sign-in its owner is asked for another (domain.md, section 11)."""

from services.kernel.notices import stopped
from services.registration.settings import lookup_key


def is_bounced(address: str) -> bool:
    """Whether mail to it bounced for good; whoever only said stop is not asked for another."""
    return stopped.why(address, lookup_key()) == "bounce"
