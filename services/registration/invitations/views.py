"""How an invitation is shown to those who may handle it."""

from collections.abc import Sequence
from datetime import date, datetime

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Actor, Role
from services.kernel.web.qr_svg import qr_svg
from services.registration.accounts.staff_accounts import masked
from services.registration.adapters import account_store, invitation_store
from services.registration.invitations import who_may
from services.registration.invitations.moving import Done
from services.registration.model.invitation import Invitation, InvitationKind, InvitationState
from services.registration.settings import settings


class InvitationView(BaseModel):
    """An invitation; the sign-in number is masked.

    `email` is told to who handles or decides it. `by` and `approved_by` are names, None of whoever deploys the portal.
    `expired`: it was not accepted within its 72 hours. `may_handle`: the reader may confirm, send again or withdraw it;
    `may_decide`: he may be the second one.
    """

    id: str
    institution: str
    kind: InvitationKind
    state: InvitationState
    expired: bool
    role: Role
    name: str
    login_masked: str
    email: str | None
    units: list[str]
    position: str
    until: date | None
    reason: str | None
    by: str | None
    approved_by: str | None
    at: datetime
    expires_at: datetime | None
    may_handle: bool
    may_decide: bool
    v: int


class InvitationSent(InvitationView):
    """One that was just sent.

    `address` (below the portal's own) is there where it is to be printed, and `qr`, an SVG that leads to it; a retry of
    the request does not get them again.
    """

    address: str | None = None
    qr: str | None = None


def view_invitation(invitation: Invitation, reader: Actor) -> InvitationView:
    """The invitation as `reader` sees it."""
    waits = invitation.state is InvitationState.MENUNGGU_PERSETUJUAN
    handles = who_may.may_handle(reader, invitation)
    decides = waits and who_may.may_decide(reader, invitation)
    return InvitationView(
        id=invitation.id,
        institution=invitation.institution or account_store.NATIONAL,
        kind=invitation.kind,
        state=invitation.state,
        expired=invitation.is_over(clock.now()),
        role=invitation.role,
        name=invitation.invited.name,
        login_masked=masked(invitation.invited.login),
        email=invitation.invited.email if handles or decides else None,
        units=list(invitation.units),
        position=invitation.invited.position,
        until=invitation.invited.until,
        reason=invitation.reason,
        by=name_of(invitation.by),
        approved_by=name_of(invitation.approved_by),
        at=invitation.at,
        expires_at=invitation.expires_at,
        may_handle=handles,
        may_decide=decides,
        v=invitation.v,
    )


def sent_view(done: Done, reader: Actor, printed: Sequence[str]) -> InvitationSent:
    """What a deed left behind, with the address to print, if this request was the one that made it."""
    invitation = invitation_store.load(done.id)
    if invitation is None:
        raise Problem(Code.NOT_FOUND)
    address = next(iter(printed), None)
    qr = qr_svg(settings().site_origin + address) if address else None
    return InvitationSent(**view_invitation(invitation, reader).model_dump(), address=address, qr=qr)


def name_of(identifier: str | None) -> str | None:
    """How a member of staff is called, None where nobody of the portal did it."""
    account = account_store.load(identifier) if identifier else None
    return account_store.staff_private(account).name if account else None
