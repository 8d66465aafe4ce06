"""Institutions and load: they add up to what is published, and to what is calculated from it."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.simulate_deadline.delay import Delay
from tools.simulate_deadline.institutions import LARGEST, PEOPLE, sizes
from tools.simulate_deadline.load import hour_mean, last_minutes, received
from tools.simulate_deadline.parameters import Parameters

DEFAULT = Parameters()


def test_the_institutions_of_the_census() -> None:
    people = sizes(DEFAULT.institutions, DEFAULT.people, DEFAULT.spread)
    assert (len(people), sum(people)) == (590, 2_360_723)
    assert tuple(people[:5]) == LARGEST
    assert people == sorted(people, reverse=True)
    assert sum(people) / len(people) == pytest.approx(4_000, rel=0.01)
    assert people[295] < 2_500, "skewed: half of them are much smaller than the mean"
    assert sum(size > 5_000 for size in people) == pytest.approx(137, abs=3)


@settings(max_examples=60, deadline=None)
@given(st.integers(6, 700), st.integers(11, 6_000), st.floats(0.3, 1.5))
def test_sizes_always_add_up(institutions: int, mean: int, spread: float) -> None:
    people = sizes(institutions, institutions * mean + 1, spread)
    assert (len(people), sum(people)) == (institutions, institutions * mean + 1)
    assert min(people) >= 0


@pytest.mark.parametrize(("institutions", "people"), [(5, 100_000), (590, 500)])
def test_too_few_for_a_distribution(institutions: int, people: int) -> None:
    with pytest.raises(ValueError, match="At least six"):
        sizes(institutions, people, 1.0)


@pytest.mark.parametrize(("share", "hour", "peak"), [(0.2, 182, 456), (0.4, 365, 912)])
def test_the_rates_the_design_was_sized_for(share: float, hour: float, peak: float) -> None:
    mean = hour_mean(PEOPLE, share, DEFAULT)
    assert mean == pytest.approx(hour, abs=1)
    assert mean * DEFAULT.peak_factor == pytest.approx(peak, abs=1)


@pytest.mark.parametrize("minutes", [60.0, 15.0, 2.0])
def test_the_last_hour_adds_up(minutes: float) -> None:
    stretches = last_minutes(100.0, replace(DEFAULT, minutes=minutes))
    assert stretches[0].begins == -60 * minutes
    assert [one.ends for one in stretches[-2:]] == [0.0, DEFAULT.late_seconds]
    assert stretches[-2].rate == stretches[-1].rate == 250.0
    if minutes == 60.0:
        in_time = sum((one.ends - one.begins) * one.rate for one in stretches[:-1])
        assert in_time == pytest.approx(100.0 * 3600)


def test_instants_of_receipt_come_in_order_and_at_the_rate() -> None:
    stretches = last_minutes(20.0, replace(DEFAULT, minutes=10.0, late_seconds=0.0))
    instants = list(received(stretches, random.Random(1)))  # noqa: S311 - a simulation guards nothing
    assert instants == sorted(instants)
    assert sum(at >= -300 for at in instants) == pytest.approx(50.0 * 300, rel=0.03)


def test_a_delay_has_the_mean_it_says() -> None:
    delay, rng = Delay(0.025, 0.5, 0.05, 5.0), random.Random(1)  # noqa: S311
    assert delay.mean == pytest.approx(0.030)
    assert sum(delay.draw(rng) for _ in range(20_000)) / 20_000 == pytest.approx(0.030, rel=0.03)
    assert Delay(0.025).draw(rng) == pytest.approx(0.025)
    assert Delay(0.0).draw(rng) == 0
