"""An institution's inbox of usulan."""

from datetime import datetime

from pydantic import BaseModel, Field

from services.announcements.adapters import usulan_store
from services.announcements.model.usulan import UsulanView
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import NATIONAL, Actor, Role

OF_SOME_UNITS = (
    "Usulan masuk dibaca oleh admin dan operator seluruh instansi. "
    "Tanyakan kepada mereka bila ada usulan yang menyangkut unit Anda."
)
READERS = frozenset({Role.OPERATOR, Role.ADMIN, Role.BKN, Role.AUDITOR})


class InboxQuery(BaseModel):
    """Which page of the inbox."""

    cursor: str | None = Field(default=None, max_length=200)
    limit: int = Field(default=50, ge=1, le=100)


class UsulanList(BaseModel):
    """A page of usulan, the newest first."""

    items: list[UsulanView]
    cursor: str | None


def list_usulan(code: str, query: InboxQuery, actor: Actor, received: datetime) -> UsulanList:
    """A page of the inbox; reading from outside the institution is written down first.

    An usulan names a unit in words of its own, and says who wrote it and why: it is for those who work for the whole
    institution (domain.md, section 8: as the role needs).

    Raises:
        Problem: `not-found` for another institution's inbox; `forbidden` for who works for some units only;
            `invalid-fields`; `try-again`.
    """
    require_inbox(code, actor)
    items, cursor = usulan_store.inbox(code, cursor=query.cursor, limit=query.limit)
    if actor.role in NATIONAL and items:
        usulan_store.record_reading(code, actor.id, received, [item.ticket for item in items])
    return UsulanList(items=items, cursor=cursor)


def require_inbox(code: str, actor: Actor) -> None:
    """Refuse who may not look into an institution's inbox.

    Raises:
        Problem: `not-found`, `forbidden`.
    """
    actor.require_institution(code)
    if actor.units:
        raise Problem(Code.FORBIDDEN, OF_SOME_UNITS)
    if not (len(code) == 4 and code.isdecimal() and code.isascii()):
        raise Problem(Code.NOT_FOUND)
