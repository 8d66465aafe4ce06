"""Routes of a member of staff's own account, and of the one who forgot his password."""

from services.kernel.security.sessions import Actor, Role
from services.kernel.web.replies import Accepted, Reply
from services.kernel.web.request import Request
from services.registration.access.staff_roles import STAFF
from services.registration.api import api
from services.registration.sessions.cookies import of_sign_in
from services.registration.sessions.start_session import SessionView
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


@api.route("GET", "/me/profile", roles=STAFF)
def profile(actor: Actor) -> Profile:
    """One's own account."""
    return get_profile(actor)


@api.route("POST", "/me/password", roles=STAFF)
def password(body: NewPassword, request: Request) -> Reply[SessionView]:
    """Set another password; this browser stays signed in, all others do not."""
    started = change_password(body, request)
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


@api.route("GET", "/me/sign-ins", roles=STAFF)
def sign_ins(actor: Actor) -> SignIns:
    """Where one is signed in."""
    return list_sign_ins(actor)


@api.route("DELETE", "/me/sign-ins/{name}", roles=STAFF)
def sign_in_ended(name: str, request: Request) -> None:
    """End one of these."""
    end_sign_in(name, request)


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
