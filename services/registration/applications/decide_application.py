"""bkn approves an application, and with it the invitation goes out in one write, or refuses it with a reason."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

from pydantic import BeforeValidator

from services.kernel.aws.dynamodb import Operation
from services.kernel.problems import Code, Problem, invalid_problem
from services.kernel.security.sessions import Role
from services.kernel.values.identity_fields import EmailField
from services.kernel.web.request import Request
from services.kernel.writes import ungated
from services.registration.adapters import application_store, invitation_store
from services.registration.adapters.staff_log import StaffLog
from services.registration.applications.deeds import ApplicationDeed, event
from services.registration.applications.number_and_code import load_by
from services.registration.applications.views import ApplicationView, Taken, view_application
from services.registration.invitations.invite_staff import require_no_account
from services.registration.invitations.moving import Delivery
from services.registration.invitations.new_invitation import Wanted, new_invitation, send
from services.registration.model.application import Application, ApplicationStep
from services.registration.model.invitation import InvitationKind
from services.registration.shared.tell import tell_application_decided, tell_invited
from services.registration.shared.views import OnVersion, Reason


def _nothing(text: object) -> object:
    """A form sends an empty text where nothing was typed."""
    return text or None


class ApplicationDecision(OnVersion):
    """Whether he is invited; who refuses says why, who approves confirms the address that the letter says.

    `email` is that address, as bkn reads it in the letter; it may be another one than the applicant typed.
    """

    approved: bool
    reason: Annotated[Reason | None, BeforeValidator(_nothing)] = None
    email: Annotated[EmailField | None, BeforeValidator(_nothing)] = None
    delivery: Delivery = Delivery.SURAT_ELEKTRONIK


class DecidedApplication(ApplicationView):
    """One just decided.

    `address` (below the portal's own) is there where the invitation is to be printed; a retry of the request does not
    get it again, it is printed anew from the institution's users.
    """

    address: str | None = None


def decide_application(number: str, decision: ApplicationDecision, request: Request) -> DecidedApplication:
    """Decide an application.

    Raises:
        Problem: `not-found`, `illegal-transition`, `version-moved`, `application-without-letter`, `account-exists`
            where this NIP signs in already, `invalid-fields` for a refusal without reason or an approval without
            address.
    """
    printed: list[str] = []
    done = request.once.answer(Taken, lambda: _decide(number, decision, request, printed))
    shown = view_application(load_by(done.number))
    return DecidedApplication(**shown.model_dump(), address=next(iter(printed), None))


def _decide(number: str, decision: ApplicationDecision, request: Request, printed: list[str]) -> Taken:
    application = load_by(number)
    log = StaffLog(application.institution)
    if not decision.approved:
        return _refuse(application, decision, log, request)
    return _approve(application, decision, log, request, printed)


def _refuse(application: Application, decision: ApplicationDecision, log: StaffLog, request: Request) -> Taken:
    refused = _decided(application, ApplicationStep.REFUSE, decision, request)
    if not decision.reason:
        raise invalid_problem(
            "reason", "missing", "Tulis alasan penolakan agar pemohon tahu apa yang harus diperbaiki."
        )
    refused = replace(refused, reason=decision.reason)
    return _commit(application, refused, log.note(event(ApplicationDeed.REFUSE, refused, request)), request)


def _approve(
    application: Application, decision: ApplicationDecision, log: StaffLog, request: Request, printed: list[str]
) -> Taken:
    approved = _decided(application, ApplicationStep.APPROVE, decision, request)
    if not application.has_letter:
        raise Problem(Code.APPLICATION_WITHOUT_LETTER)
    if not decision.email:
        raise invalid_problem("email", "missing", "Isi email yang tercantum dalam surat penunjukan.")
    applicant = application.applicant
    require_no_account(applicant.nip)
    wanted = Wanted(applicant.nip, applicant.name, decision.email, Role.ADMIN, application.institution)
    made = new_invitation(wanted, InvitationKind.UNDANGAN, by=request.actor.id, at=request.received)
    invitation, address = send(made, request.received)
    approved = replace(approved, invitation=invitation.id)
    noted = log.note(event(ApplicationDeed.APPROVE, approved, request))
    by_mail = decision.delivery is Delivery.SURAT_ELEKTRONIK
    also = [invitation_store.put(invitation), *noted, *(tell_invited(invitation, address) if by_mail else ())]
    done = _commit(application, approved, also, request)
    if not by_mail:
        printed.append(address)
    return done


def _decided(
    application: Application, step: ApplicationStep, decision: ApplicationDecision, request: Request
) -> Application:
    moved = application.moved(step)
    application.require_version(decision.v)
    return replace(moved, decided_by=request.actor.id, decided_at=request.received)


def _commit(before: Application, after: Application, also: Sequence[Operation], request: Request) -> Taken:
    done = Taken(number=after.number)
    moved = [application_store.put(after, before), application_store.note_closed(before)]
    told = tell_application_decided(after)
    if not ungated.commit([*moved, *also, *told, *request.once.remember(done)]):
        raise Problem(Code.VERSION_MOVED)
    return done
