"""Sign out: no token of the sign-in can be refreshed any more."""

from services.registration.sessions import families


def sign_out(token: str | None) -> None:
    """End the sign-in a refresh token belongs to; without one there is nothing to end."""
    if token:
        families.end(token)
