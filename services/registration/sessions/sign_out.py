"""Sign out: no token of the sign-in can be refreshed any more."""

from contextlib import suppress

from services.kernel.problems import Problem
from services.registration.sessions import families


def sign_out(token: str | None) -> None:
    """End the sign-in a refresh token belongs to; without one, or with what is none, there is nothing to end.

    The session token given out with it works until its own end, at most 15 minutes later (design.md, section 5).
    """
    with suppress(Problem):
        families.end(token or "")
