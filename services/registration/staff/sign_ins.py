"""Where somebody of staff is signed in, and ending one of these."""

from dataclasses import replace
from datetime import datetime

from pydantic import BaseModel

from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Actor
from services.kernel.web.request import Request
from services.registration.sessions import families, sign_ins
from services.registration.staff.own_account import Own, OwnDeed

_MAX_ENDED = 20


class SignInView(BaseModel):
    """One sign-in that can go on; `browser` may be empty, `this` marks the one that asks."""

    name: str
    began: datetime
    last_used: datetime
    browser: str
    this: bool


class SignIns(BaseModel):
    """Those that can go on, the latest first."""

    items: list[SignInView]


def view_sign_ins(account: str, sid: str | None) -> SignIns:
    """Where an account is signed in; `sid` names the sign-in that asks."""
    return SignIns(
        items=[
            SignInView(
                name=one.name, began=one.began, last_used=one.last_used, browser=one.browser, this=one.name == sid
            )
            for one in sign_ins.of(account)
        ]
    )


def require_sign_in(account: str, name: str) -> None:
    """Accept the name of a sign-in of this account.

    Raises:
        Problem: `not-found`.
    """
    if name not in {one.name for one in sign_ins.of(account)}:
        raise Problem(Code.NOT_FOUND)


def list_sign_ins(actor: Actor) -> SignIns:
    """Where he is signed in."""
    return view_sign_ins(actor.id, actor.sid)


def end_sign_in(name: str, request: Request) -> None:
    """End one: at once for going on, and for what it holds as soon as the services know.

    Raises:
        Problem: `not-found` when it is none of his, `version-moved`.
    """
    own = Own.of(request.actor)
    require_sign_in(own.account.id, name)
    ended = (*own.account.ended, name)[-_MAX_ENDED:]
    own.commit(replace(own.account, ended=ended, v=own.account.v + 1), OwnDeed.END_SIGN_IN, request)
    families.end_named(name)
