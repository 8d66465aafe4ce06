"""A token lives fifteen minutes; what staff do must stop at once when their account is disabled or changed."""

from services.kernel.security import revocations
from services.kernel.security.revocations import revoked_problem
from services.kernel.security.sessions import Actor, Role
from services.registration.adapters import account_store


def require_current(actor: Actor) -> None:
    """Accept whose account is still what the token says (design.md, section 5).

    The other services know it from `staff.revoked`. Of staff the account itself is read here; of a person, who is not
    known by his account, what was kept when he took it back from somebody else.

    Raises:
        Problem: `unauthenticated` when the account is gone or may not sign in, its token version moved, or the sign-in
            was ended.
    """
    if actor.role is Role.HONORER:
        revocations.require_current(actor)
        return
    account = account_store.load(actor.id)
    if account is None or not account.may_sign_in or account.token_version != actor.token_version:
        raise revoked_problem()
    if actor.sid in account.ended:
        raise revoked_problem()
