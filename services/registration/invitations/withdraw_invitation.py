"""Take an invitation back; an account that was made by it and not confirmed yet is disabled."""

from dataclasses import replace

from services.kernel.aws.dynamodb import Operation
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


def withdraw_invitation(identifier: str, wish: OnVersion, *, code: str, request: Request) -> InvitationView:
    """Take back what is not finished.

    Raises:
        Problem: `not-found`, `forbidden`, `illegal-transition`, `version-moved`.
    """
    log = StaffLog(who_may.institution_of(code))
    request.actor.require_institution(code)
    invitation = load_of(code, identifier)
    who_may.require_handler(request.actor, invitation)
    return sent_view(request.once.answer(Done, lambda: _withdraw(invitation, wish, log, request)), request.actor, ())


def _withdraw(invitation: Invitation, wish: OnVersion, log: StaffLog, request: Request) -> Done:
    invitation.require_version(wish.v)
    withdrawn = invitation.moved(InvitationStep.WITHDRAW)
    noted = log.note(event(Deed.WITHDRAW, withdrawn, request))
    return move(invitation, withdrawn, [*noted, *_disabling(invitation)], request)


def _disabling(invitation: Invitation) -> list[Operation]:
    account = account_store.load(invitation.account)
    if account is None or account.state is not AccountState.MENUNGGU:
        return []
    return [account_store.replace(replace(account, state=AccountState.NONAKTIF, v=account.v + 1), account)]
