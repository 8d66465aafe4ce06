"""A member of staff sets another password; wherever else he is signed in, he is not any more."""

from pydantic import BaseModel

from services.kernel.web.request import Request
from services.registration.accounts import passwords
from services.registration.accounts.staff_accounts import owner_of_login
from services.registration.sessions.asked_again import device_of, require_password
from services.registration.sessions.start_session import Started, begin_session
from services.registration.shared.tell import tell_password_changed
from services.registration.staff.own_account import Own, OwnDeed


class NewPassword(BaseModel):
    """The form; `captcha` where the answer before asked for it."""

    current: str
    password: str
    captcha: str = ""


def change_password(wish: NewPassword, request: Request) -> Started:
    """Change it, and go on in this browser.

    Raises:
        Problem: `invalid-fields` for a wrong password or a bad new one, `captcha-required`, `version-moved`.
    """
    own, device = Own.of(request.actor), device_of(request)
    require_password(own.account, wish.current, wish.captcha, request, device)
    passwords.require_good(wish.password, owner_of_login(own.private.login, own.private.name))
    after = own.renewed(password_hash=passwords.hash_password(wish.password))
    own.commit(after, OwnDeed.PASSWORD, request, tell_password_changed(after))
    return begin_session(after, device, request.caller.agent)
