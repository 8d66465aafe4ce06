"""Staff sign in with NIP or NIK and password, and then with a code of their phone (domain.md, section 2)."""

from dataclasses import replace
from typing import Annotated

from pydantic import BaseModel, Field

from services.kernel.log import LogLine, log
from services.kernel.problems import Code, Problem
from services.kernel.security import sessions
from services.kernel.security.sessions import Audience
from services.kernel.web.caller import Caller
from services.kernel.writes import ungated
from services.registration.accounts import second_factor
from services.registration.accounts.second_factor import UsedCode
from services.registration.adapters import account_store
from services.registration.model.account import Account, AccountState, SecondFactor
from services.registration.sessions import lockout, tokens
from services.registration.sessions.check_password import Credentials, check_password
from services.registration.sessions.devices import Device
from services.registration.sessions.sign_ins import browser_of
from services.registration.sessions.start_session import Started, begin_session
from services.registration.shared.tell import tell_new_device, tell_used


class SecondFactorCode(BaseModel):
    """The second form: six digits of the phone, or a recovery code; `captcha` where the answer before asked for it."""

    code: Annotated[str, Field(min_length=1, max_length=40)]
    captcha: str = ""


def sign_in_staff(credentials: Credentials, *, network: str, device: Device) -> str:
    """Check number and password; returns a token of five minutes that lets a code be tried, and nothing else.

    Raises:
        Problem: as `check_password`.
    """
    identifier = account_store.staff_id(credentials.login)
    account = check_password(identifier, credentials, network=network, device=device)
    return tokens.sign(tokens.second_factor_claims(account))


def finish_sign_in(entered: SecondFactorCode, token: str, *, caller: Caller, device: Device) -> Started:
    """Check the code and start the session.

    Wrong codes are counted like wrong passwords, apart from them (lockout.py): who tries many solves captchas.

    Raises:
        Problem: `unauthenticated` when the password's five minutes are over, or the account changed since;
            `wrong-code`, also for one that was used; `not-confirmed` while whoever invited has not confirmed;
            `captcha-required`, `captcha-failed`, `try-again`.
    """
    claims = sessions.verify(token, Audience.SECOND_FACTOR)
    account = account_store.load(claims.sub)
    if account is None or account.state is AccountState.NONAKTIF or account.token_version != claims.token_version:
        raise Problem(Code.UNAUTHENTICATED)
    known = device.knows(account)
    place = lockout.of_codes(account.id, device if known else None, caller.network)
    lockout.admit(place, entered.captcha, crowded=False)
    used = _used(account, entered.code)
    if account.state is AccountState.MENUNGGU:
        raise Problem(Code.NOT_CONFIRMED)
    after = replace(account, second=used, v=account.v + 1)
    told = [*tell_used(account, used), *([] if known else tell_new_device(account, browser_of(caller.agent)))]
    if not ungated.commit([account_store.replace(after, account), *told]):
        # another sign-in used a code meanwhile, perhaps this one
        raise _wrong_code_problem(_USED)
    lockout.let_in(place)
    return begin_session(after, device, caller.agent)


def _used(account: Account, code: str) -> SecondFactor:
    try:
        used = second_factor.used(account, account_store.staff_private(account).totp, code)
    except UsedCode:
        raise _wrong_code_problem(_USED) from None
    if used is None:
        log(LogLine.SIGN_IN_REFUSED)
        raise _wrong_code_problem(None)
    return used


def _wrong_code_problem(detail: str | None) -> Problem:
    """`wrong-code`."""
    return Problem(Code.WRONG_CODE, detail)


_USED = "Kode ini sudah dipakai. Tunggu sampai aplikasi menampilkan kode baru (paling lama 30 detik), lalu isi lagi."
