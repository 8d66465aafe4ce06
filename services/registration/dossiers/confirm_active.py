"""The person says whether he still works in the institution ("masih aktif bekerja di …")."""

from dataclasses import replace
from datetime import datetime

from pydantic import BaseModel

from services.kernel.sessions import Actor
from services.registration.dossiers.change import open_dossier, save
from services.registration.dossiers.views import Versioned


class ActiveConfirmation(BaseModel):
    """The answer to the question, on the version of the record he saw."""

    v: int
    active: bool


def confirm_active(confirmation: ActiveConfirmation, *, actor: Actor, received: datetime) -> Versioned:
    """Keep the answer; saying the same again changes nothing.

    Raises:
        Problem: `window-closed`, `version-moved`, `illegal-transition`.
    """
    opened = open_dossier(actor, confirmation.v, received)
    if opened.person.active is confirmation.active:
        return Versioned(v=opened.person.v)
    after = replace(opened.editable(), active=confirmation.active)
    delta = {"active": [opened.person.active, confirmation.active]}
    return Versioned(v=save(opened, after, "confirm-active", delta).v)
