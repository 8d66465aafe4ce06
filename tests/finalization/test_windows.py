"""Windows that are cut, extended and laid under a calendar: the rules, for all windows there can be."""

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from services.finalization.model import windows
from services.finalization.model.institution import Own
from services.kernel import clock
from services.kernel.problems import Problem
from services.kernel.writes.calendar import Span, Window

START = datetime(2022, 8, 24, tzinfo=clock.WIB)


def at(hours: int) -> datetime:
    return START + timedelta(hours=hours)


HOURS = st.integers(1, 2000)
INSTANTS = HOURS.map(at)


@st.composite
def calendars(draw: st.DrawFn) -> dict[Window, Span]:
    """Calendars as the rules let them through: in order, nothing after the last check."""
    last = draw(HOURS)
    closing = {window: draw(st.integers(1, last)) for window in Window} | {Window.VERIFICATION: last}
    return {window: Span(START, at(hours)) for window, hours in closing.items()}


@st.composite
def histories(draw: st.DrawFn) -> tuple[dict[Window, Span], dict[Window, Own]]:
    """Windows and what of them is an institution's own, after extensions, pre-finalizing, finalizing and reopenings."""
    spans, own = draw(calendars()), dict[Window, Own]()
    for step in draw(st.lists(st.sampled_from(["extend", "prefinalize", "finalize"]), max_size=4)):
        now = draw(INSTANTS)
        if step == "extend":
            named = draw(st.sets(st.sampled_from(list(Window)), min_size=1))
            instant = draw(INSTANTS)
            try:
                spans = windows.moved(spans, dict.fromkeys(named, instant), now)
            except Problem:
                continue
            own = windows.moved_own(own, named)
        else:
            which = [Window.ENTRY] if step == "prefinalize" else list(Window)
            spans = windows.cut(spans, which, now)
            own = {**own, **dict.fromkeys(which, Own.CUT)}
    return spans, own


@given(calendars(), calendars())
def test_without_anything_of_its_own_it_is_the_calendar(
    present: dict[Window, Span], calendar: dict[Window, Span]
) -> None:
    assert windows.overlaid(present, {}, calendar) == calendar


@given(histories(), calendars())
def test_what_was_cut_or_set_stays_and_what_was_extended_never_comes_forward(
    history: tuple[dict[Window, Span], dict[Window, Own]], calendar: dict[Window, Span]
) -> None:
    present, own = history
    after = windows.overlaid(present, own, calendar)
    for window, why in own.items():
        if why is Own.CUT or (why is Own.SET and window is not Window.VERIFICATION):
            assert after[window] == present[window]
        elif why is Own.SET:
            others = [after[each].closes for each, reason in own.items() if reason is not Own.CUT]
            assert after[window].closes == max(present[window].closes, *others)
        else:
            assert after[window].closes >= max(present[window].closes, calendar[window].closes)
            assert window is Window.VERIFICATION or after[window].closes in {
                present[window].closes,
                calendar[window].closes,
            }
    for window in set(Window) - own.keys() - {Window.VERIFICATION}:
        assert after[window] == calendar[window]


@given(histories(), calendars())
def test_nothing_that_is_open_outlasts_the_last_check(
    history: tuple[dict[Window, Span], dict[Window, Own]], calendar: dict[Window, Span]
) -> None:
    present, own = history
    assume(own.get(Window.VERIFICATION) is not Own.CUT)
    after = windows.overlaid(present, own, calendar)
    last = after[Window.VERIFICATION].closes
    assert all(after[window].closes <= last for window in Window if own.get(window) is not Own.CUT)


@given(histories(), calendars())
def test_twice_is_once(history: tuple[dict[Window, Span], dict[Window, Own]], calendar: dict[Window, Span]) -> None:
    present, own = history
    once = windows.overlaid(present, own, calendar)
    assert windows.overlaid(once, own, calendar) == once


@given(histories(), st.sets(st.sampled_from(list(Window))))
def test_what_bkn_moves_is_set_where_it_was_closed_by_hand(
    history: tuple[dict[Window, Span], dict[Window, Own]], named: set[Window]
) -> None:
    _, own = history
    after = windows.moved_own(own, named)
    for window in named:
        expected = Own.SET if own.get(window) in {Own.CUT, Own.SET} else Own.EXTENDED
        assert after[window] is expected
    assert {window: why for window, why in after.items() if window not in named} == {
        window: why for window, why in own.items() if window not in named
    }


@given(calendars(), st.sets(st.sampled_from(list(Window))), INSTANTS)
def test_a_cut_closes_and_never_opens(present: dict[Window, Span], which: set[Window], now: datetime) -> None:
    after = windows.cut(present, which, now)
    for window in Window:
        expected = min(present[window].closes, now) if window in which else present[window].closes
        assert after[window] == replace(present[window], closes=expected)
        assert not (window in which and after[window].holds(now))


@given(calendars(), st.sets(st.sampled_from(list(Window)), min_size=1), INSTANTS, INSTANTS)
def test_an_extension_moves_what_it_names_and_only_later(
    present: dict[Window, Span], named: set[Window], instant: datetime, now: datetime
) -> None:
    closing = dict.fromkeys(named, instant)
    last = instant if Window.VERIFICATION in named else present[Window.VERIFICATION].closes
    sound = instant > now and all(instant > present[window].closes for window in named) and instant <= last
    try:
        after = windows.moved(present, closing, now)
    except Problem:
        assert not sound
        return
    assert sound
    assert after == {w: replace(span, closes=instant) if w in named else span for w, span in present.items()}
