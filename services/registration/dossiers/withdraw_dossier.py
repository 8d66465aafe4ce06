"""Take the submission back to correct something."""

from services.kernel.web.request import Request
from services.registration.dossiers.change import open_dossier, save
from services.registration.model.person_states import Action
from services.registration.shared.views import Moved, OnVersion


def withdraw_dossier(withdrawal: OnVersion, request: Request) -> Moved:
    """The record is the person's own again until he submits.

    Raises:
        Problem: `window-closed`, `version-moved`, `illegal-transition`.
    """
    return request.once.answer(Moved, lambda: _withdraw(withdrawal, request))


def _withdraw(withdrawal: OnVersion, request: Request) -> Moved:
    opened = open_dossier(request, withdrawal.v)
    after = opened.person.moved(Action.WITHDRAW, request.received)
    moved = Moved(v=opened.person.v + 1, state=after.state)
    save(opened, after, Action.WITHDRAW, {}, extra=request.once.remember(moved))
    return moved
