"""A second one agrees to an invitation or a recovery, or refuses it with a reason (domain.md, section 2)."""

from dataclasses import replace
from typing import Annotated

from pydantic import BeforeValidator

from services.kernel.problems import invalid_problem
from services.kernel.web.request import Request
from services.registration.adapters.staff_log import StaffLog
from services.registration.invitations import who_may
from services.registration.invitations.deeds import Deed, event
from services.registration.invitations.moving import Delivery, Done, load_of, move, send_out
from services.registration.invitations.views import InvitationSent, sent_view
from services.registration.model.invitation import Invitation, InvitationKind, InvitationStep
from services.registration.shared.views import OnVersion, Reason


class InvitationDecision(OnVersion):
    """Whether it goes out; who refuses says why."""

    approved: bool
    reason: Annotated[Reason | None, BeforeValidator(lambda text: text or None)] = None
    delivery: Delivery = Delivery.SURAT_ELEKTRONIK


def decide_invitation(identifier: str, decision: InvitationDecision, *, code: str, request: Request) -> InvitationSent:
    """Let an invitation go out, or refuse it.

    Raises:
        Problem: `not-found`, `forbidden`, `second-person-needed` for whoever asked for it and for whom it is,
            `illegal-transition`, `version-moved`, `invalid-fields` for a refusal without reason, or for a recovery that
            is to be printed.
    """
    log = StaffLog(who_may.institution_of(code))
    invitation = load_of(code, identifier)
    who_may.require_second(request.actor, invitation)
    printed: list[str] = []
    done = request.once.answer(Done, lambda: _decide(invitation, decision, log, request, printed))
    return sent_view(done, request.actor, printed)


def _decide(
    invitation: Invitation, decision: InvitationDecision, log: StaffLog, request: Request, printed: list[str]
) -> Done:
    invitation.require_version(decision.v)
    if decision.approved:
        require_deliverable(invitation, decision.delivery)
        approved = replace(invitation, approved_by=request.actor.id)
        noted = log.note(event(Deed.APPROVE, approved, request))
        return send_out(invitation, approved, noted, decision.delivery, request, printed)
    if not decision.reason:
        raise invalid_problem("reason", "missing", "Tulis alasan penolakan agar pengusul tahu sebabnya.")
    refused = replace(invitation.moved(InvitationStep.REFUSE), approved_by=request.actor.id, reason=decision.reason)
    return move(invitation, refused, log.note(event(Deed.REFUSE, refused, request)), request)


def require_deliverable(invitation: Invitation, delivery: Delivery) -> None:
    """A recovery goes to the address of the account's owner only: printed, it would make somebody else its owner.

    Raises:
        Problem: `invalid-fields`.
    """
    if invitation.kind is InvitationKind.PEMULIHAN and delivery is Delivery.CETAK:
        raise invalid_problem("delivery", "not-printed", "Pemulihan akun hanya dikirim ke email pemilik akun.")
