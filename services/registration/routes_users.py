"""Routes of those who manage accounts of staff: users, invitations and recoveries (`nasional`: bkn and auditors)."""

from pydantic import BaseModel

from services.kernel.security.sessions import Actor
from services.kernel.web.request import Request
from services.registration.access.staff_roles import APPROVERS, RESETTERS, USER_MANAGERS
from services.registration.accounts.list_staff_accounts import list_staff_accounts
from services.registration.accounts.staff_accounts import StaffAccountView
from services.registration.api import api
from services.registration.invitations.begin_recovery import begin_recovery
from services.registration.invitations.confirm_staff import confirm_staff
from services.registration.invitations.decide_invitation import InvitationDecision, decide_invitation
from services.registration.invitations.invite_staff import NewInvitation, invite_staff
from services.registration.invitations.list_invitations import Invitations, list_invitations, list_waiting
from services.registration.invitations.send_again import SentAgain, send_again
from services.registration.invitations.views import InvitationSent, InvitationView
from services.registration.invitations.withdraw_invitation import withdraw_invitation
from services.registration.shared.views import OnVersion, WithReason
from services.registration.staff.change_staff import NewDuties, change_role, disable_staff, release_own_nik


class StaffAccounts(BaseModel):
    """An institution's staff."""

    items: list[StaffAccountView]


@api.route("GET", "/institutions/{code}/users", roles=RESETTERS)
def users(code: str, actor: Actor) -> StaffAccounts:
    """Who works with the portal in this institution."""
    return StaffAccounts(items=list_staff_accounts(code, actor))


@api.route("POST", "/institutions/{code}/users/{user}/role", roles=USER_MANAGERS)
def user_role(code: str, user: str, body: NewDuties, request: Request) -> StaffAccountView:
    """Give somebody another role or other units."""
    return change_role(user, body, code=code, request=request)


@api.route("POST", "/institutions/{code}/users/{user}/disablement", roles=USER_MANAGERS)
def user_disabled(code: str, user: str, body: WithReason, request: Request) -> StaffAccountView:
    """Take somebody's account away."""
    return disable_staff(user, body, code=code, request=request)


@api.route("DELETE", "/institutions/{code}/users/{user}/own-nik", roles=USER_MANAGERS)
def user_own_nik(code: str, user: str, body: WithReason, request: Request) -> StaffAccountView:
    """Let somebody say anew which NIK is his."""
    return release_own_nik(user, body, code=code, request=request)


@api.route("POST", "/institutions/{code}/users/{user}/recoveries", roles=RESETTERS, status=201)
def recovery_new(code: str, user: str, body: WithReason, request: Request) -> InvitationView:
    """Ask for a new password and second factor for somebody who lost his."""
    return begin_recovery(user, body, code=code, request=request)


@api.route("GET", "/institutions/{code}/invitations", roles=RESETTERS)
def invitations(code: str, actor: Actor) -> Invitations:
    """The institution's invitations and recoveries."""
    return list_invitations(code, actor)


@api.route("GET", "/invitations", roles=APPROVERS)
def invitations_waiting(actor: Actor) -> Invitations:
    """Those of every institution in one's reach that wait for a second one."""
    return list_waiting(actor)


@api.route("POST", "/institutions/{code}/invitations", roles=USER_MANAGERS, status=201)
def invitation_new(code: str, body: NewInvitation, request: Request) -> InvitationSent:
    """Invite somebody."""
    return invite_staff(body, code=code, request=request)


@api.route("POST", "/institutions/{code}/invitations/{invitation}/decision", roles=APPROVERS)
def invitation_decided(code: str, invitation: str, body: InvitationDecision, request: Request) -> InvitationSent:
    """Agree to an invitation or recovery that takes two, or refuse it."""
    return decide_invitation(invitation, body, code=code, request=request)


@api.route("POST", "/institutions/{code}/invitations/{invitation}/sending", roles=RESETTERS)
def invitation_again(code: str, invitation: str, body: SentAgain, request: Request) -> InvitationSent:
    """Send an invitation again, or print it."""
    return send_again(invitation, body, code=code, request=request)


@api.route("POST", "/institutions/{code}/invitations/{invitation}/confirmation", roles=USER_MANAGERS)
def invitation_confirmed(code: str, invitation: str, body: OnVersion, request: Request) -> InvitationView:
    """Confirm that the right one accepted."""
    return confirm_staff(invitation, body, code=code, request=request)


@api.route("DELETE", "/institutions/{code}/invitations/{invitation}", roles=RESETTERS)
def invitation_withdrawn(code: str, invitation: str, body: OnVersion, request: Request) -> InvitationView:
    """Take an invitation back."""
    return withdraw_invitation(invitation, body, code=code, request=request)
