"""A listed person sets another password; wherever else he is signed in, he is not any more."""

from services.kernel.web.request import Request
from services.registration.accounts import passwords
from services.registration.own_account.own import OwnPerson
from services.registration.sessions.asked_again import device_of, require_password
from services.registration.sessions.start_session import Started, begin_session
from services.registration.shared.tell_account import tell_own_password
from services.registration.staff.change_password import NewPassword


def change_own_password(wish: NewPassword, request: Request) -> Started:
    """Change it, and go on in this browser.

    Raises:
        Problem: `invalid-fields` for a wrong password or a bad new one, `captcha-required`, `version-moved`.
    """
    own, device = OwnPerson.of(request.actor), device_of(request)
    require_password(own.account, wish.current, wish.captcha, request, device)
    passwords.require_good(wish.password, passwords.owner_of(own.person))
    after = own.with_password(passwords.hash_password(wish.password))
    own.commit(after, *tell_own_password(after, own.person))
    return begin_session(after, device, request.caller.agent)
