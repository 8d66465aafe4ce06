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


def list_sign_ins(actor: Actor) -> SignIns:
    """Where he is signed in."""
    found = sign_ins.of(actor.id)
    return SignIns(
        items=[
            SignInView(
                name=one.name,
                began=one.began,
                last_used=one.last_used,
                browser=one.browser,
                this=one.name == actor.sid,
            )
            for one in found
        ]
    )


def end_sign_in(name: str, request: Request) -> None:
    """End one: at once for going on, and for what it holds as soon as the services know.

    Raises:
        Problem: `not-found` when it is none of his, `version-moved`.
    """
    own = Own.of(request.actor)
    if name not in {one.name for one in sign_ins.of(own.account.id)}:
        raise Problem(Code.NOT_FOUND)
    ended = (*own.account.ended, name)[-_MAX_ENDED:]
    own.commit(replace(own.account, ended=ended, v=own.account.v + 1), OwnDeed.END_SIGN_IN, request)
    families.end_named(name)
