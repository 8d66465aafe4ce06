"""Send an invitation again, or print it: with a new address, and another 72 hours; the old address is over."""

from services.kernel.problems import Code, Problem
from services.kernel.web.request import Request
from services.registration.adapters.staff_log import StaffLog
from services.registration.invitations import who_may
from services.registration.invitations.decide_invitation import require_deliverable
from services.registration.invitations.deeds import Deed, event
from services.registration.invitations.moving import Delivery, Done, load_of, send_out
from services.registration.invitations.views import InvitationSent, sent_view
from services.registration.model.invitation import Invitation, InvitationState
from services.registration.shared.views import OnVersion


class SentAgain(OnVersion):
    """How it is to get there this time."""

    delivery: Delivery = Delivery.SURAT_ELEKTRONIK


def send_again(identifier: str, wish: SentAgain, *, code: str, request: Request) -> InvitationSent:
    """Send what was sent before and not accepted.

    Raises:
        Problem: `not-found`, `forbidden`, `illegal-transition`, `version-moved`, `invalid-fields` for a recovery that
            is to be printed.
    """
    log = StaffLog(who_may.institution_of(code))
    request.actor.require_institution(code)
    invitation = load_of(code, identifier)
    who_may.require_handler(request.actor, invitation)
    printed: list[str] = []
    done = request.once.answer(Done, lambda: _send(invitation, wish, log, request, printed))
    return sent_view(done, request.actor, printed)


def _send(invitation: Invitation, wish: SentAgain, log: StaffLog, request: Request, printed: list[str]) -> Done:
    invitation.require_version(wish.v)
    require_deliverable(invitation, wish.delivery)
    if invitation.state is InvitationState.MENUNGGU_PERSETUJUAN:
        raise Problem(Code.ILLEGAL_TRANSITION, "Undangan ini menunggu persetujuan petugas lain.")
    noted = log.note(event(Deed.SEND_AGAIN, invitation, request))
    return send_out(invitation, invitation, noted, wish.delivery, request, printed)
