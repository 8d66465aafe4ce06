"""Go on with a sign-in: a refresh token for a new session token, as long as the account allows it."""

from services.kernel.problems import Code, Problem
from services.registration.adapters import account_store
from services.registration.sessions import families
from services.registration.sessions.devices import Device
from services.registration.sessions.start_session import Started, go_on


def refresh_session(token: str | None, device: Device) -> Started:
    """Take a refresh token and give the next, with the role and institution the account has now.

    Raises:
        Problem: `unauthenticated` when the token is not good or not of this browser, or the account was disabled or its
            password changed.
    """
    if not token:
        raise Problem(Code.UNAUTHENTICATED)
    family = families.rotate(token, device)
    account = account_store.load(family.account)
    if account is None or not account.may_sign_in or account.token_version != family.token_version:
        families.end(token)
        raise Problem(Code.UNAUTHENTICATED)
    return go_on(account, family)
