"""Refresh tokens: each is good once and hands over to the next; together they are the family of one sign-in.

At rest there is only a hash. Whoever shows a token that was already used has stolen it, or was stolen from: the whole
family ends (OAuth 2.0 Security Best Current Practice, RFC 9700, section 4.14.2). Two tabs that refresh at the same
moment are no theft, so for some seconds the token before is answered too, without a further one.

A sign-in belongs to the browser it began in. The token's cookie has a path of its own and so can be planted by a
neighbour under the same domain; the one that names the browser cannot. In another browser the token is nothing.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.kernel import clock
from services.kernel.aws import ttl_store
from services.kernel.aws.dynamodb import Attr, Item
from services.kernel.log import LogLine, log
from services.kernel.problems import Code, Problem
from services.registration.sessions.devices import Device

TTL = timedelta(hours=12)
"""From signing in until the password is asked again *(ours)*."""
AT_THE_SAME_MOMENT = timedelta(seconds=10)
_TOKEN = re.compile(r"([0-9a-f]{32})\.([A-Za-z0-9_-]{43})")


@dataclass(frozen=True)
class Family:
    """Whose sign-in a token continues, and its name; `token` is the next one, or None for the second of two tabs."""

    name: str
    account: str
    token_version: int
    until: datetime
    token: str | None


def begin(account: str, token_version: int, device: Device) -> Family:
    """A new sign-in and its first token."""
    name, secret = secrets.token_hex(16), secrets.token_urlsafe(32)
    until = clock.now() + TTL
    of = {"account": account, "tv": token_version, "device": device.name}
    item = {**of, "current": _hash(secret), "before": None, "at": 0, "began": clock.millis(clock.now())}
    ttl_store.keep(_key(name), item, until)
    return Family(name, account, token_version, until, f"{name}.{secret}")


def rotate(token: str, device: Device) -> Family:
    """Take a token and give the next.

    Raises:
        Problem: `unauthenticated` when it is unknown, over, of another browser, or was used before.
    """
    name, secret = _read(token)
    known = ttl_store.read(_key(name))
    if known is None or known.get("device") != device.name:
        raise Problem(Code.UNAUTHENTICATED)
    if _hash(secret) == known["current"]:
        following = _hand_over(name, known)
        if following is not None:
            return _family(name, known, f"{name}.{following}")
        known = ttl_store.read(_key(name)) or known
    if _hash(secret) == known["before"] and clock.now() - clock.from_millis(known["at"]) < AT_THE_SAME_MOMENT:
        return _family(name, known, None)
    ttl_store.forget(_key(name))
    log(LogLine.REFRESH_REUSED)
    raise Problem(Code.UNAUTHENTICATED)


def last_used(name: str) -> datetime | None:
    """When a sign-in last went on, by its name; None when it is over."""
    known = ttl_store.read(_key(name))
    return None if known is None else clock.from_millis(known["at"] or known["began"])


def end_named(name: str) -> None:
    """End a sign-in by its name; one that is over already is fine."""
    ttl_store.forget(_key(name))


def end(token: str) -> None:
    """End the sign-in a token belongs to, whichever of its tokens this is.

    Raises:
        Problem: `unauthenticated` when it is none.
    """
    name, _ = _read(token)
    ttl_store.forget(_key(name))


def _read(token: str) -> tuple[str, str]:
    """A token's name and secret."""
    parts = _TOKEN.fullmatch(token)
    if parts is None:
        raise Problem(Code.UNAUTHENTICATED)
    return parts[1], parts[2]


def _hand_over(name: str, known: Item) -> str | None:
    """The next secret, or None when another request was faster."""
    secret = secrets.token_urlsafe(32)
    item = {
        "account": known["account"],
        "tv": known["tv"],
        "device": known["device"],
        "current": _hash(secret),
        "before": known["current"],
        "at": clock.millis(clock.now()),
        "began": known["began"],
    }
    won = ttl_store.keep(_key(name), item, clock.from_millis(known["until"]), when=Attr("current").eq(known["current"]))
    return secret if won else None


def _family(name: str, known: Item, token: str | None) -> Family:
    return Family(name, known["account"], known["tv"], clock.from_millis(known["until"]), token)


def _key(name: str) -> str:
    return f"refresh#{name}"


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
