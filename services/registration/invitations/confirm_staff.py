"""Whoever invited confirms that the right one accepted; from then on he signs in."""

from dataclasses import replace

from services.kernel.problems import Code, Problem
from services.kernel.web.request import Request
from services.registration.adapters import account_store
from services.registration.adapters.staff_log import StaffLog
from services.registration.invitations import who_may
from services.registration.invitations.deeds import Deed, event
from services.registration.invitations.moving import Done, load_of, move
from services.registration.invitations.views import InvitationView, sent_view
from services.registration.model.account import AccountState
from services.registration.model.invitation import Invitation, InvitationStep
from services.registration.shared.views import OnVersion


def confirm_staff(identifier: str, wish: OnVersion, *, code: str, request: Request) -> InvitationView:
    """Let the account that an invitation made sign in.

    Raises:
        Problem: `not-found`, `forbidden`, `own-account` for the invited one himself, `illegal-transition`,
            `version-moved`.
    """
    log = StaffLog(who_may.institution_of(code))
    request.actor.require_institution(code)
    invitation = load_of(code, identifier)
    who_may.require_handler(request.actor, invitation)
    return sent_view(request.once.answer(Done, lambda: _confirm(invitation, wish, log, request)), request.actor, ())


def _confirm(invitation: Invitation, wish: OnVersion, log: StaffLog, request: Request) -> Done:
    invitation.require_version(wish.v)
    confirmed = invitation.moved(InvitationStep.CONFIRM)
    account = account_store.load(invitation.account)
    if account is None or account.state is not AccountState.MENUNGGU:
        raise Problem(Code.ILLEGAL_TRANSITION)
    active = replace(account, state=AccountState.AKTIF, v=account.v + 1)
    noted = log.note(event(Deed.CONFIRM, confirmed, request))
    return move(invitation, confirmed, [*noted, account_store.replace(active, account)], request)
