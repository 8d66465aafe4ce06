"""The cookies a sign-in sets, and how signing out takes them away."""

from services.kernel import clock
from services.kernel.replies import Cookie
from services.kernel.sessions import SESSION_COOKIE, SESSION_LIFE
from services.registration.sessions.start_session import Started

REFRESH_COOKIE = "__Secure-refresh"
_SESSIONS_ONLY = "/api/registration/sessions"


def of_sign_in(started: Started) -> list[Cookie]:
    """The session, and the refresh token where there is a next one."""
    cookies = [Cookie(SESSION_COOKIE, started.token, int(SESSION_LIFE.total_seconds()))]
    if started.family.token is not None:
        left = int((started.family.until - clock.now()).total_seconds())
        cookies.append(Cookie(REFRESH_COOKIE, started.family.token, left, _SESSIONS_ONLY))
    return cookies


def of_sign_out() -> list[Cookie]:
    """Both gone."""
    return [Cookie(SESSION_COOKIE, "", 0), Cookie(REFRESH_COOKIE, "", 0, _SESSIONS_ONLY)]
