"""Invitations of an institution, and those of all that somebody has to approve."""

from collections.abc import Iterable

from pydantic import BaseModel

from services.kernel.security.sessions import Actor
from services.kernel.writes import gate
from services.registration.adapters import invitation_store
from services.registration.invitations import who_may
from services.registration.invitations.views import InvitationView, view_invitation
from services.registration.model.invitation import Invitation


class Invitations(BaseModel):
    """Invitations, the latest first."""

    items: list[InvitationView]


def list_invitations(code: str, by: Actor) -> Invitations:
    """The institution's invitations (`nasional`: those of bkn and auditors); one just made may take a moment to show.

    Raises:
        Problem: `not-found` for another institution or none.
    """
    by.require_institution(code)
    institution = who_may.institution_of(code)
    if institution is not None:
        gate.read_round(institution)
    return _shown(invitation_store.of_institution(institution), by)


def list_waiting(by: Actor) -> Invitations:
    """Those of every institution that wait for a second one; an admin sees his own institution's."""
    return _shown((one for one in invitation_store.waiting() if by.institution in {None, one.institution}), by)


def _shown(found: Iterable[Invitation], by: Actor) -> Invitations:
    shown = [view_invitation(invitation, by) for invitation in found]
    return Invitations(items=sorted(shown, key=lambda view: view.at, reverse=True))
