"""A new invitation, its secret, and the address it is accepted at."""

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import date, datetime

from services.kernel.security import privacy
from services.kernel.security.sessions import Role
from services.kernel.web.site_pages import INVITATION
from services.registration.accounts import second_factor
from services.registration.adapters import account_store
from services.registration.model.account import StaffPrivate
from services.registration.model.invitation import (
    INVITATION_MOVES,
    TTL,
    Invitation,
    InvitationKind,
    InvitationState,
    InvitationStep,
)


@dataclass(frozen=True)
class Wanted:
    """Who is to be invited as what. `login` is a NIP or NIK as read; `institution` None is bkn or an auditor.

    `position` and `until` are a PPK's title and the last day of his period.
    """

    login: str
    name: str
    email: str
    role: Role
    institution: str | None
    units: tuple[str, ...] = ()
    position: str = ""
    until: date | None = None


def new_invitation(
    wanted: Wanted, kind: InvitationKind, *, by: str, at: datetime, reason: str | None = None
) -> Invitation:
    """An invitation that was not sent yet: somebody else has to agree first, or it is sent in the same write."""
    return Invitation(
        id=secrets.token_hex(8),
        kind=kind,
        state=INVITATION_MOVES.after(None, InvitationStep.PROPOSE),
        role=wanted.role,
        institution=wanted.institution,
        units=wanted.units,
        account=account_store.staff_id(wanted.login),
        by=by,
        at=at,
        v=1,
        salt=privacy.new_salt(),
        invited=StaffPrivate(
            name=wanted.name,
            login=wanted.login,
            email=wanted.email,
            totp=second_factor.new_secret(),
            position=wanted.position,
            until=wanted.until,
        ),
        reason=reason,
    )


def send(invitation: Invitation, at: datetime) -> tuple[Invitation, str]:
    """The invitation with a new secret, and the address that carries it; one that was sent before is over by that.

    The secret stands in the address's fragment, which no server is told (RFC 3986, section 3.5); what is kept is its
    hash.

    Raises:
        Problem: `illegal-transition` when it is accepted, refused or withdrawn.
    """
    secret = secrets.token_urlsafe(32)
    sent = replace(invitation.moved(InvitationStep.SEND), secret_hash=hash_secret(secret), expires_at=at + TTL)
    return sent, f"{INVITATION}#{invitation.id}.{secret}"


def is_open(invitation: Invitation | None, secret: str, now: datetime) -> bool:
    """Whether this secret opens it now."""
    if invitation is None or invitation.state is not InvitationState.TERKIRIM or invitation.is_over(now):
        return False
    return secrets.compare_digest(invitation.secret_hash or "", hash_secret(secret))


def hash_secret(secret: str) -> str:
    """What is kept of a secret of 256 bits: nobody finds it by trying."""
    return hashlib.sha256(secret.encode()).hexdigest()
