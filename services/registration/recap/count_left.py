"""What is undecided while `VERIFICATION` runs out: by unit and by whoever may decide there, and how much that is a day.

What nobody decides on is sealed as not verified (domain.md, section 4). For an institution's admin.
"""

from collections.abc import Sequence
from datetime import datetime
from math import ceil
from typing import Final, Self

from pydantic import BaseModel

from services.kernel import clock
from services.kernel.security.sessions import Actor, Role
from services.kernel.states import PersonState
from services.kernel.values.units import is_among
from services.kernel.writes import gate
from services.kernel.writes.calendar import Span, Window
from services.registration.adapters import account_store, unit_store
from services.registration.model.account import Account, AccountState
from services.registration.model.person_states import UNDECIDED
from services.registration.model.unit import Units
from services.registration.recap.count_units import UnitPeople, count_units

ALSO_LOST: Final = (PersonState.DRAF, PersonState.KONFLIK)
"""Nobody can decide on these as they are: a draft was never registered, a conflict first has to end."""


class UnitLeft(BaseModel):
    """One unit: `undecided` of its people, of whom `submitted` have done their part; `without_account` of all of them.

    `deciders`: how many verifikators may decide there; the admins may everywhere.
    """

    unit: str
    id: str | None
    undecided: int
    submitted: int
    without_account: int
    deciders: int

    @classmethod
    def of(cls, unit: UnitPeople, deciders: int) -> Self:
        """What is left of a unit."""
        return cls(
            unit=unit.unit,
            id=unit.id,
            undecided=unit.people(UNDECIDED),
            submitted=unit.people([PersonState.DIAJUKAN]),
            without_account=unit.without_account,
            deciders=deciders,
        )


class DeciderLeft(BaseModel):
    """One verifikator and the undecided people of his units; who is in reach of several is counted for each."""

    name: str
    units: list[str]
    undecided: int
    a_day: int


class Left(BaseModel):
    """What is left until `closes`. `days` are calendar days in WIB with today, 0 once it has closed.

    `a_day`: how many decisions a day it takes, null before it opens and once it has closed. `lost`: what the lock would
    seal as not verified, by state; drafts and conflicts with it. `items` are the units, the most undecided first.
    """

    opens: datetime
    closes: datetime
    days: int
    undecided: int
    a_day: int | None
    lost: dict[PersonState, int]
    without_account: int
    items: list[UnitLeft]
    deciders: list[DeciderLeft]


def count_left(*, institution: str, actor: Actor, received: datetime) -> Left:
    """What is left of the institution at this instant.

    Raises:
        Problem: `not-found` for another institution or one without a round; `try-again` when DynamoDB is busy.
    """
    recap = count_units(institution=institution, actor=actor).items
    window = gate.read_round(institution).windows[Window.VERIFICATION]
    days = days_left(window, received)
    listed = unit_store.load(institution)
    accounts = [each for each in account_store.staff_of(institution) if _decides(each)]
    reach = {account.id: _reach(account, listed, recap) for account in accounts}
    units = [UnitLeft.of(unit, sum(unit in within for within in reach.values())) for unit in recap]
    deciders = [_decider(account, reach[account.id], listed, days) for account in accounts]
    undecided = sum(unit.undecided for unit in units)
    return Left(
        opens=window.opens.astimezone(clock.WIB),
        closes=window.closes.astimezone(clock.WIB),
        days=days,
        undecided=undecided,
        a_day=a_day(undecided, days) if window.holds(received) else None,
        lost={state: n for state in (*UNDECIDED, *ALSO_LOST) if (n := sum(unit.people([state]) for unit in recap))},
        without_account=sum(unit.without_account for unit in units),
        items=sorted(units, key=lambda each: (-each.undecided, each.unit.casefold())),
        deciders=sorted(deciders, key=lambda each: (-each.undecided, each.name.casefold())),
    )


def days_left(window: Span, now: datetime) -> int:
    """Calendar days in WIB on which there is still time, today with them; 0 once the window has closed.

    A day that the window closes at the very beginning of is none of them.
    """
    if now >= window.closes:
        return 0
    last, _ = clock.day_and_time(window.closes)
    first = max(now, window.opens).astimezone(clock.WIB).date()
    return (last - first).days + 1


def a_day(people: int, days: int) -> int:
    """How many to decide on a day; all of them where no whole day is left."""
    return ceil(people / max(days, 1))


def _decides(account: Account) -> bool:
    return account.role is Role.VERIFIKATOR and account.state is AccountState.AKTIF


def _reach(account: Account, listed: Units, recap: Sequence[UnitPeople]) -> list[UnitPeople]:
    names = listed.spelled_out(account.units)
    return [unit for unit in recap if not account.units or is_among(unit.unit, names)]


def _decider(account: Account, within: Sequence[UnitPeople], listed: Units, days: int) -> DeciderLeft:
    undecided = sum(unit.people(UNDECIDED) for unit in within)
    return DeciderLeft(
        name=account_store.staff_private(account).name,
        units=list(listed.now_called(account.units)),
        undecided=undecided,
        a_day=a_day(undecided, days),
    )
