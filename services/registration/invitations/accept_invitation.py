"""Accept an invitation: with a password of one's own and the first code of one's own phone."""

from pydantic import BaseModel

from services.kernel.problems import Code, Problem, invalid_problem
from services.kernel.security import privacy
from services.kernel.web.request import Request
from services.registration.accounts import passwords, second_factor
from services.registration.accounts.staff_accounts import owner_of_login
from services.registration.adapters import account_store
from services.registration.adapters.staff_log import StaffLog
from services.registration.invitations.deeds import Deed, event
from services.registration.invitations.moving import move
from services.registration.invitations.open_invitation import OpenedInvitation, find_open
from services.registration.model.account import Account, AccountState, SecondFactor
from services.registration.model.invitation import Invitation, InvitationKind, InvitationState, InvitationStep


class AcceptedInvitation(OpenedInvitation):
    """The form: the password, and the code that the phone shows."""

    password: str
    code: str


class StaffWelcome(BaseModel):
    """What became of it. `confirmed`: he may sign in; else whoever invited has to confirm first.

    `recovery_codes` are shown this once, each good for one sign-in without the phone; a retry of the request does not
    get them again, and he makes new ones when he has signed in.
    """

    confirmed: bool
    recovery_codes: list[str] = []


def accept_invitation(accepted: AcceptedInvitation, request: Request) -> StaffWelcome:
    """Make the account, or give one that is there its new password and second factor.

    Raises:
        Problem: `invitation-over`, `throttled`, `invalid-fields` for another's number or a bad password, `wrong-code`,
            `account-exists`.
    """
    codes: list[str] = []
    welcome = request.once.answer(StaffWelcome, lambda: _accept(accepted, request, codes))
    return welcome.model_copy(update={"recovery_codes": codes})


def _accept(accepted: AcceptedInvitation, request: Request, codes: list[str]) -> StaffWelcome:
    invitation = find_open(accepted)
    log = StaffLog(invitation.institution)
    owner = owner_of_login(invitation.invited.login, invitation.invited.name)
    passwords.require_good(accepted.password, owner)
    step = second_factor.step_of(invitation.invited.totp, "".join(accepted.code.split()))
    if step is None:
        raise invalid_problem("code", "wrong-code", _WRONG)
    before = account_store.load(invitation.account)
    _require_place(invitation.kind, before)
    fresh = second_factor.new_recovery_codes()
    after = invitation.moved(_step_of(invitation))
    second = SecondFactor(step, second_factor.kept(invitation.account, fresh))
    account = _account(after, before, passwords.hash_password(accepted.password), second)
    welcome = StaffWelcome(confirmed=account.state is AccountState.AKTIF)
    noted = log.note(event(Deed.ACCEPT, after, request, by=invitation.account))
    move(invitation, after, [account_store.replace(account, before), *noted], request, answer=welcome)
    codes.extend(fresh)
    return welcome


def _require_place(kind: InvitationKind, standing: Account | None) -> None:
    """A new account needs a number that has none; a recovery one that was not disabled meanwhile."""
    active = standing is not None and standing.state is not AccountState.NONAKTIF
    if kind is InvitationKind.UNDANGAN and active:
        raise Problem(Code.ACCOUNT_EXISTS, "Nomor ini sudah memiliki akun petugas. Silakan masuk.")
    if kind is InvitationKind.PEMULIHAN and not active:
        raise Problem(Code.INVITATION_OVER)


def _step_of(invitation: Invitation) -> InvitationStep:
    if invitation.kind is InvitationKind.UNDANGAN:
        return InvitationStep.ACCEPT
    return InvitationStep.ACCEPT_FOR_GOOD


def _account(invitation: Invitation, before: Account | None, password_hash: str, second: SecondFactor) -> Account:
    """The account as it is then: of a recovery role, units and sponsors stay what they have become meanwhile."""
    recovered = before if before is not None and invitation.kind is not InvitationKind.UNDANGAN else None
    salt = privacy.new_salt()
    institution = recovered.institution if recovered else invitation.institution
    backed = tuple(one for one in (invitation.by, invitation.approved_by) if one)
    return Account(
        id=invitation.account,
        role=recovered.role if recovered else invitation.role,
        institution=institution,
        units=recovered.units if recovered else invitation.units,
        pid=None,
        password_hash=password_hash,
        token_version=before.token_version + 1 if before else 1,
        state=AccountState.AKTIF if invitation.state is InvitationState.SELESAI else AccountState.MENUNGGU,
        v=before.v + 1 if before else 1,
        salt=salt,
        encrypted=account_store.encrypt_staff(invitation.account, invitation.invited, institution, salt),
        second=second,
        sponsors=recovered.sponsors if recovered else backed,
        own=before.own if before and before.institution == institution else None,
    )


_WRONG = "Kode salah. Isi 6 angka yang sedang tampil di aplikasi autentikator, dan periksa jam ponsel Anda."
