"""The fact that somebody's tokens are over, as each service takes it that knows no accounts."""

from services.kernel.events.facts import StaffRevoked
from services.kernel.security import revocations


def revoke(fact: StaffRevoked) -> None:
    """Keep it; one that comes twice, late or after a later one changes nothing."""
    revocations.keep(fact.user, fact.v, token_version=fact.tv, ended=fact.sessions_ended)
