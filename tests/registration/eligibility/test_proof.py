"""Whose papers are asked for (domain.md, section 3, step 4): the current appointment's and those of one year."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kernel.states import Category
from services.registration.eligibility.advice import Advice, Criterion, CriterionAdvice
from services.registration.eligibility.assess import assess
from services.registration.eligibility.inputs import EligibilityInput
from services.registration.eligibility.proof import current, needed
from services.registration.eligibility.rules_2022 import RULES_2022
from services.registration.eligibility.service_days import Service
from tests.registration.eligibility.test_properties import days_one_by_one

CENSUS = RULES_2022.active_on
YEAR = RULES_2022.min_service_days


def year(number: int, **changed: object) -> Service:
    """An appointment for a calendar year, with an SK of the last day before."""
    made = Service(date(number, 1, 1), date(number, 12, 31), sk=date(number - 1, 12, 31))
    return replace(made, **changed)  # type: ignore[arg-type]


OPEN = Service(date(2015, 1, 2), sk=date(2014, 12, 29))


@pytest.mark.parametrize(
    ("services", "place"),
    [
        ([OPEN], 0),
        ([OPEN, year(2020)], 0),
        ([OPEN, year(2022)], 1),
        ([year(2022), OPEN], 0),
        ([year(2020), year(2021)], 1),
        ([year(2021), year(2020)], 0),
        ([OPEN, year(2022, own=False)], 0),
        ([year(2021), year(2022, end=CENSUS)], 1),
        ([OPEN, year(2022, end=date(2022, 7, 21))], 0),
        ([Service(None), year(2021)], 0),
        ([Service(None), OPEN], 1),
        ([OPEN, Service(date(2022, 9, 1))], 1),
    ],
)
def test_the_current_appointment_runs_on_the_census_day_and_began_last(services: list[Service], place: int) -> None:
    assert current(services, RULES_2022) == place


def test_without_an_appointment_here_none_is_current() -> None:
    assert current([year(2021, own=False)], RULES_2022) is None
    assert needed([year(2021, own=False)], RULES_2022) == set()
    assert needed([], RULES_2022) == set()


@pytest.mark.parametrize(
    ("services", "places"),
    [
        ([OPEN], {0}),
        ([year(2018), year(2019), year(2020), year(2021), year(2022)], {3, 4}),
        ([year(2018, proved=True), year(2019), year(2020), year(2021), year(2022)], {4}),
        ([year(2019), year(2020, end=date(2020, 6, 30)), year(2021, start=date(2021, 7, 1)), year(2022)], {1, 2, 3}),
        ([year(2019), year(2020, end=date(2020, 6, 28)), year(2021, start=date(2021, 7, 1)), year(2022)], {0, 3}),
        ([year(2020), year(2021, start=date(2021, 12, 1)), year(2022)], {0, 2}),
        ([year(2021, start=date(2021, 1, 2)), year(2022)], {1}),
        ([year(2019, own=False), year(2021, start=date(2021, 1, 2)), year(2022)], {2}),
        ([year(2021, start=date(2021, 1, 2))], {0}),
        ([Service(None), year(2021), year(2022)], {1, 2}),
    ],
)
def test_newer_papers_are_asked_for_first_and_no_more_than_prove_a_year(
    services: list[Service], places: set[int]
) -> None:
    assert needed(services, RULES_2022) == places


DAYS = st.dates(date(2019, 1, 1), date(2023, 6, 30))
SERVICES = st.lists(
    st.builds(
        Service, st.none() | DAYS, st.none() | DAYS, proved=st.booleans(), own=st.booleans(), sk=st.none() | DAYS
    ),
    max_size=5,
)


def days_of(services: list[Service], places: set[int]) -> int:
    """The slow count of the days here."""
    return days_one_by_one([services[place] for place in places if services[place].own])


@given(SERVICES)
def test_with_the_papers_asked_for_a_year_is_proved_if_it_can_be_and_with_one_less_it_is_not(
    services: list[Service],
) -> None:
    asked = set(needed(services, RULES_2022))
    now = current(services, RULES_2022)
    shown = {place for place, each in enumerate(services) if each.proved}
    possible = days_of(services, set(range(len(services)))) >= YEAR
    assert (days_of(services, asked | shown) >= YEAR) is possible
    for place in asked - {now}:
        assert days_of(services, (asked | shown) - {place}) < YEAR, "asked for nothing"
    assert now is None or now in asked


def slow_advice(services: list[Service], proof_due: bool) -> Advice:
    """Domain.md, section 5, about days and proof, said in the plainest way."""
    here = [each for each in services if each.own]
    enough = days_one_by_one(here) >= YEAR
    if enough and not proof_due:
        return Advice.LOLOS
    if enough:
        now = current(services, RULES_2022)
        shown = now is not None and services[now].proved
        proved = days_one_by_one([each for each in here if each.proved]) >= YEAR
        return Advice.LOLOS if shown and proved else Advice.PERLU_DITINJAU
    unreadable = any(each.start is None or (each.end is not None and each.end < each.start) for each in here)
    return Advice.PERLU_DITINJAU if unreadable or not here else Advice.TIDAK


@given(SERVICES, st.booleans())
def test_days_and_proof_are_judged_as_the_plain_count_says(services: list[Service], proof_due: bool) -> None:
    answer = _service(services, proof_due, first_sk_until=None)
    assert answer.advice is slow_advice(services, proof_due)
    assert (answer.inputs["hari"], answer.inputs["hari_terbukti"]) == (
        days_one_by_one([each for each in services if each.own]),
        days_one_by_one([each for each in services if each.own and each.proved]),
    )


def slow_first_sk(services: list[Service]) -> Advice:
    """Domain.md, section 5, about the first SK; only what the date of the SK itself says."""
    dates = [each.sk for each in services if each.own]
    if any(each is not None and each <= date(2021, 12, 31) for each in dates):
        return Advice.LOLOS
    if None in dates or len(set(dates)) <= 1:
        return Advice.PERLU_DITINJAU
    return Advice.TIDAK


@given(st.lists(st.builds(year, st.integers(2020, 2023), own=st.booleans(), sk=st.none() | DAYS), max_size=4))
def test_the_first_sk_is_judged_as_its_plain_rule_says(services: list[Service]) -> None:
    begun = [replace(OPEN, sk=each.sk, own=each.own) for each in services]
    answer = _service(begun, proof_due=False, max_days_to_sk=10**6)
    assert answer.advice is slow_first_sk(begun)


@given(SERVICES)
def test_later_is_never_better_than_at_entry_and_all_papers_make_it_as_good(services: list[Service]) -> None:
    order = [Advice.LOLOS, Advice.PERLU_DITINJAU, Advice.TIDAK]
    entered, due = (_service(services, proof_due).advice for proof_due in (False, True))
    assert order.index(due) >= order.index(entered)
    papers = [replace(each, proved=True) for each in services]
    assert _service(papers, proof_due=True).advice is entered


def _service(services: list[Service], proof_due: bool, **rules: object) -> CriterionAdvice:
    facts = EligibilityInput(Category.NON_ASN, services=tuple(services), proof_due=proof_due)
    criteria = assess(facts, replace(RULES_2022, **rules)).criteria  # type: ignore[arg-type]
    return next(each for each in criteria if each.criterion is Criterion.MASA_KERJA)
