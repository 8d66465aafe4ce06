"""Routes of whoever is not signed in: identity check, enrolment, account, sign-in, the public check of a card."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from services.kernel.security import captcha
from services.kernel.security.sessions import ENROLMENT_COOKIE, SECOND_FACTOR_COOKIE, Actor
from services.kernel.web.caller import Caller
from services.kernel.web.plain_page import PlainPage
from services.kernel.web.replies import Accepted, Cookie, Redirect, Reply, see_other
from services.kernel.web.request import Request
from services.registration.api import api
from services.registration.cards.card_page import card_page
from services.registration.cards.check_card import CardCheck, CardQuery, check_card
from services.registration.enrolments.check_identity import EnrolmentStarted, IdentityClaim, check_identity
from services.registration.enrolments.complete_data import CompletedData, complete_data
from services.registration.enrolments.create_account import AccountMade, NewAccount, create_account
from services.registration.enrolments.enrolment import REMEMBERED
from services.registration.enrolments.get_enrolment import ContactView, EnrolmentView, get_enrolment
from services.registration.enrolments.print_card import print_card
from services.registration.invitations.accept_invitation import AcceptedInvitation, StaffWelcome, accept_invitation
from services.registration.invitations.open_invitation import InvitationOffer, OpenedInvitation, open_invitation
from services.registration.reclaims.finish_claim import finish_claim
from services.registration.sessions.check_password import Credentials
from services.registration.sessions.cookies import (
    DEVICE_COOKIE,
    REFRESH_COOKIE,
    of_password,
    of_sign_in,
    of_sign_out,
)
from services.registration.sessions.devices import Device
from services.registration.sessions.lockout import DEAREST
from services.registration.sessions.refresh_session import refresh_session
from services.registration.sessions.sign_in import sign_in
from services.registration.sessions.sign_in_staff import SecondFactorCode, finish_sign_in, sign_in_staff
from services.registration.sessions.sign_out import sign_out
from services.registration.sessions.start_session import SessionView
from services.registration.settings import captcha_keys
from services.registration.status.check_status import StatusClaim, StatusView, check_status


class ChallengeQuery(BaseModel):
    """How many times the usual work: 1, or what `captcha-required` said."""

    effort: Annotated[int, Field(ge=1, le=DEAREST)] = 1


@api.route("GET", "/captcha")
def challenge(query: ChallengeQuery) -> captcha.Challenge:
    """A fresh ALTCHA challenge."""
    return captcha.issue(captcha_keys()[0], query.effort)


@api.route("POST", "/identity-checks", status=201)
def start_enrolment(body: IdentityClaim, caller: Caller, received: datetime) -> Reply[EnrolmentStarted]:
    """Check NIK, nomor KK, name and birth ("Pengecekan Identitas"); sets the enrolment cookie."""
    before = caller.cookies.get(ENROLMENT_COOKIE)
    passed = check_identity(body, caller=caller, before=before, received=received)
    cookie = Cookie(ENROLMENT_COOKIE, passed.token, int(REMEMBERED.total_seconds()))
    return Reply(passed.view, cookies=[cookie])


@api.route("POST", "/status-checks")
def status_check(body: StatusClaim, caller: Caller, received: datetime) -> StatusView:
    """Whether a person is listed, where, and on which list; without an account."""
    return check_status(body, network=caller.network, received=received)


@api.route("GET", "/enrolment", enrolment=True)
def enrolment_page(enrolment: Actor) -> EnrolmentView:
    """What an enrolment shows: the public fields, the contact typed, its files, and until when it lasts."""
    return get_enrolment(enrolment)


@api.route("PATCH", "/enrolment", enrolment=True)
def completed_data(body: CompletedData, enrolment: Actor, received: datetime) -> ContactView:
    """Judge a password, and put right the contact typed at the check ("Lengkapi Data")."""
    return complete_data(body, enrolment=enrolment, received=received)


@api.route("GET", "/enrolment/card", enrolment=True)
def enrolment_card(enrolment: Actor, received: datetime) -> Redirect:
    """The card of the account that this enrolment made, as a PDF, under a link."""
    return see_other(print_card(enrolment, received))


@api.route("POST", "/accounts", enrolment=True, status=201)
def new_account(body: NewAccount, request: Request) -> AccountMade:
    """Make the account, with the password ("Proses Pembuatan Akun")."""
    return create_account(body, request)


@api.route("POST", "/sessions")
def new_session(body: Credentials, request: Request) -> Reply[SessionView]:
    """Sign in; sets the session and refresh cookies, and the one by which the browser is known from then on."""
    finish_claim(body.login, request)
    device = Device.of(request.caller.cookies.get(DEVICE_COOKIE))
    started = sign_in(body, caller=request.caller, device=device)
    return Reply(started.view, cookies=of_sign_in(started))


@api.route("POST", "/staff-sessions", status=202)
def new_staff_session(body: Credentials, caller: Caller) -> Accepted[None]:
    """The first step of staff: number and password; sets the cookie that lets a code be tried for five minutes."""
    device = Device.of(caller.cookies.get(DEVICE_COOKIE))
    return Accepted(None, cookies=of_password(sign_in_staff(body, network=caller.network, device=device)))


@api.route("POST", "/staff-sessions/second-factor")
def second_factor(body: SecondFactorCode, caller: Caller) -> Reply[SessionView]:
    """The second step: a code of the phone, or a recovery code; signs in."""
    device = Device.of(caller.cookies.get(DEVICE_COOKIE))
    token = caller.cookies.get(SECOND_FACTOR_COOKIE, "")
    started = finish_sign_in(body, token, caller=caller, device=device)
    return Reply(started.view, cookies=[*of_sign_in(started), Cookie(SECOND_FACTOR_COOKIE, "", 0)])


@api.route("POST", "/invitations/openings")
def invitation_opened(body: OpenedInvitation) -> InvitationOffer:
    """What an invitation's address and the invited one's number open."""
    return open_invitation(body)


@api.route("POST", "/invitations/acceptances", status=201)
def invitation_accepted(body: AcceptedInvitation, request: Request) -> StaffWelcome:
    """Accept an invitation with a password and a first code."""
    return accept_invitation(body, request)


@api.route("POST", "/sessions/refresh")
def refreshed_session(caller: Caller) -> Reply[SessionView]:
    """Go on with a sign-in by its refresh cookie."""
    device = Device.of(caller.cookies.get(DEVICE_COOKIE))
    started = refresh_session(caller.cookies.get(REFRESH_COOKIE), device)
    return Reply(started.view, cookies=of_sign_in(started))


@api.route("DELETE", "/sessions")
def end_session(caller: Caller) -> Reply[None]:
    """Sign out, also when the session token is over already."""
    sign_out(caller.cookies.get(REFRESH_COOKIE))
    return Reply(None, cookies=of_sign_out())


@api.route("GET", "/cards/{code}")
def card_check(code: str) -> CardCheck:
    """Whether a printed card is genuine and still stands."""
    return check_card(code)


@api.route("GET", "/cards")
def card_check_page(query: CardQuery) -> PlainPage:
    """The same as a page, for readers without JavaScript."""
    return card_page(query.kode)
