"""Guessing a password costs work, and nobody keeps another's right password out. All numbers are ours *(ours)*.

Attempts are counted by account and place: the network they come from, or the browser if it is known to the account
(devices.py). From the limits below on, an attempt must bring a solved captcha; of an account that is guessed at from
everywhere, a dearer one each time the guesses double. It is never refused for its number: whoever solves it is heard,
and the right password is let in. What others do asks nothing of a known browser.

There is no pause. One that lets the right password through stops no guess, and one that does not is a way to shut
somebody out on the last day.

Attempts on numbers nobody has an account for are counted alike, or a captcha would tell who has one. An attempt is
counted before the password is looked at, so that many at once are no way round it.
"""

from dataclasses import dataclass
from datetime import timedelta

from services.kernel import clock
from services.kernel.aws import ttl_store
from services.kernel.log import LogLine, log
from services.kernel.problems import Code, Problem
from services.kernel.security import captcha, privacy
from services.registration.sessions.devices import Device
from services.registration.settings import captcha_keys, lookup_key, settings

FREE = 5
"""Wrong passwords a day for one account from one place, before each costs a captcha."""
SPREAD = 20
"""The same from all unknown places together."""
DEARER = 100
"""From so many wrong passwords a day on, a captcha costs twice as much, from twice as many four times …"""
DEAREST = 16
"""… up to this: half a minute of a slow phone."""
_DAY = 86_400


@dataclass(frozen=True)
class Place:
    """Where an attempt on an account comes from; `name` tells it from other places."""

    account: str
    name: str
    known: bool

    @property
    def own(self) -> str:
        """The key of its own count of this day."""
        return f"{self.all}#{self.name}"

    @property
    def all(self) -> str:
        """The key of the count of all unknown places."""
        return f"attempts#{self.account}#{int(clock.now().timestamp()) // _DAY}"


def unknown(account: str, network: str) -> Place:
    """A browser the account has not signed in with."""
    return Place(account, privacy.blind(lookup_key(), "sign-in network", network), known=False)


def known(account: str, device: Device) -> Place:
    """One it has."""
    return Place(account, device.name, known=True)


def of_codes(account: str, device: Device | None, network: str) -> Place:
    """Where a code is tried, after the password was right: counted apart, in a browser that is known or not."""
    return known(f"{account}:code", device) if device else unknown(f"{account}:code", network)


def admit(place: Place, token: str, *, crowded: bool) -> None:
    """Count an attempt and let it through to the password, once it has paid what it must.

    Args:
        place: where it comes from.
        token: a solved captcha, or empty.
        crowded: whether so many sign in from that network that all of its unknown browsers must pay.

    Raises:
        Problem: `captcha-required` with the `effort` of the challenge to solve, `captcha-failed`.
    """
    effort = _effort(place, _counted(place.own), _counted(place.all), crowded=crowded)
    if effort:
        captcha.demand(token, captcha_keys(), settings().ttl_table, effort)
    own, spread = _count(place.own), 0 if place.known else _count(place.all)
    if spread == SPREAD:
        log(LogLine.ACCOUNT_GUESSED_AT, count=spread)
    overtaken = not effort and _effort(place, own - 1, spread - 1, crowded=crowded)
    if overtaken:
        raise Problem(Code.CAPTCHA_REQUIRED, effort=overtaken)


def let_in(place: Place) -> None:
    """Take the attempt back: the right password came. What others have guessed stays counted."""
    ttl_store.forget(place.own)
    if not place.known:
        _count(place.all, by=-1)


def _effort(place: Place, own: int, spread: int, *, crowded: bool) -> int:
    """How many times the usual work the next attempt costs after so many; 0: none."""
    if place.known:
        return int(own >= FREE)
    dear = own >= FREE or spread >= SPREAD or crowded
    doubled = (max(spread, 0) // DEARER).bit_length()
    return min(2**doubled, DEAREST) if dear else 0


def _counted(key: str) -> int:
    return int((ttl_store.read(key) or {"n": 0})["n"])


def _count(key: str, by: int = 1) -> int:
    return ttl_store.count(key, clock.now() + timedelta(days=1), by=by)
