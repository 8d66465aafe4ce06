"""A sign-in's number and password. Whether a number has an account cannot be told from the answer."""

from typing import Annotated

from pydantic import BaseModel, Field

from services.kernel.log import LogLine, log
from services.kernel.problems import Code, Problem
from services.registration.accounts import passwords
from services.registration.adapters import account_store
from services.registration.model.account import Account, AccountState
from services.registration.sessions import lockout
from services.registration.sessions.devices import Device
from services.registration.sessions.throttle import SIGN_INS_OF_NETWORK


class Credentials(BaseModel):
    """The sign-in form; `captcha` is a solved challenge, where the answer before was `captcha-required`."""

    login: Annotated[str, Field(min_length=1, max_length=40)]
    password: Annotated[str, Field(min_length=1, max_length=passwords.MAX_LENGTH)]
    captcha: str = ""


def check_password(identifier: str, credentials: Credentials, *, network: str, device: Device) -> Account:
    """The account, active or waiting to be confirmed, whose password it is.

    Raises:
        Problem: `wrong-credentials` for an unknown number, a wrong password and a disabled account alike;
            `captcha-required` after too many of them, with the `effort` of the challenge to solve; `captcha-failed`.
    """
    account = account_store.load(identifier)
    known = device.knows(account)
    place = lockout.known(identifier, device) if known else lockout.unknown(identifier, network)
    crowded = not known and SIGN_INS_OF_NETWORK.exceeded(network)
    lockout.admit(place, credentials.captcha, crowded=crowded)
    right = passwords.matches(account.password_hash if account else None, credentials.password)
    if account is None or account.state is AccountState.NONAKTIF or not right:
        log(LogLine.SIGN_IN_REFUSED)
        raise Problem(Code.WRONG_CREDENTIALS)
    lockout.let_in(place)
    return account
