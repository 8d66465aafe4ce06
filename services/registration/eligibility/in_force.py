"""Which rules hold now: those built in, with the titles of the latest list that bkn has put in force.

A function keeps them in memory (adapters/rules_store.py has them read anew each minute), so that whoever advises asks
no store. They change only when they are read anew, which is done where records are loaded: what one request advises
before and after a change, it advises under the same rules.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from services.registration.eligibility.blocklist import Blocklist
from services.registration.eligibility.rules import RuleSet
from services.registration.eligibility.rules_2022 import RULES_2022

_LISTED: Final = "-T"
"""Between the version of the built-in rules and the number of the list of titles: `2022.3-T1`."""


@dataclass(frozen=True)
class ListInForce:
    """A list of titles that holds from an instant on, in place of the one before it."""

    number: int
    since: datetime
    titles: Blocklist


class _Held:
    lists: tuple[ListInForce, ...] = ()
    rules: RuleSet = RULES_2022


def hold(lists: Sequence[ListInForce], now: datetime) -> None:
    """Keep the lists there are, in order of their numbers, and let the latest that has begun be in force."""
    _Held.lists = tuple(lists)
    begun = [each for each in lists if each.since <= now]
    _Held.rules = rules_with(begun[-1]) if begun else RULES_2022


def rules_in_force() -> RuleSet:
    """The rules by which records are advised."""
    return _Held.rules


def rules_with(titles: ListInForce) -> RuleSet:
    """The built-in rules with the titles of this list in place of their own."""
    version = f"{RULES_2022.version}{_LISTED}{titles.number}"
    return replace(RULES_2022, version=version, blocklist=titles.titles)


def titles_of(version: str) -> Blocklist:
    """The titles by which advice of this version was given; of one nobody knows, the built-in ones."""
    number = version.rpartition(_LISTED)[2]
    return next((each.titles for each in _Held.lists if str(each.number) == number), RULES_2022.blocklist)


def earlier_titles(number: int | None) -> list[Blocklist]:
    """Every list by which somebody may have been advised before the one of this number: the built-in titles first.

    None: of one that has no number yet, all there are.
    """
    before = (each.titles for each in _Held.lists if number is None or each.number < number)
    return [RULES_2022.blocklist, *before]
