"""A forecast is the last days' pace and nothing else; under three days there is none."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.finalization.model.forecast import LEAST, MOST, Forecast, forecast
from services.kernel import clock

TODAY = date(2022, 10, 12)
NOW = datetime(2022, 10, 12, 9, tzinfo=clock.WIB)
DAY = timedelta(days=1)
VERDICTS = st.integers(-50, 500)
HISTORIES = st.dictionaries(st.integers(1, 40).map(lambda ago: TODAY - ago * DAY), VERDICTS, max_size=25)
SPANS = st.integers(1, 30 * 86400).map(lambda seconds: timedelta(seconds=seconds))
LEFT = st.integers(0, 10_000)


def steady(a_day: int, days: int) -> dict[date, int]:
    """So many verdicts on each of the days before today."""
    return {TODAY - ago * DAY: a_day for ago in range(1, days + 1)}


def told(history: Mapping[date, int], undecided: int, ahead: timedelta) -> Forecast:
    found = forecast(history, undecided, NOW, NOW + ahead)
    assert found is not None
    return found


@pytest.mark.parametrize("days", range(LEAST))
def test_under_three_days_it_cannot_be_told(days: int) -> None:
    assert forecast(steady(10, days), 100, NOW, NOW + DAY) is None


def test_from_three_days_on_it_is_told() -> None:
    assert forecast(steady(10, LEAST), 100, NOW, NOW + 4 * DAY) == Forecast(Fraction(10), 60)


def test_today_is_not_over_and_counts_as_none() -> None:
    assert forecast({TODAY: 50, TODAY - DAY: 10, TODAY - 2 * DAY: 10}, 100, NOW, NOW + DAY) is None
    assert told({**steady(10, 3), TODAY: 900}, 100, DAY) == told(steady(10, 3), 100, DAY)


def test_a_day_ends_at_midnight_in_wib() -> None:
    """Three days are over a millisecond after midnight in WIB, which is five in the afternoon before in UTC."""
    history, midnight = steady(10, 2) | {TODAY: 10}, datetime(2022, 10, 13, tzinfo=clock.WIB)
    assert forecast(history, 100, midnight - timedelta(milliseconds=1), midnight + DAY) is None
    assert forecast(history, 100, midnight, midnight + DAY) is not None


def test_nothing_is_told_once_it_is_over() -> None:
    assert forecast(steady(10, 5), 100, NOW, NOW) is None
    assert forecast(steady(10, 5), 100, NOW, NOW + timedelta(milliseconds=1)) is not None


def test_only_the_last_week_counts() -> None:
    """Who decided a thousand a day and then stopped a week ago gets none done."""
    long_ago = {TODAY - ago * DAY: 1000 for ago in range(MOST + 1, 30)}
    assert told(long_ago, 100, 10 * DAY) == Forecast(Fraction(0), 100)
    assert told({**long_ago, TODAY - MOST * DAY: 70}, 100, 10 * DAY) == Forecast(Fraction(10), 0)


def test_days_without_a_verdict_count_too() -> None:
    assert told({TODAY - 5 * DAY: 50}, 100, DAY).pace == 10


@given(st.integers(1, 300), st.integers(LEAST, 40), st.integers(1, 60))
def test_whoever_keeps_his_pace_is_done_to_the_day(a_day: int, days: int, ahead: int) -> None:
    """By a slow oracle: the days to come are counted down one by one."""
    undecided = 7 * a_day
    for _ in range(ahead):
        undecided = max(0, undecided - a_day)
    assert told(steady(a_day, days), 7 * a_day, ahead * DAY) == Forecast(Fraction(a_day), undecided)


@given(HISTORIES, LEFT, SPANS)
def test_it_stays_within_what_there_is(history: dict[date, int], undecided: int, ahead: timedelta) -> None:
    found = forecast(history, undecided, NOW, NOW + ahead)
    if found is None:
        assert all(TODAY - day < LEAST * DAY for day, verdicts in history.items() if verdicts)
    else:
        assert 0 <= found.left <= undecided
        assert found.pace >= 0


@given(HISTORIES, LEFT, SPANS, SPANS)
def test_more_time_leaves_no_more(history: dict[date, int], undecided: int, one: timedelta, other: timedelta) -> None:
    shorter, longer = (forecast(history, undecided, NOW, NOW + ahead) for ahead in sorted((one, other)))
    assert (shorter is None) == (longer is None)
    assert shorter is None or longer is None or longer.left <= shorter.left


@given(HISTORIES, LEFT, SPANS, st.integers(1, MOST), st.integers(0, 500))
def test_more_verdicts_leave_no_more(
    history: dict[date, int], undecided: int, ahead: timedelta, ago: int, more: int
) -> None:
    day = TODAY - ago * DAY
    before = forecast(history, undecided, NOW, NOW + ahead)
    after = forecast({**history, day: history.get(day, 0) + more}, undecided, NOW, NOW + ahead)
    fuller_week = min(history, default=TODAY) <= TODAY - MOST * DAY
    assert before is None or not fuller_week or after is None or after.left <= before.left


@given(HISTORIES, LEFT, LEFT, SPANS)
def test_more_people_leave_no_fewer(history: dict[date, int], one: int, other: int, ahead: timedelta) -> None:
    fewer, more = (forecast(history, undecided, NOW, NOW + ahead) for undecided in sorted((one, other)))
    assert fewer is None or more is None or fewer.left <= more.left


@given(HISTORIES, LEFT, SPANS)
def test_days_without_a_move_say_nothing(history: dict[date, int], undecided: int, ahead: timedelta) -> None:
    quiet = {TODAY - ago * DAY: 0 for ago in range(60)}
    assert forecast({**quiet, **history}, undecided, NOW, NOW + ahead) == forecast(history, undecided, NOW, NOW + ahead)
