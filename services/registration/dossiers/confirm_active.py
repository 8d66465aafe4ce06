"""The person says whether he still works in the institution ("masih aktif bekerja di …")."""

from dataclasses import replace

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.web.request import Request
from services.kernel.writes import ungated
from services.registration.adapters import request_store
from services.registration.dossiers.change import open_dossier, save
from services.registration.shared.views import Versioned


class ActiveConfirmation(BaseModel):
    """The answer to the question, on the version of the record he saw."""

    v: int
    active: bool


def confirm_active(confirmation: ActiveConfirmation, request: Request) -> Versioned:
    """Keep the answer and when it was given; saying the same again changes nothing.

    Raises:
        Problem: `window-closed`, `version-moved`, `illegal-transition`.
    """
    return request.once.answer(Versioned, lambda: _confirm(confirmation, request))


def _confirm(confirmation: ActiveConfirmation, request: Request) -> Versioned:
    opened = open_dossier(request, confirmation.v)
    if opened.person.active is confirmation.active:
        same = Versioned(v=opened.person.v)
        if remembered := request.once.remember(same):
            ungated.commit(remembered)
        return same
    person = opened.editable()
    private = replace(person.private, active_at=clock.millis(request.received), activity_answer=None)
    after = replace(person, active=confirmation.active, private=private)
    delta = {"active": [opened.person.active, confirmation.active]}
    confirmed = Versioned(v=opened.person.v + 1)
    extra = [*request_store.list_statement(after), *request.once.remember(confirmed)]
    save(opened, after, "confirm-active", delta, extra=extra)
    return confirmed
