"""How many usulan of an institution wait for it."""

from pydantic import BaseModel

from services.announcements.adapters import usulan_store
from services.announcements.usulan.list_usulan import require_inbox
from services.kernel.security.sessions import Actor

MAX_COUNTED = 500
"""Further than this nobody counts them one by one."""


class UsulanCount(BaseModel):
    """How many are waiting; `more` when they are so many that not all were counted."""

    waiting: int
    more: bool


def count_usulan(code: str, actor: Actor) -> UsulanCount:
    """What waits in the inbox; nothing of it is read, so nothing is written down.

    Raises:
        Problem: `not-found` for another institution's inbox; `forbidden` for who works for some units only.
    """
    require_inbox(code, actor)
    waiting, more = usulan_store.count_waiting(code, most=MAX_COUNTED)
    return UsulanCount(waiting=waiting, more=more)
