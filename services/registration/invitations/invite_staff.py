"""Invite a member of staff; a PPK, and an account of bkn or an auditor, wait for somebody of bkn who agrees."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field

from services.kernel.problems import Code, Problem, invalid_problem
from services.kernel.security.sessions import Role
from services.kernel.values.identity_fields import EmailField
from services.kernel.values.texts import clean_text
from services.kernel.web.request import Request
from services.kernel.writes import gate
from services.registration.access.unit_scope import require_assignable
from services.registration.accounts.staff_accounts import read_login
from services.registration.adapters import account_store
from services.registration.adapters.staff_log import StaffLog
from services.registration.invitations import who_may
from services.registration.invitations.deeds import Deed, event
from services.registration.invitations.moving import Delivery, Done, move, send_out
from services.registration.invitations.new_invitation import Wanted, new_invitation
from services.registration.invitations.views import InvitationSent, sent_view
from services.registration.model.account import AccountState
from services.registration.model.invitation import InvitationKind
from services.registration.model.unit import LONGEST_NAME


def _day(text: object) -> object:
    """A form sends an empty text where nothing was typed; what is no day is told as such."""
    try:
        return date.fromisoformat(text) if isinstance(text, str) and text else text or None
    except ValueError:
        raise ValueError("date-type|Tulis tanggal dengan bentuk TTTT-BB-HH, misalnya 1990-12-31.") from None


Units = list[Annotated[str, Field(min_length=1, max_length=LONGEST_NAME), AfterValidator(clean_text)]]


class NewInvitation(BaseModel):
    """The form; no `units` means all of the institution's. `position` and `until` are a PPK's title and last day."""

    login: Annotated[str, AfterValidator(read_login)]
    name: Annotated[str, Field(min_length=1, max_length=100), AfterValidator(clean_text)]
    email: EmailField
    role: Role
    units: Units = []
    position: Annotated[str, Field(max_length=150), AfterValidator(lambda text: text and clean_text(text))] = ""
    until: Annotated[date | None, BeforeValidator(_day)] = None
    delivery: Delivery = Delivery.SURAT_ELEKTRONIK


def invite_staff(new: NewInvitation, *, code: str, request: Request) -> InvitationSent:
    """Invite somebody to an institution whose round was opened, or to bkn and the auditors (`nasional`).

    Raises:
        Problem: `not-found` for another institution or none, `forbidden` for a role one may not give, `account-exists`,
            `invalid-fields` for a PPK without title or units that cannot be given, `try-again`.
    """
    proposed = who_may.require_inviter(request.actor, code, new.role)
    institution = who_may.institution_of(code)
    if institution is not None:
        gate.read_round(institution)
    require_assignable(new.role, new.units, institution)
    if new.role is Role.PPK and not new.position:
        raise invalid_problem("position", "missing", "Isi jabatan PPK, seperti yang akan dicetak pada SPTJM.")
    printed: list[str] = []
    done = request.once.answer(Done, lambda: _invite(new, institution, request, printed, proposed=proposed))
    return sent_view(done, request.actor, printed)


def _invite(
    new: NewInvitation, institution: str | None, request: Request, printed: list[str], *, proposed: bool
) -> Done:
    log = StaffLog(institution)
    require_no_account(new.login)
    wanted = Wanted(new.login, new.name, new.email, new.role, institution, tuple(new.units), new.position, new.until)
    invitation = new_invitation(wanted, InvitationKind.UNDANGAN, by=request.actor.id, at=request.received)
    noted = log.note(event(Deed.INVITE, invitation, request))
    if proposed:
        return move(None, invitation, noted, request)
    return send_out(None, invitation, noted, new.delivery, request, printed)


def require_no_account(login: str) -> None:
    """One login, one role; whoever has left may be invited again.

    Raises:
        Problem: `account-exists`.
    """
    standing = account_store.load(account_store.staff_id(login))
    if standing is not None and standing.state is not AccountState.NONAKTIF:
        raise Problem(Code.ACCOUNT_EXISTS, "Nomor ini sudah memiliki akun petugas. Periksa daftar pengguna.")
