"""Take the submission back to correct something."""

from datetime import datetime

from services.kernel.idempotency import Once
from services.kernel.sessions import Actor
from services.registration.dossiers.change import open_dossier, save
from services.registration.dossiers.views import Moved, OnVersion
from services.registration.people.states import Action


def withdraw_dossier(wish: OnVersion, *, actor: Actor, received: datetime, once: Once) -> Moved:
    """The record is the person's own again until he submits.

    Raises:
        Problem: `window-closed`, `version-moved`, `illegal-transition`.
    """
    return once.answer(Moved, lambda: _withdraw(wish, actor, received, once))


def _withdraw(wish: OnVersion, actor: Actor, received: datetime, once: Once) -> Moved:
    opened = open_dossier(actor, wish.v, received)
    after = opened.person.moved(Action.WITHDRAW, received)
    moved = Moved(v=opened.person.v + 1, state=after.state)
    save(opened, after, Action.WITHDRAW, {}, extra=once.remember(moved))
    return moved
