"""A member of staff lets another phone make his codes, or prints new recovery codes."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.aws import ttl_store
from services.kernel.problems import Code, Problem, invalid_problem
from services.kernel.security import privacy
from services.kernel.security.privacy import Place
from services.kernel.web.qr_svg import qr_svg
from services.kernel.web.request import Request
from services.registration.accounts import second_factor
from services.registration.accounts.staff_accounts import masked
from services.registration.adapters.account_store import NATIONAL
from services.registration.model.account import Account, SecondFactor
from services.registration.sessions.asked_again import device_of, require_password
from services.registration.sessions.start_session import Started, begin_session
from services.registration.settings import settings
from services.registration.shared.tell import tell_phone_changed
from services.registration.staff.own_account import Own, OwnDeed, require_code

WAITS: Final = timedelta(minutes=15)
"""So long a new phone may take to show its first code."""


class ShownAgain(BaseModel):
    """That it is he: a code of the phone he has, or a recovery code, and for another phone his password too."""

    code: str
    current: str = ""
    captcha: str = ""


class NewPhone(BaseModel):
    """How the new phone's authenticator app gets the codes: as for an invitation."""

    uri: str
    key: str
    qr: str


class FirstCode(BaseModel):
    """What the new phone shows."""

    code: str


class RecoveryCodes(BaseModel):
    """Ten codes, each good for one sign-in without the phone; they are shown this once, and those before are over."""

    recovery_codes: list[str]


def offer(secret: str, login: str) -> NewPhone:
    """How an authenticator app gets the codes of this secret."""
    uri = second_factor.provisioning_uri(secret, masked(login))
    return NewPhone(uri=uri, key=secret, qr=qr_svg(uri))


def begin_phone(shown: ShownAgain, request: Request) -> NewPhone:
    """Begin with another phone; the one he has stays good until the other one's first code.

    Raises:
        Problem: `invalid-fields` for a wrong password or code, `captcha-required`, `version-moved`.
    """
    own, device = Own.of(request.actor), device_of(request)
    require_password(own.account, shown.current, shown.captcha, request, device)
    used = require_code(own, shown.code, shown.captcha, request, device)
    _note_used(own, used, request)
    secret, salt = second_factor.new_secret(), privacy.new_salt()
    kept = {"salt": salt, "private": _encrypted(own.account, secret, salt)}
    ttl_store.keep(_key(own.account), kept, clock.now() + WAITS)
    return offer(secret, own.private.login)


def confirm_phone(first: FirstCode, request: Request) -> Started:
    """The new phone shows a code: from now on it makes them, and wherever else he is signed in, he is not any more.

    Raises:
        Problem: `not-found` when he did not begin or took too long, `invalid-fields` for a wrong code,
            `version-moved`.
    """
    own, device = Own.of(request.actor), device_of(request)
    pending = ttl_store.read(_key(own.account))
    if pending is None:
        raise Problem(Code.NOT_FOUND, "Waktu untuk mendaftarkan ponsel baru sudah habis. Mulai lagi.")
    secret = _opened(own.account, pending["private"], pending["salt"])
    step = second_factor.step_of(secret, "".join(first.code.split()))
    if step is None:
        sentence = "Kode salah. Isi 6 angka yang tampil di ponsel baru, dan periksa jamnya."
        raise invalid_problem("code", "wrong-code", sentence)
    kept = own.account.second or SecondFactor()
    after = own.renewed(replace(own.private, totp=secret), second=replace(kept, last_step=step))
    own.commit(after, OwnDeed.PHONE, request, tell_phone_changed(after))
    ttl_store.forget(_key(own.account))
    return begin_session(after, device, request.caller.agent)


def issue_recovery_codes(shown: ShownAgain, request: Request) -> RecoveryCodes:
    """Ten new ones.

    Raises:
        Problem: `invalid-fields` for a wrong code, `captcha-required`, `version-moved`.
    """
    own = Own.of(request.actor)
    used = require_code(own, shown.code, shown.captcha, request, device_of(request))
    fresh = second_factor.new_recovery_codes()
    second = replace(used, recovery=second_factor.kept(own.account.id, fresh))
    after = replace(own.account, second=second, v=own.account.v + 1)
    own.commit(after, OwnDeed.RECOVERY_CODES, request, tell_phone_changed(after))
    return RecoveryCodes(recovery_codes=fresh)


def _note_used(own: Own, used: SecondFactor, request: Request) -> None:
    own.commit(replace(own.account, second=used, v=own.account.v + 1), OwnDeed.PHONE, request, begun=True)


def _key(account: Account) -> str:
    return f"phone#{account.id}"


def _place(account: Account) -> Place:
    return Place(settings().ttl_table, _key(account), "")


def _encrypted(account: Account, secret: str, salt: bytes) -> bytes:
    whose = account.institution or NATIONAL
    return privacy.encrypt({"totp": secret}, institution=whose, salt=salt, place=_place(account))


def _opened(account: Account, encrypted: bytes, salt: bytes) -> str:
    whose = account.institution or NATIONAL
    return str(privacy.decrypt(encrypted, institution=whose, salt=salt, place=_place(account))["totp"])
