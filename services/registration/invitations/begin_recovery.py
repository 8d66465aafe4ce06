"""A colleague lost his phone and his recovery codes: somebody asks for new ones, and a second one agrees.

Domain.md, section 2: nobody is ever told another's password. The way back goes to the owner's own address; until he
takes it nothing of his account changes, so that nobody is kept out by it.
"""

from services.kernel.problems import Code, Problem
from services.kernel.web.request import Request
from services.registration.accounts.staff_accounts import load_staff
from services.registration.adapters import account_store
from services.registration.adapters.staff_log import StaffLog
from services.registration.invitations import who_may
from services.registration.invitations.deeds import Deed, event
from services.registration.invitations.moving import Done, move
from services.registration.invitations.new_invitation import Wanted, new_invitation
from services.registration.invitations.views import InvitationView, sent_view
from services.registration.model.account import Account, AccountState
from services.registration.model.invitation import InvitationKind
from services.registration.shared.views import WithReason


def begin_recovery(user: str, wish: WithReason, *, code: str, request: Request) -> InvitationView:
    """Ask for a new password and second factor for somebody of the institution's staff.

    Raises:
        Problem: `not-found`, `own-account`, `version-moved`, `illegal-transition` for an account that is not active.
    """
    institution = who_may.institution_of(code)
    log = StaffLog(institution)
    account = load_staff(user, code, request.actor)
    if request.actor.id == account.id:
        raise Problem(Code.OWN_ACCOUNT)
    return sent_view(request.once.answer(Done, lambda: _start(account, wish, log, request)), request.actor, ())


def _start(account: Account, wish: WithReason, log: StaffLog, request: Request) -> Done:
    if account.v != wish.v:
        raise Problem(Code.VERSION_MOVED)
    if account.state is not AccountState.AKTIF:
        raise Problem(Code.ILLEGAL_TRANSITION, "Akun ini tidak aktif. Undang kembali pemiliknya.")
    private = account_store.staff_private(account)
    wanted = Wanted(
        private.login,
        private.name,
        private.email,
        account.role,
        account.institution,
        account.units,
        private.position,
        private.until,
    )
    asked = new_invitation(
        wanted, InvitationKind.PEMULIHAN, by=request.actor.id, at=request.received, reason=wish.reason
    )
    return move(None, asked, log.note(event(Deed.START_RECOVERY, asked, request)), request)
