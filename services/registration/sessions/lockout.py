"""Guessing one account's password gets slower: five tries, then a pause that doubles *(ours)*.

Attempts on numbers nobody has an account for are counted alike, or the pause would tell who has one. An attempt is
counted before the password is looked at, so that many at once are no way round it.
"""

from datetime import timedelta

from services.kernel import clock
from services.kernel.log import LogLine, log
from services.kernel.problems import Code, Problem
from services.registration.adapters import ttl_store

FREE = 5
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(minutes=15)
_DAY = 86_400


def count_attempt(account_id: str) -> None:
    """Count an attempt to sign in, unless a pause is running.

    Raises:
        Problem: `throttled`, with the seconds left.
    """
    now, key = clock.now(), _key(account_id)
    known = ttl_store.read(key) or {"n": 0, "at": 0}
    left = clock.from_millis(known["at"]) + _pause_after(known["n"]) - now
    if left > timedelta(0):
        raise _paused(left)
    counted = ttl_store.count(key, now + timedelta(days=1), at=clock.millis(now))
    if counted > FREE and counted != known["n"] + 1:
        raise _paused(FIRST_PAUSE)
    if counted >= FREE:
        log(LogLine.ACCOUNT_LOCKED, count=counted)


def clear(account_id: str) -> None:
    """Forget the attempts: the right password came."""
    ttl_store.forget(_key(account_id))


def _key(account_id: str) -> str:
    return f"attempts#{account_id}#{int(clock.now().timestamp()) // _DAY}"


def _pause_after(attempts: int) -> timedelta:
    if attempts < FREE:
        return timedelta(0)
    doubled: timedelta = FIRST_PAUSE * 2 ** min(attempts - FREE, 10)
    return min(doubled, LONGEST_PAUSE)


def _paused(left: timedelta) -> Problem:
    seconds = max(1, int(left.total_seconds() + 0.999))
    minutes = -(-seconds // 60)
    return Problem(
        Code.THROTTLED,
        f"Terlalu banyak percobaan masuk untuk nomor ini. Coba lagi dalam {minutes} menit.",
        retry_after=seconds,
    )
