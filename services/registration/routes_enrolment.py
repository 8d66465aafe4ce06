"""Routes by which an enrolment is backed: without that no account is made of it (domain.md, section 3)."""

from services.kernel.web.replies import Accepted
from services.kernel.web.request import Request
from services.registration.accounts.contact_codes import CodeSent
from services.registration.api import api
from services.registration.enrolments.backing import BackingView
from services.registration.enrolments.contact_code import (
    TypedCode,
    WantedCode,
    confirm_contact_code,
    send_contact_code,
)
from services.registration.enrolments.counter_code import CounterCode, show_counter_code
from services.registration.enrolments.use_sheet import TypedSheet, use_sheet


@api.route("POST", "/enrolment/contact-codes", enrolment=True, status=202)
def contact_code(body: WantedCode, request: Request) -> Accepted[CodeSent]:
    """Have a code of six digits sent to the e-mail address or phone typed in this enrolment."""
    return Accepted(send_contact_code(body, request))


@api.route("POST", "/enrolment/contact-codes/confirmation", enrolment=True)
def contact_confirmed(body: TypedCode, request: Request) -> BackingView:
    """The code that came there."""
    return confirm_contact_code(body, request)


@api.route("POST", "/enrolment/sheet", enrolment=True)
def sheet(body: TypedSheet, request: Request) -> BackingView:
    """The code of an activation sheet."""
    return use_sheet(body, request)


@api.route("POST", "/enrolment/counter-code", enrolment=True)
def counter_code(request: Request) -> CounterCode:
    """Six digits that a member of staff types on the record of whoever stands before him."""
    return show_counter_code(request)
