"""Where a listed person is signed in, and ending one of these."""

from services.kernel.security.sessions import Actor
from services.kernel.web.request import Request
from services.registration.own_account.own import OwnPerson
from services.registration.sessions import families
from services.registration.staff.sign_ins import SignIns, require_sign_in, view_sign_ins


def list_own_sign_ins(actor: Actor) -> SignIns:
    """Where he is signed in."""
    return view_sign_ins(OwnPerson.of(actor).account.id, actor.sid)


def end_own_sign_in(name: str, request: Request) -> None:
    """End one: it cannot go on, and what it holds is over within a quarter of an hour.

    Raises:
        Problem: `not-found` when it is none of his.
    """
    require_sign_in(OwnPerson.of(request.actor).account.id, name)
    families.end_named(name)
