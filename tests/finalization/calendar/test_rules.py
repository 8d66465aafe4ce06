"""What makes a calendar: order, and nothing that rewrites the past."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.finalization.calendar.rules import NOTICE, require_sound
from services.kernel import clock
from services.kernel.problems import Code, Problem
from services.kernel.writes.calendar import DEFAULT_2022, Span, Window
from tests.finalization.world import CLOSES, NOON

MOMENT = timedelta(milliseconds=1)
DAY = timedelta(days=1)
OPENED = DEFAULT_2022[Window.ENTRY].opens


def moved(window: Window, **sides: datetime) -> dict[Window, Span]:
    return {**DEFAULT_2022, window: replace(DEFAULT_2022[window], **sides)}


def wrong(windows: Mapping[Window, Span], received: datetime = NOON) -> list[tuple[str, str]]:
    """The fields that are refused, each with its code."""
    try:
        require_sound(windows, DEFAULT_2022, received)
    except Problem as problem:
        return [(field.field.removeprefix("windows."), field.code) for field in problem.fields]
    return []


def test_a_refusal_says_what_to_do() -> None:
    with pytest.raises(Problem) as refused:
        require_sound(moved(Window.ENTRY, closes=CLOSES + MOMENT), DEFAULT_2022, NOON)
    assert refused.value.code is Code.INVALID_FIELDS
    assert "31 Oktober 2022 pukul 17.00 WIB" in refused.value.fields[0].message


def test_what_stands_may_stay_however_long_ago() -> None:
    assert wrong(DEFAULT_2022) == []
    assert wrong(DEFAULT_2022, CLOSES + 100 * DAY) == []


@pytest.mark.parametrize("window", Window)
def test_a_window_closes_after_it_opens(window: Window) -> None:
    span = DEFAULT_2022[window]
    later = NOON + DAY
    late = {**DEFAULT_2022, Window.VERIFICATION: Span(span.opens, CLOSES)}
    assert (f"{window.value}.closes", "closes-before-opens") in wrong({**late, window: Span(later, later)})
    assert (f"{window.value}.closes", "closes-before-opens") not in wrong({**late, window: Span(later, later + MOMENT)})


@pytest.mark.parametrize("window", [window for window in Window if window is not Window.VERIFICATION])
def test_nothing_outlasts_the_last_check(window: Window) -> None:
    assert wrong(moved(window, closes=CLOSES + MOMENT)) == [(f"{window.value}.closes", "after-verification")]
    assert wrong(moved(window, closes=CLOSES)) == []


@pytest.mark.parametrize("window", [window for window in Window if window is not Window.ENTRY])
def test_nothing_opens_before_entry(window: Window) -> None:
    before = OPENED - 3 * DAY
    assert wrong(moved(window, opens=OPENED - MOMENT), before) == [(f"{window.value}.opens", "before-entry")]
    assert wrong(moved(window, opens=OPENED + MOMENT), before) == []


@pytest.mark.parametrize("window", Window)
def test_nothing_moves_into_the_past(window: Window) -> None:
    field = f"{window.value}.closes"
    assert (field, "in-the-past") in wrong(moved(window, closes=NOON))
    assert (field, "in-the-past") not in wrong(moved(window, closes=NOON + MOMENT))


def test_an_opening_does_not_move_into_the_past_either() -> None:
    before = OPENED - DAY
    assert wrong(moved(Window.ENTRY, opens=before), before) == [("ENTRY.opens", "in-the-past")]
    assert wrong(moved(Window.ENTRY, opens=before + MOMENT), before) == []
    later = {window: replace(span, opens=OPENED + DAY) for window, span in DEFAULT_2022.items()}
    assert wrong(later, before) == []
    assert wrong(later, OPENED + DAY) == [(f"{window.value}.opens", "in-the-past") for window in Window]


@pytest.mark.parametrize("window", Window)
def test_a_closing_comes_forward_with_notice_only(window: Window) -> None:
    """Before the calendar has reached everybody, nobody may have taken in what it refuses."""
    everything = {w: replace(span, closes=NOON + NOTICE) for w, span in DEFAULT_2022.items()}
    assert wrong(everything) == []
    soon = {**everything, window: replace(everything[window], closes=NOON + NOTICE - MOMENT)}
    assert (f"{window.value}.closes", "too-soon") in wrong(soon)


def test_a_closing_that_moves_later_needs_none() -> None:
    a_minute_to_go = CLOSES - timedelta(minutes=1)
    assert wrong(moved(Window.VERIFICATION, closes=CLOSES + MOMENT), a_minute_to_go) == []


def test_a_window_that_is_over_opens_again_without_notice() -> None:
    after_entry = DEFAULT_2022[Window.ENTRY].closes + DAY
    assert wrong(moved(Window.ENTRY, closes=after_entry + MOMENT), after_entry) == []


def test_every_wrong_instant_is_named_once() -> None:
    upside_down = {window: Span(CLOSES, OPENED) for window in Window}
    found = [field for field, _ in wrong(upside_down, CLOSES + DAY)]
    assert sorted(found) == sorted(f"{window.value}.{side}" for window in Window for side in ("closes", "opens"))


INSTANTS = st.integers(0, 200).map(lambda hours: datetime(2022, 8, 20, tzinfo=clock.WIB) + timedelta(hours=12 * hours))
SPANS = st.builds(Span, INSTANTS, INSTANTS)
CALENDARS = st.fixed_dictionaries(dict.fromkeys(Window, SPANS))


@given(CALENDARS, INSTANTS)
def test_a_calendar_that_passes_is_in_order(windows: dict[Window, Span], received: datetime) -> None:
    if wrong(windows, received):
        return
    last, first = windows[Window.VERIFICATION].closes, windows[Window.ENTRY].opens
    assert all(first <= span.opens < span.closes <= last for span in windows.values())
    for window, span in windows.items():
        assert span.closes == DEFAULT_2022[window].closes or span.closes > received
