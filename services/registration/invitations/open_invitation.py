"""Who opens an invitation's address says his number first, and is then shown what he is invited to."""

from datetime import datetime, timedelta
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field

from services.kernel import clock
from services.kernel.problems import Code, Problem, invalid_problem
from services.kernel.security.sessions import Role
from services.kernel.security.throttle import Throttle
from services.kernel.web.qr_svg import qr_svg
from services.registration.accounts import second_factor
from services.registration.accounts.staff_accounts import masked, read_login
from services.registration.adapters import account_store, invitation_store
from services.registration.invitations import who_may
from services.registration.invitations.new_invitation import is_open
from services.registration.model.account import AccountState
from services.registration.model.invitation import Invitation, InvitationKind
from services.registration.settings import lookup_key
from services.registration.shared.institution_view import InstitutionView, view_institution

TRIES = Throttle("invitation", 30, timedelta(hours=1), lookup_key)
"""How often one invitation may be opened or accepted, rightly or not; numbers are not to be tried out."""


class OpenedInvitation(BaseModel):
    """The form: what the address carries behind its `#`, and the invited one's NIP or NIK."""

    token: Annotated[str, Field(max_length=200)]
    login: Annotated[str, AfterValidator(read_login)]


class InvitationOffer(BaseModel):
    """What somebody is invited to, and how his authenticator app gets his codes.

    `uri` is what the QR code says (`otpauth://totp/…`), `key` the same to be typed, `qr` an SVG of it.
    """

    kind: InvitationKind
    role: Role
    name: str
    institution: InstitutionView | None
    units: list[str]
    position: str
    expires_at: datetime
    uri: str
    key: str
    qr: str


def open_invitation(opened: OpenedInvitation) -> InvitationOffer:
    """Show what the address and the number open together.

    Raises:
        Problem: `invitation-over` for one that is used, withdrawn, over or unknown, and where whoever invited may not
            any more; `invalid-fields` for another number than the invited one's; `throttled` after too many.
    """
    invitation = find_open(opened)
    secret = invitation.invited.totp
    uri = second_factor.provisioning_uri(secret, masked(invitation.invited.login))
    return InvitationOffer(
        kind=invitation.kind,
        role=invitation.role,
        name=invitation.invited.name,
        institution=view_institution(invitation.institution) if invitation.institution else None,
        units=list(invitation.units),
        position=invitation.invited.position,
        expires_at=invitation.expires_at or clock.now(),
        uri=uri,
        key=secret,
        qr=qr_svg(uri),
    )


def find_open(opened: OpenedInvitation) -> Invitation:
    """The invitation that address and number open.

    Raises:
        Problem: as `open_invitation`.
    """
    identifier, _, secret = opened.token.partition(".")
    invitation = invitation_store.load(identifier)
    if invitation is None or not is_open(invitation, secret, clock.now()) or not _still_backed(invitation):
        raise Problem(Code.INVITATION_OVER)
    TRIES.require(invitation.id)
    if account_store.staff_id(opened.login) != invitation.account:
        sentence = "Nomor ini bukan nomor yang diundang. Isi NIP (atau NIK) yang Anda sampaikan kepada pengundang."
        raise invalid_problem("login", "not-invited", sentence)
    return invitation


def _still_backed(invitation: Invitation) -> bool:
    """Whether somebody who asked for it or approved it may still give the role: he may have left since."""
    if invitation.kind is InvitationKind.PERTAMA:
        return True
    backers = (account_store.load(one) for one in (invitation.by, invitation.approved_by) if one)
    return any(
        backer is not None and backer.state is AccountState.AKTIF and who_may.gives(backer.role, invitation)
        for backer in backers
    )
