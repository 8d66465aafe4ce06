"""What a sheet does for whoever passes the identity check where there is an account (domain.md, section 3)."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Final

from services.kernel.states import LOCKED
from services.kernel.writes.calendar import Round, Window
from services.registration.model.assurance import is_assured
from services.registration.model.person import Person
from services.registration.model.sheet import Sheet


class Way(StrEnum):
    """What a reclaim does."""

    AT_ONCE = "AT_ONCE"
    """The account is his; the other's submission is taken back."""
    LOGIN_ONLY = "LOGIN_ONLY"
    """The account is his; the record stays as it is."""
    OWNER = "OWNER"
    """Nothing: the account's owner is known, and only his institution may find otherwise."""
    NONE = "NONE"
    """Nothing: the sheet ended at the lock."""


class Time(StrEnum):
    """When it comes."""

    DOSSIER = "DOSSIER"
    """People may complete their records."""
    CLOSED = "CLOSED"
    """Not any more, or not yet; the institution is not locked."""
    LOCKED = "LOCKED"


WAYS: Final[Mapping[tuple[bool, bool, Time], Way]] = {
    # assured, printed after the lock
    (False, False, Time.DOSSIER): Way.AT_ONCE,
    (False, False, Time.CLOSED): Way.LOGIN_ONLY,
    (False, False, Time.LOCKED): Way.NONE,
    (True, False, Time.DOSSIER): Way.OWNER,
    (True, False, Time.CLOSED): Way.OWNER,
    (True, False, Time.LOCKED): Way.NONE,
    **{(assured, True, time): Way.LOGIN_ONLY for assured in (False, True) for time in Time},
}
"""By whether the account has an assurance, whether the sheet opens the login only, and the time."""


def time_of(round_: Round, at: datetime) -> Time:
    """Which of the three times it is."""
    if round_.phase in LOCKED:
        return Time.LOCKED
    return Time.DOSSIER if round_.windows[Window.DOSSIER].holds(at) else Time.CLOSED


def way_of(person: Person, sheet: Sheet, round_: Round, at: datetime) -> Way:
    """What a good sheet of this person does for whoever passes the identity check."""
    return WAYS[is_assured(person), sheet.opens_login_only, time_of(round_, at)]
