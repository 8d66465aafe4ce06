"""Sign in with NIK or NIP and password. Whether a number has an account cannot be told from the answer."""

from typing import Annotated

from pydantic import BaseModel, Field

from services.kernel.log import LogLine, log
from services.kernel.problems import Code, Problem
from services.registration.accounts import passwords
from services.registration.adapters import account_store
from services.registration.sessions import lockout
from services.registration.sessions.start_session import Started, start_session
from services.registration.sessions.throttle import SIGN_INS_OF_ADDRESS


class Credentials(BaseModel):
    """The sign-in form."""

    login: Annotated[str, Field(min_length=1, max_length=40)]
    password: Annotated[str, Field(min_length=1, max_length=passwords.LONGEST)]


def sign_in(credentials: Credentials, address: str) -> Started:
    """Check number and password and start a session.

    Raises:
        Problem: `wrong-credentials` for an unknown number, a wrong password and a disabled account alike; `throttled`.
    """
    SIGN_INS_OF_ADDRESS.require(address)
    identifier = account_store.account_id(credentials.login)
    lockout.count_attempt(identifier)
    account = account_store.load(identifier)
    right = passwords.matches(account.password_hash if account else None, credentials.password)
    if account is None or account.disabled or not right:
        log(LogLine.SIGN_IN_REFUSED)
        raise Problem(Code.WRONG_CREDENTIALS)
    lockout.clear(identifier)
    return start_session(account)
