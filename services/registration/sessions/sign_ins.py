"""Where somebody is signed in: each sign-in with when and in what browser it began.

Only for him to see and end; no law depends on it, and what two sign-ins of one moment lose of it is seen again at the
next.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from services.kernel import clock
from services.kernel.aws import ttl_store
from services.kernel.aws.dynamodb import Attr
from services.registration.sessions import families

_MAX_KEPT = 20
_TRIES = 3
_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"))
_LATER = (("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"))


@dataclass(frozen=True)
class SignIn:
    """One sign-in that can go on: its name, when it began and was last used, and the browser as people call it."""

    name: str
    began: datetime
    last_used: datetime
    browser: str


def keep(account: str, name: str, agent: str) -> None:
    """Note a sign-in that has just begun; the twenty latest are kept."""
    for _ in range(_TRIES):
        known = ttl_store.read(_key(account)) or {"n": 0, "of": {}}
        began = {"began": clock.millis(clock.now()), "browser": browser_of(agent)}
        latest = dict(list({**known["of"], name: began}.items())[-_MAX_KEPT:])
        unmoved = Attr("n").eq(known["n"]) if known["n"] else Attr("pk").not_exists() | Attr("until").lt(_now())
        if ttl_store.keep(_key(account), {"n": known["n"] + 1, "of": latest}, clock.now() + families.TTL, unmoved):
            return


def of(account: str) -> list[SignIn]:
    """Those that can still go on, the latest first."""
    kept: Mapping[str, Mapping[str, object]] = (ttl_store.read(_key(account)) or {"of": {}})["of"]
    found = []
    for name, one in kept.items():
        used = families.last_used(name)
        if used is not None:
            began = clock.from_millis(int(str(one["began"])))
            found.append(SignIn(name, began, used, str(one["browser"])))
    return sorted(found, key=lambda sign_in: sign_in.began, reverse=True)


def browser_of(agent: str) -> str:
    """How people call a browser and where it runs, by what it calls itself; empty where nothing of it is known."""
    browser = next((name for mark, name in (*_BROWSERS, *_LATER) if mark in agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "Linux" if "Linux" in agent else "")
    return " · ".join(part for part in (browser, system) if part)


def _key(account: str) -> str:
    return f"sign-ins#{account}"


def _now() -> int:
    return clock.millis(clock.now())
