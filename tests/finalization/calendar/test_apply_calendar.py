"""An institution follows the calendar in every window that is not its own, once per version, in any order."""

from datetime import datetime, timedelta

import pytest

from services.finalization.adapters import gates
from services.finalization.calendar.apply_calendar import MAX_TRIES, apply_calendar
from services.finalization.model.institution import Own
from services.kernel import clock
from services.kernel.states import Phase
from services.kernel.writes import ungated
from services.kernel.writes.calendar import DEFAULT_2022, DRAIN, Window
from tests.finalization.calendar.helpers import closing, deliver, put
from tests.finalization.world import CLOSES, CODE, CONFIRMED, NOON, World

DAY = timedelta(days=1)
LATER = closing(VERIFICATION=CLOSES + 2 * DAY)


def test_windows_gate_and_lanes_move_in_one_epoch(started: World) -> None:
    put(started, LATER)
    before = started.stored()
    assert deliver(CODE) == []
    after = started.stored()
    assert (after.windows, after.epoch, after.calendar_v, after.own) == (LATER, before.epoch + 1, 1, {})
    assert (after.lanes, after.import_lanes) == (before.lanes, before.import_lanes), "lanes never change in a round"
    assert started.fin("META")[0]["g1sk"] == clock.millis(CLOSES + 2 * DAY)
    started.require_consistent()
    link = [item for item in started.cloud.items("AuditTable") if item["pk"] == f"finalization#I#{CODE}"][-1]
    assert (link["actor"], link["action"]) == ("system:apply_calendar", "institution.calendar_applied")
    assert link["hash"] == after.head


def test_once_per_version(started: World) -> None:
    put(started, LATER)
    deliver(CODE)
    with started.nothing_changes():
        assert deliver(CODE, CODE) == []


def test_two_versions_in_any_order(started: World) -> None:
    """The message says only whom to look at; a late one finds the newer calendar applied."""
    put(started, LATER)
    put(started, closing(VERIFICATION=CLOSES + DAY))
    assert deliver(CODE) == []
    assert started.stored().windows == closing(VERIFICATION=CLOSES + DAY)
    assert started.stored().calendar_v == 2
    with started.nothing_changes():
        deliver(CODE)


def test_without_a_calendar_or_an_institution_nothing_happens(started: World) -> None:
    with started.nothing_changes():
        assert deliver(CODE) == []
    put(started, LATER)
    with started.nothing_changes():
        assert deliver("9902") == []


def test_where_no_window_moves_the_gate_is_left_alone(started: World) -> None:
    put(started, DEFAULT_2022)
    gate = started.gate()
    deliver(CODE)
    assert started.gate() == gate
    assert (started.stored().calendar_v, started.stored().epoch) == (1, 1)


def test_a_later_instant_of_its_own_stays(started: World) -> None:
    started.extend({"VERIFICATION": CLOSES + 5 * DAY, "CORRECTION": CLOSES + 3 * DAY})
    assert started.stored().own == {Window.VERIFICATION: Own.EXTENDED, Window.CORRECTION: Own.EXTENDED}
    put(started, closing(VERIFICATION=CLOSES + 4 * DAY, CORRECTION=CLOSES + 4 * DAY, DOSSIER=CLOSES))
    deliver(CODE)
    closes = {window: span.closes for window, span in started.stored().windows.items()}
    assert closes[Window.VERIFICATION] == CLOSES + 5 * DAY
    assert closes[Window.CORRECTION] == CLOSES + 4 * DAY, "the calendar is later still"
    assert closes[Window.DOSSIER] == CLOSES
    started.require_consistent()


def test_a_window_cut_by_hand_stays_shut(prefinal: World) -> None:
    entry = prefinal.stored().windows[Window.ENTRY]
    assert prefinal.stored().own == {Window.ENTRY: Own.CUT}
    put(prefinal, closing(ENTRY=CLOSES, VERIFICATION=CLOSES + DAY))
    deliver(CODE)
    windows = prefinal.stored().windows
    assert windows[Window.ENTRY] == entry
    assert windows[Window.VERIFICATION].closes == CLOSES + DAY
    prefinal.require_consistent()


