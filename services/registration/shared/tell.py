"""Tell staff what happened to their accounts: operations that join the write they tell of."""

from collections.abc import Sequence

from services.kernel.aws.dynamodb import Operation
from services.registration.model.account import Account, SecondFactor
from services.registration.model.invitation import Invitation

_NOTHING: Sequence[Operation] = ()


def tell_invited(invitation: Invitation, address: str) -> Sequence[Operation]:
    """The address at which an invitation, or a recovery, is accepted."""
    return _NOTHING


def tell_new_device(account: Account, browser: str) -> Sequence[Operation]:
    """That somebody signed in with his password and code in a browser that never had."""
    return _NOTHING


def tell_used(account: Account, used: SecondFactor) -> Sequence[Operation]:
    """That a recovery code was used, if it was one."""
    return _NOTHING


def tell_password_changed(account: Account) -> Sequence[Operation]:
    """That his password is another one now."""
    return _NOTHING


def tell_phone_changed(account: Account) -> Sequence[Operation]:
    """That another phone makes his codes now, or that he has new recovery codes."""
    return _NOTHING


def tell_forgotten(account: Account, address: str) -> Sequence[Operation]:
    """The address at which he sets a new password."""
    return _NOTHING


def tell_email_code(account: Account, email: str, code: str) -> Sequence[Operation]:
    """The code that shows that a new address is his; it goes there."""
    return _NOTHING


def tell_email_changed(account: Account, before: str) -> Sequence[Operation]:
    """That mails go elsewhere from now on; told at the address before and at the new one."""
    return _NOTHING


def tell_duties(account: Account) -> Sequence[Operation]:
    """That his role or units are others now, or that his account was disabled."""
    return _NOTHING
