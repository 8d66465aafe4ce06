"""A member of staff forgot his password: an address for a new one goes to his e-mail, and his phone is asked for too.

Asked for by whoever likes; the answer is always the same. What was good stays good until the address is used, so that
asking keeps nobody out.
"""

import secrets
from datetime import timedelta
from typing import Annotated, Final

from pydantic import BaseModel, Field

from services.kernel import clock
from services.kernel.aws import ttl_store
from services.kernel.problems import Code, Problem
from services.kernel.security import captcha
from services.kernel.security.sessions import Actor
from services.kernel.security.throttle import Throttle
from services.kernel.web.request import Request
from services.kernel.web.site_pages import NEW_PASSWORD
from services.kernel.writes import ungated
from services.registration.accounts import passwords
from services.registration.accounts.staff_accounts import owner_of_login
from services.registration.adapters import account_store
from services.registration.invitations.new_invitation import hash_secret
from services.registration.model.account import Account
from services.registration.sessions.asked_again import device_of
from services.registration.settings import captcha_keys, lookup_key, settings
from services.registration.shared.tell import tell_forgotten, tell_password_changed
from services.registration.staff.own_account import Own, OwnDeed, require_code

TTL: Final = timedelta(hours=1)
OF_ACCOUNT = Throttle("forgot-account", 3, timedelta(hours=1), lookup_key)
"""So many mails an hour go to one account; beyond that the one before is the one to use."""


class ForgottenPassword(BaseModel):
    """Whose, and a solved captcha: each of these may send a mail."""

    login: Annotated[str, Field(min_length=1, max_length=40)]
    captcha: str


class NewPasswordByMail(BaseModel):
    """What the mail's address carries behind its `#`, the new password, and a code of the phone or for recovery."""

    token: Annotated[str, Field(max_length=300)]
    password: str
    code: str
    captcha: str = ""


def request_new_password(asked: ForgottenPassword) -> None:
    """Send the address, if the number has an account of staff that is active; nothing tells whether it has.

    Raises:
        Problem: `captcha-failed`.
    """
    captcha.require(asked.captcha, captcha_keys(), settings().ttl_table)
    account = account_store.load(account_store.staff_id(asked.login))
    if account is None or not account.may_sign_in or OF_ACCOUNT.exceeded(account.id):
        return
    secret = secrets.token_urlsafe(32)
    ttl_store.keep(_key(account.id), {"hash": hash_secret(secret)}, clock.now() + TTL)
    told = tell_forgotten(account, f"{NEW_PASSWORD}#{account.id}.{secret}")
    if told and not ungated.commit(told):
        raise Problem(Code.TRY_AGAIN, retry_after=1)


def set_forgotten(wish: NewPasswordByMail, request: Request) -> None:
    """Set the new password; wherever he is signed in, he is not any more.

    Raises:
        Problem: `invitation-over` for an address that is used or older than an hour, `invalid-fields` for a bad
            password or a wrong code, `captcha-required`, `version-moved`.
    """
    own = _of_token(wish.token)
    passwords.require_good(wish.password, owner_of_login(own.private.login, own.private.name))
    used = require_code(own, wish.code, wish.captcha, request, device_of(request))
    after = own.renewed(password_hash=passwords.hash_password(wish.password), second=used)
    own.commit(after, OwnDeed.FORGOTTEN, request, tell_password_changed(after))
    ttl_store.forget(_key(own.account.id))


def _of_token(token: str) -> Own:
    identifier, _, secret = token.rpartition(".")
    kept, account = ttl_store.read(_key(identifier)), account_store.load(identifier)
    if kept is None or account is None or not secrets.compare_digest(kept["hash"], hash_secret(secret)):
        raise Problem(Code.INVITATION_OVER, _OVER)
    return Own.of(_as_actor(account))


def _as_actor(account: Account) -> Actor:
    return Actor(id=account.id, role=account.role, institution=account.institution)


def _key(identifier: str) -> str:
    return f"forgot#{identifier}"


_OVER = "Alamat ini sudah dipakai atau lewat satu jam. Minta lagi lewat Lupa kata sandi."
