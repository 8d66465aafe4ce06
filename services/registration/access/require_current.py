"""A token lives fifteen minutes; what staff write must stop at once when their account is disabled or changed."""

from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Actor
from services.registration.adapters import account_store


def require_current(actor: Actor) -> None:
    """Accept a member of staff whose account is still what the token says (design.md, section 5).

    Raises:
        Problem: `unauthenticated` when the account is gone, disabled, or its token version moved.
    """
    account = account_store.load(actor.id)
    if account is None or not account.may_sign_in or account.token_version != actor.token_version:
        raise Problem(Code.UNAUTHENTICATED)
    if actor.sid in account.ended:
        raise Problem(Code.UNAUTHENTICATED)
