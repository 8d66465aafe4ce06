"""A run over 140,000 records of which nearly none is touched: pages of the index as botocore hands them over.

The peer asks the engine about the title of every record under both lists. The run has to leave 6,000 records a second
of processor behind it (issue of the verdicts): 140,000 in 23.3 s.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from services.kernel.aws.dynamodb import decode
from services.kernel.states import Category
from services.registration.eligibility.blocklist import BlockedTitle, Blocklist
from services.registration.eligibility.criteria import assess_title
from services.registration.eligibility.inputs import EligibilityInput
from services.registration.eligibility.rules import RuleSet
from services.registration.eligibility.rules_2022 import RULES_2022
from services.registration.titles.rerun import touches
from tests.bench.harness import Benchmark
from tools.sample.titles import titles
from tools.sample.words import JOBS

PEOPLE: Final = 140_000
A_SECOND: Final = 6_000
_PAGE: Final = 500
_TITLES: Final = 400
"""Different job titles of the largest institution's roster."""


@dataclass(frozen=True)
class Roster:
    """Pages of the roster's index, and the list that is run over them."""

    pages: Sequence[Sequence[dict[str, Any]]]
    rules: RuleSet


def prepare() -> Roster:
    """One record in a thousand has a title of the list."""
    listed = titles()
    names = [f"{JOBS[at % len(JOBS)][0]} {at // len(JOBS)}" for at in range(_TITLES)]
    items = [
        {"pk": {"S": f"P#{at:032x}"}, "jab": {"S": listed[at % len(listed)] if at % 1000 == 7 else names[at % _TITLES]}}
        for at in range(PEOPLE)
    ]
    blocked = Blocklist(BlockedTitle(title, "Surat B/77", date(2022, 8, 29)) for title in listed)
    pages = [items[start : start + _PAGE] for start in range(0, PEOPLE, _PAGE)]
    return Roster(pages, replace(RULES_2022, version="2022.3-T1", blocklist=blocked))


def ours(roster: Roster) -> list[str]:
    """Who is asked about, as a step of the run finds them (adapters/roster_store.py, titles/take_step.py)."""
    is_touched = touches(roster.rules, [RULES_2022.blocklist])
    people = {one["pk"].removeprefix("P#"): one["jab"] for one in _decoded(roster)}
    return sorted(pid for pid, title in people.items() if is_touched(title))


def peer(roster: Roster) -> list[str]:
    """The same by asking the engine twice of each."""
    return sorted(one["pk"].removeprefix("P#") for one in _decoded(roster) if _differs(one["jab"], roster.rules))


def _decoded(roster: Roster) -> Iterator[dict[str, Any]]:
    return (decode(item) for page in roster.pages for item in page)


def _differs(title: str, rules: RuleSet) -> bool:
    facts = EligibilityInput(Category.NON_ASN, jabatan=title)
    return assess_title(facts, rules) != assess_title(facts, RULES_2022)


def check(found: list[str], expected: list[str]) -> str | None:
    """What differs."""
    return None if found == expected else f"{len(found)} touched, not {len(expected)}"


TITLES_140K = Benchmark(
    id="titles-140k",
    what="a list of 264 titles over 140,000 records",
    peer_name="asking the engine of each record",
    prepare=prepare,
    ours=ours,
    peer=peer,
    check=check,
    goal=1.5,
    most_s=PEOPLE / A_SECOND,
)
