"""Which deadlines are near, by the days that people are told."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kernel import clock
from services.kernel.states import Phase
from services.kernel.writes.calendar import DEFAULT_2022, Round, Span, Window
from services.registration.reminders import deadlines
from services.registration.reminders.deadlines import DAYS

CLOSES = DEFAULT_2022[Window.DOSSIER].closes


def round_(windows: Mapping[Window, Span] = DEFAULT_2022) -> Round:
    return Round("9901", 1, Phase.PENGINPUTAN, 2, 1, windows)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}:00+07:00")


@pytest.mark.parametrize(
    ("now", "days"),
    [
        ("2022-10-14T23:59", None),
        ("2022-10-15T08:00", 7),
        ("2022-10-16T08:00", None),
        ("2022-10-19T08:00", 3),
        ("2022-10-21T08:00", 1),
        ("2022-10-22T08:00", None),
        ("2022-10-22T17:00", None),
    ],
)
def test_people_are_reminded_seven_three_and_one_days_before(now: str, days: int | None) -> None:
    found = [one for one in deadlines.near(round_(), at(now)) if Window.DOSSIER in one.windows]
    assert [one.days for one in found] == ([] if days is None else [days])


def test_windows_that_close_together_are_one_deadline() -> None:
    (found,) = deadlines.near(round_(), at("2022-10-19T08:00"))
    assert found.windows == (Window.DOSSIER, Window.CORRECTION)


def test_midnight_ends_the_day_before() -> None:
    """Entry ends on 30 September at 24.00: one day before is the 29th."""
    assert [one.windows for one in deadlines.near(round_(), at("2022-09-29T08:00"))] == [(Window.ENTRY,)]
    assert deadlines.near(round_(), at("2022-09-30T08:00")) == []


def test_a_window_that_is_not_open_is_near_to_nobody() -> None:
    """Opened again for three days after it had closed: its end is near from the opening on."""
    again = {**DEFAULT_2022, Window.DOSSIER: Span(at("2022-10-20T00:00"), CLOSES)}
    near = deadlines.near(round_(again), at("2022-10-19T08:00"))
    assert [one.windows for one in near] == [(Window.CORRECTION,)]


@given(
    days=st.sampled_from(DAYS),
    passed=st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=9)),
    moved=st.sampled_from([timedelta(0), timedelta(days=-2), timedelta(days=5)]),
)
def test_what_was_found_is_told_until_the_window_moves_closes_or_the_next_reminder_comes(
    days: int, passed: timedelta, moved: timedelta
) -> None:
    now = (CLOSES - timedelta(days=days)).replace(hour=8) + passed
    windows = {**DEFAULT_2022, Window.DOSSIER: Span(DEFAULT_2022[Window.DOSSIER].opens, CLOSES + moved)}
    windows[Window.CORRECTION] = windows[Window.DOSSIER]
    found = deadlines.find(round_(windows), CLOSES, days, now)
    makes_way = {7: 3, 3: 1, 1: -1}[days]
    wanted = not moved and now < CLOSES and deadlines.days_left(CLOSES, now) > makes_way
    assert (found is not None) == wanted


def test_an_extension_makes_another_event() -> None:
    later = Span(DEFAULT_2022[Window.DOSSIER].opens, CLOSES + timedelta(days=5))
    (before,) = deadlines.near(round_({Window.DOSSIER: DEFAULT_2022[Window.DOSSIER]}), at("2022-10-19T08:00"))
    (after,) = deadlines.near(round_({Window.DOSSIER: later}), at("2022-10-24T08:00"))
    assert before.event == f"reminder.9901.{clock.millis(CLOSES)}.3"
    assert (before.days, after.days) == (3, 3)
    assert before.event != after.event