@pytest.mark.parametrize("until", [NOON + DAY, CLOSES - DAY])
def test_a_cut_window_that_bkn_opens_keeps_the_letters_instant(prefinal: World, until: datetime) -> None:
    """Whether that is before the calendar's own close or behind it."""
    prefinal.extend({"ENTRY": until})
    assert prefinal.stored().own == {Window.ENTRY: Own.SET}
    put(prefinal, closing(ENTRY=CLOSES))
    deliver(CODE)
    assert prefinal.stored().windows[Window.ENTRY].closes == until
    assert prefinal.extend({"ENTRY": until + timedelta(hours=1)}).status == 201
    assert prefinal.stored().own == {Window.ENTRY: Own.SET}


def test_one_finalized_by_hand_keeps_all_its_instants(prefinal: World) -> None:
    prefinal.post("finalization", CONFIRMED)
    before = prefinal.stored()
    assert before.own == dict.fromkeys(Window, Own.CUT)
    put(prefinal, LATER)
    deliver(CODE)
    after = prefinal.stored()
    assert (after.windows, after.epoch, after.finalized_at) == (before.windows, before.epoch, before.finalized_at)
    prefinal.pass_drain()
    assert prefinal.lock_due() == 1


def test_a_locked_one_is_left_alone(sealed: World) -> None:
    sealed.cloud.at(NOON + DAY)
    put(sealed, LATER)
    with sealed.nothing_changes():
        assert deliver(CODE) == []


def test_in_the_drain_it_still_helps(started: World) -> None:
    started.cloud.at(CLOSES + timedelta(seconds=1))
    put(started, LATER)
    deliver(CODE)
    started.require_consistent()
    assert started.lock_due(CLOSES + DAY) == 0
    assert started.stored().phase is Phase.PENGINPUTAN


def test_a_locker_at_work_is_not_disturbed_and_word_comes_again(started: World) -> None:
    started.cloud.at(CLOSES + timedelta(seconds=1))
    put(started, LATER)
    ungated.insist([gates.closing_lane(started.stored(), "3", CLOSES)])
    with started.nothing_changes():
        assert deliver(CODE) == ["0"]


@pytest.mark.parametrize("times", [1, MAX_TRIES - 1, MAX_TRIES])
def test_whoever_changes_it_meanwhile_is_waited_for(started: World, times: int) -> None:
    put(started, LATER)
    _rename(started, times)
    assert deliver(CODE) == ([] if times < MAX_TRIES else ["0"])
    assert started.stored().calendar_v == int(times < MAX_TRIES)


def _rename(world: World, times: int) -> None:
    """Correct the name at each of so many tries of whoever comes next."""

    def change() -> None:
        world.open(name=f"Nama {times}")
        _rename(world, times - 1)

    if times:
        world.come_between(change)


def test_one_that_cannot_follow_does_not_stop_the_others(started: World) -> None:
    started.open("9902")
    started.cloud.at(CLOSES + timedelta(seconds=1))
    put(started, LATER)
    ungated.insist([gates.closing_lane(started.stored(), "3", CLOSES)])
    assert deliver(CODE, "9902") == ["0"]
    assert started.stored("9902").calendar_v == 1
    apply_calendar("9902")


def test_nobody_is_locked_under_an_older_calendar(started: World) -> None:
    """The calendar was set in the last second; word of it still waits in the queue when the locker comes."""
    put(started, closing(VERIFICATION=CLOSES + DAY), received=CLOSES - timedelta(seconds=1))
    assert started.lock_due(CLOSES + DRAIN) == 0
    stored = started.stored()
    assert (stored.locked_at, stored.calendar_v, stored.last_close) == (None, 1, CLOSES + DAY)
    started.require_consistent()
    assert started.lock_due(CLOSES + DAY + DRAIN) == 1
    started.require_consistent()


def test_a_calendar_that_changes_nothing_does_not_delay_the_lock(started: World) -> None:
    put(started, DEFAULT_2022)
    assert started.lock_due(CLOSES + DRAIN) == 1
    assert started.stored().phase is Phase.FINAL


def test_a_lock_that_has_begun_goes_on(started: World) -> None:
    ungated.insist([gates.closing_lane(started.stored(), "3", CLOSES + DRAIN)])
    put(started, LATER, received=CLOSES + DRAIN)
    assert started.lock_due(CLOSES + DRAIN) == 1
    started.require_consistent()
    assert started.stored().windows == DEFAULT_2022
