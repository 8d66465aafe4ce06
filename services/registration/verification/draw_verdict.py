"""Which verdicts another one looks at a second time: a share of them, drawn when they are given (docs/adr/0023).

Nobody can know or choose which: whoever decides has no key. A record whose drawn verdict was never checked, because it
was taken back or became void, is drawn again, so that no verdict gets out of its check by being given anew.
"""

import hmac
from typing import Final

from services.registration.model.person import Person
from services.registration.settings import lookup_key, settings

_BITS: Final = 64


def draw_verdict(person: Person, at: int) -> bool:
    """Whether the verdict given on this person at this instant (milliseconds) is to be checked."""
    percent = settings().second_check_percent
    if not percent:
        return False
    owed = any(noted.drawn and noted.second is None for noted in person.private.decisions)
    return owed or is_drawn(lookup_key(), person.pid, at, percent)


def is_drawn(key: bytes, pid: str, at: int, percent: int) -> bool:
    """Whether a keyed hash of person and instant falls into the share; the greater share holds the smaller one's."""
    digest = hmac.digest(key, f"second-check\x1f{pid}\x1f{at}".encode(), "sha256")
    return int.from_bytes(digest[: _BITS // 8]) * 100 < percent << _BITS
