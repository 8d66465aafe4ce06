"""Routes of one's own account, a person's and a member of staff's, and of whoever forgot his password."""

from datetime import datetime

from services.kernel.security.sessions import Actor, Role
from services.kernel.web.replies import Accepted, Reply
from services.kernel.web.request import Request
from services.registration.access.staff_roles import STAFF
from services.registration.accounts.contact_codes import CodeSent
from services.registration.api import api
from services.registration.own_account.change_own_contact import (
    ConfirmedContact,
    NewContact,
    OwnContact,
    begin_contact,
    confirm_contact,
    get_own_contact,
)
from services.registration.own_account.change_own_password import change_own_password
from services.registration.own_account.own_sign_ins import end_own_sign_in, list_own_sign_ins
from services.registration.own_account.reset_own_password import (
    ForgottenOwn,
    NewOwnPassword,
    request_own_password,
    set_own_password,
)
from services.registration.sessions.cookies import of_sign_in
from services.registration.sessions.start_session import SessionView
from services.registration.shared.views import Versioned
from services.registration.staff.change_email import EmailCode, NewEmail, begin_email, confirm_email
from services.registration.staff.change_password import NewPassword, change_password
from services.registration.staff.change_phone import (
    FirstCode,
    NewPhone,
    RecoveryCodes,
    ShownAgain,
    begin_phone,
    confirm_phone,
    issue_recovery_codes,
)
from services.registration.staff.forgotten_password import (
    ForgottenPassword,
    NewPasswordByMail,
    request_new_password,
    set_forgotten,
)
from services.registration.staff.get_profile import Profile, get_profile
from services.registration.staff.own_nik import OwnNik, declare_own_nik
from services.registration.staff.sign_ins import SignIns, end_sign_in, list_sign_ins

PERSON = frozenset({Role.HONORER})
EVERYBODY = frozenset(Role)


@api.route("GET", "/me/profile", roles=STAFF)
def profile(actor: Actor) -> Profile:
    """One's own account."""
    return get_profile(actor)


@api.route("POST", "/me/password", roles=EVERYBODY)
def password(body: NewPassword, request: Request) -> Reply[SessionView]:
    """Set another password; this browser stays signed in, all others do not."""
    change = change_own_password if request.actor.role is Role.HONORER else change_password
    started = change(body, request)
    return Reply(started.view, cookies=of_sign_in(started))


@api.route("POST", "/me/second-factor", roles=STAFF)
def second_factor_new(body: ShownAgain, request: Request) -> NewPhone:
    """Begin with another phone."""
    return begin_phone(body, request)


@api.route("POST", "/me/second-factor/confirmation", roles=STAFF)
def second_factor_confirmed(body: FirstCode, request: Request) -> Reply[SessionView]:
    """The other phone shows its first code; this browser stays signed in, all others do not."""
    started = confirm_phone(body, request)
    return Reply(started.view, cookies=of_sign_in(started))


@api.route("POST", "/me/recovery-codes", roles=STAFF)
def recovery_codes(body: ShownAgain, request: Request) -> RecoveryCodes:
    """Ten new recovery codes."""
    return issue_recovery_codes(body, request)


@api.route("POST", "/me/email", roles=STAFF, status=202)
def email_new(body: NewEmail, request: Request) -> Accepted[None]:
    """Ask for another e-mail address; a code goes there."""
    begin_email(body, request)
    return Accepted(None)


@api.route("POST", "/me/email/confirmation", roles=STAFF)
def email_confirmed(body: EmailCode, request: Request) -> None:
    """The code that came there."""
    confirm_email(body, request)


@api.route("GET", "/me/sign-ins", roles=EVERYBODY)
def sign_ins(actor: Actor) -> SignIns:
    """Where one is signed in."""
    return list_own_sign_ins(actor) if actor.role is Role.HONORER else list_sign_ins(actor)


@api.route("DELETE", "/me/sign-ins/{name}", roles=EVERYBODY)
def sign_in_ended(name: str, request: Request) -> None:
    """End one of these."""
    end = end_own_sign_in if request.actor.role is Role.HONORER else end_sign_in
    end(name, request)


@api.route("GET", "/me/contact", roles=PERSON)
def own_contact(actor: Actor, received: datetime) -> OwnContact:
    """How a person is reached."""
    return get_own_contact(actor, received)


@api.route("POST", "/me/contact", roles=PERSON, status=202)
def contact_new(body: NewContact, request: Request) -> Accepted[CodeSent]:
    """Ask to be reached elsewhere; a code goes there."""
    return Accepted(begin_contact(body, request))


@api.route("POST", "/me/contact/confirmation", roles=PERSON)
def contact_confirmed(body: ConfirmedContact, request: Request) -> Versioned:
    """The code that came there."""
    return confirm_contact(body, request)


@api.route("POST", "/password-resets", status=202)
def own_password_forgotten(body: ForgottenOwn, request: Request) -> Accepted[None]:
    """Ask for a code for a new password; the answer is the same whether there is such an account."""
    request_own_password(body, request)
    return Accepted(None)


@api.route("POST", "/password-resets/completions")
def own_password_set(body: NewOwnPassword, request: Request) -> None:
    """Set it, by that code or by a sheet printed after the lock."""
    set_own_password(body, request)


@api.route("PUT", "/me/own-nik", roles=STAFF - {Role.BKN, Role.AUDITOR})
def own_nik(body: OwnNik, request: Request) -> Reply[SessionView]:
    """Say which NIK is one's own, or that one is not listed."""
    started = declare_own_nik(body, request)
    return Reply(started.view, cookies=of_sign_in(started))


@api.route("POST", "/staff-password-resets", status=202)
def password_forgotten(body: ForgottenPassword) -> Accepted[None]:
    """Ask for a new password by mail; the answer is the same whether the number has an account."""
    request_new_password(body)
    return Accepted(None)


@api.route("POST", "/staff-password-resets/completions")
def password_set(body: NewPasswordByMail, request: Request) -> None:
    """Set it."""
    set_forgotten(body, request)
