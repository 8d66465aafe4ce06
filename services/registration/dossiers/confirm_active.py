"""The person says whether he still works in the institution ("masih aktif bekerja di …")."""

from dataclasses import replace
from datetime import datetime

from pydantic import BaseModel

from services.kernel import clock, ungated
from services.kernel.idempotency import Once
from services.kernel.sessions import Actor
from services.registration.dossiers.change import open_dossier, save
from services.registration.dossiers.views import Versioned


class ActiveConfirmation(BaseModel):
    """The answer to the question, on the version of the record he saw."""

    v: int
    active: bool


def confirm_active(confirmation: ActiveConfirmation, *, actor: Actor, received: datetime, once: Once) -> Versioned:
    """Keep the answer and when it was given; saying the same again changes nothing.

    Raises:
        Problem: `window-closed`, `version-moved`, `illegal-transition`.
    """
    return once.answer(Versioned, lambda: _confirm(confirmation, actor, received, once))


def _confirm(confirmation: ActiveConfirmation, actor: Actor, received: datetime, once: Once) -> Versioned:
    opened = open_dossier(actor, confirmation.v, received)
    if opened.person.active is confirmation.active:
        same = Versioned(v=opened.person.v)
        if remembered := once.remember(same):
            ungated.commit(remembered)
        return same
    after = replace(opened.editable(), active=confirmation.active).with_private(active_at=clock.millis(received))
    delta = {"active": [opened.person.active, confirmation.active]}
    confirmed = Versioned(v=opened.person.v + 1)
    save(opened, after, "confirm-active", delta, extra=once.remember(confirmed))
    return confirmed
