"""A member of staff has his mails sent elsewhere: the new address is shown to be his first, the old one is told."""

import secrets
from dataclasses import replace
from datetime import timedelta
from typing import Final

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.aws import ttl_store
from services.kernel.problems import Code, Problem, invalid_problem
from services.kernel.security import privacy
from services.kernel.security.privacy import Place
from services.kernel.security.throttle import Throttle
from services.kernel.values.identity_fields import EmailField
from services.kernel.web.request import Request
from services.kernel.writes import ungated
from services.registration.adapters import account_store
from services.registration.adapters.account_store import NATIONAL
from services.registration.model.account import Account
from services.registration.sessions.asked_again import device_of
from services.registration.settings import lookup_key, settings
from services.registration.shared.tell import tell_email_changed, tell_email_code
from services.registration.staff.own_account import Own, OwnDeed, require_code

WAITS: Final = timedelta(minutes=10)
"""So long the code is good (domain.md, section 3)."""
SENT = Throttle("email-code", 5, timedelta(hours=1), lookup_key)
TRIED = Throttle("email-code-tries", 5, WAITS, lookup_key)


class NewEmail(BaseModel):
    """The new address, and a code of the phone or for recovery."""

    email: EmailField
    code: str
    captcha: str = ""


class EmailCode(BaseModel):
    """The six digits that were sent to the new address."""

    code: str


def begin_email(wish: NewEmail, request: Request) -> None:
    """Send a code to the new address.

    Raises:
        Problem: `invalid-fields` for a wrong code of the phone, `captcha-required`, `throttled`, `version-moved`.
    """
    own = Own.of(request.actor)
    used = require_code(own, wish.code, wish.captcha, request, device_of(request))
    SENT.require(own.account.id)
    code, salt = f"{secrets.randbelow(10**6):06d}", privacy.new_salt()
    whose = own.account.institution or NATIONAL
    pending = {"email": wish.email, "code": code}
    encrypted = privacy.encrypt(pending, institution=whose, salt=salt, place=_place(own.account))
    ttl_store.keep(_key(own.account), {"salt": salt, "private": encrypted}, clock.now() + WAITS)
    after = replace(own.account, second=used, v=own.account.v + 1)
    told = tell_email_code(own.account, wish.email, code)
    if not ungated.commit([account_store.replace(after, own.account), *told]):
        raise Problem(Code.VERSION_MOVED)


def confirm_email(shown: EmailCode, request: Request) -> None:
    """Mails go to the new address from now on.

    Raises:
        Problem: `not-found` when no code was asked for or its ten minutes are over, `invalid-fields` for a wrong one,
            `throttled` after five, `version-moved`.
    """
    own = Own.of(request.actor)
    kept = ttl_store.read(_key(own.account))
    if kept is None:
        raise Problem(Code.NOT_FOUND, "Kode untuk email baru sudah lewat 10 menit. Minta kode lagi.")
    TRIED.require(own.account.id)
    whose = own.account.institution or NATIONAL
    pending = privacy.decrypt(kept["private"], institution=whose, salt=kept["salt"], place=_place(own.account))
    if not secrets.compare_digest(pending["code"], "".join(shown.code.split())):
        raise invalid_problem("code", "wrong-code", "Kode salah. Isi 6 angka yang dikirim ke email baru Anda.")
    renewed = own.renewed(replace(own.private, email=pending["email"]))
    after = replace(renewed, token_version=own.account.token_version, ended=own.account.ended)
    own.commit(after, OwnDeed.EMAIL, request, tell_email_changed(after, own.private.email))
    ttl_store.forget(_key(own.account))


def _key(account: Account) -> str:
    return f"email#{account.id}"


def _place(account: Account) -> Place:
    return Place(settings().ttl_table, _key(account), "")
