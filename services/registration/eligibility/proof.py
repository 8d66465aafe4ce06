"""What SK and proof of pay have to show: one year up to the reference date, and the appointment that runs now.

Of older appointments no papers are asked (domain.md, section 3, step 4). An appointment is named by its place in the
list.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from services.registration.eligibility.rules import RuleSet
from services.registration.eligibility.service_days import Service, service_days


def counted_days(services: Iterable[Service], rules: RuleSet) -> int:
    """The days of service that the rules count: elsewhere only if configured."""
    counted = [each for each in services if each.own or rules.count_other_institutions]
    return service_days(counted, rules.service_until, both_ends=rules.count_both_ends)


def current(services: Sequence[Service], rules: RuleSet) -> int | None:
    """Of the appointments here that run on the census day the one begun last, else the one that ended last."""
    here = [place for place, each in enumerate(services) if each.own]
    return max(here, key=lambda place: _recency(services[place], rules), default=None)


def is_proved(services: Sequence[Service], rules: RuleSet) -> bool:
    """Whether accepted papers show a year and the current appointment."""
    now = current(services, rules)
    proved_days = counted_days((each for each in services if each.proved), rules)
    return now is not None and services[now].proved and proved_days >= rules.min_service_days


def needed(services: Sequence[Service], rules: RuleSet) -> frozenset[int]:
    """Whose papers are asked for: the current appointment's, and of no more than make up a year with those proved.

    Newer ones are asked for first, because their papers are easier to find. Where all appointments together make no
    year none of them proves one, and only the current one's papers are asked for.
    """
    now = current(services, rules)
    shown = {place for place, each in enumerate(services) if each.proved or place == now}
    asked = _to_a_year(services, shown, rules)
    return frozenset(asked if now is None else {now, *asked})


def _to_a_year(services: Sequence[Service], shown: set[int], rules: RuleSet) -> set[int]:
    """The fewest that make up a year with those shown; none where all of them do not."""
    asked = set[int]()
    others = set(range(len(services))) - shown
    for place in sorted(others, key=lambda place: _recency(services[place], rules), reverse=True):
        if _make_a_year(services, shown | asked, rules):
            break
        asked.add(place)
    if not _make_a_year(services, shown | asked, rules):
        return set()
    for place in sorted(asked, key=lambda place: _recency(services[place], rules)):
        if _make_a_year(services, (shown | asked) - {place}, rules):
            asked.remove(place)
    return asked


def _make_a_year(services: Sequence[Service], places: set[int], rules: RuleSet) -> bool:
    return counted_days((services[place] for place in places), rules) >= rules.min_service_days


def _recency(service: Service, rules: RuleSet) -> tuple[bool, date, date]:
    """What is newer sorts higher: what runs on the census day by its beginning, what has ended by its end."""
    start, end = service.start or date.min, service.end or date.max
    runs = end >= rules.active_on
    return runs, start if runs else end, start
