"""A token lives fifteen minutes; what staff do must stop at once when their account is disabled or changed."""

from services.kernel.security.revocations import revoked_problem
from services.kernel.security.sessions import Actor
from services.registration.adapters import account_store


def require_current(actor: Actor) -> None:
    """Accept a member of staff whose account is still what the token says (design.md, section 5).

    Asked on every route of staff. The other services know it from `staff.revoked`; here the account itself is read.

    Raises:
        Problem: `unauthenticated` when the account is gone or may not sign in, its token version moved, or the sign-in
            was ended.
    """
    account = account_store.load(actor.id)
    if account is None or not account.may_sign_in or account.token_version != actor.token_version:
        raise revoked_problem()
    if actor.sid in account.ended:
        raise revoked_problem()
