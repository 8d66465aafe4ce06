"""BKN's one button: corrections and dossiers five days from the press, verification three days past them."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from services.finalization.adapters import gates
from services.finalization.institution.reopen_for_usulan import OPEN_FOR, REASON, VERIFIED_FOR
from services.finalization.model.institution import Own
from services.kernel import clock
from services.kernel.problems import Problem
from services.kernel.states import Phase
from services.kernel.writes import gate, ungated
from services.kernel.writes.calendar import DEFAULT_2022, Window
from tests.finalization.calendar.helpers import closing as calendar_closing
from tests.finalization.calendar.helpers import deliver, put
from tests.finalization.test_reopen_verification import recheck
from tests.finalization.world import ACCEPT, CLOSES, CODE, CONFIRMED, World, case, later
from tests.support.aws import Answer

CLOSED = DEFAULT_2022[Window.CORRECTION].closes
"""When corrections close by the default calendar, nine days before the last check does."""
DAY = timedelta(days=1)
TICK = timedelta(milliseconds=1)


def press(world: World, **options: Any) -> Answer:
    body = {"v": options.pop("v", None)}
    path = f"institutions/{options.pop('code', CODE)}/usulan-reopening"
    return world.call("POST", path, body, **{"role": "bkn", "received": clock.now(), **options})


def closes(world: World, *which: Window) -> list[datetime]:
    return [world.stored().windows[window].closes for window in which or Window]


def waiting(world: World, at: datetime) -> World:
    """One usulan was not decided, and the clock shows this."""
    world.tell(case("1"))
    world.cloud.at(at)
    return world


def seal_again(world: World) -> None:
    world.pass_drain()
    assert world.lock_due() == 1
    assert world.roster_sealed() == []


def test_before_the_lock_two_windows_open_for_five_days_and_the_last_check_goes_on(prefinal: World) -> None:
    waiting(prefinal, CLOSED + DAY)
    before = prefinal.stored()
    answer = press(prefinal, received=CLOSED + DAY)
    until = CLOSED + DAY + OPEN_FOR
    assert (answer.status, answer.json["phase"], answer.json["epoch"]) == (200, "PRAFINAL", before.epoch + 1)
    assert closes(prefinal, Window.CORRECTION, Window.DOSSIER) == [until, until]
    assert closes(prefinal, Window.VERIFICATION) == [CLOSES], "three days past it anyway"
    assert closes(prefinal, Window.ENTRY) == [before.windows[Window.ENTRY].closes], "rows come from usulan alone"
    (filed,) = answer.json["reopenings"]
    assert (filed["letter"], filed["reason"], filed["windows"].keys()) == (None, REASON, {"CORRECTION", "DOSSIER"})
    assert prefinal.stored().own == {**before.own, Window.CORRECTION: Own.EXTENDED, Window.DOSSIER: Own.EXTENDED}
    prefinal.require_consistent()


@pytest.mark.parametrize(
    ("pressed", "last"),
    [
        (CLOSES - OPEN_FOR - VERIFIED_FOR - TICK, CLOSES),
        (CLOSES - OPEN_FOR - VERIFIED_FOR, CLOSES),
        (CLOSES - OPEN_FOR - VERIFIED_FOR + TICK, CLOSES + TICK),
        (CLOSES - TICK, CLOSES - TICK + OPEN_FOR + VERIFIED_FOR),
        (CLOSES + TICK, CLOSES + TICK + OPEN_FOR + VERIFIED_FOR),
    ],
    ids=["earlier", "three days to the millisecond", "a millisecond less", "in the last moment", "in the drain"],
)
def test_verdicts_can_be_given_for_three_days_more_at_least(prefinal: World, pressed: datetime, last: datetime) -> None:
    waiting(prefinal, pressed)
    assert press(prefinal, received=pressed).status == 200
    (correction, verification) = closes(prefinal, Window.CORRECTION, Window.VERIFICATION)
    assert (correction, verification) == (pressed + OPEN_FOR, last)
    assert verification - correction >= VERIFIED_FOR
    prefinal.require_consistent()


def test_the_gate_lets_corrections_through_until_then_and_no_entry(prefinal: World) -> None:
    waiting(prefinal, CLOSED + DAY)
    press(prefinal, received=CLOSED + DAY)
    round_, until = gate.read_round(CODE), CLOSED + DAY + OPEN_FOR
    for window in (Window.CORRECTION, Window.DOSSIER):
        round_.require(window, until - TICK)
        with pytest.raises(Problem, match="window-closed"):
            round_.require(window, until)
    with pytest.raises(Problem, match="window-closed"):
        round_.require(Window.ENTRY, CLOSED + DAY)


def test_a_window_that_closes_later_anyway_stays(prefinal: World) -> None:
    prefinal.extend({"DOSSIER": CLOSED + 8 * DAY, "VERIFICATION": CLOSES + 20 * DAY})
    waiting(prefinal, CLOSED + DAY)
    assert press(prefinal).status == 200
    assert closes(prefinal, Window.DOSSIER, Window.VERIFICATION) == [CLOSED + 8 * DAY, CLOSES + 20 * DAY]


def test_after_the_lock_the_round_is_opened_again_without_a_letter(handed_in: World) -> None:
    handed_in.decide(ACCEPT)
    at = clock.now() + DAY
    waiting(handed_in, at)
    shown = press(handed_in, received=at).json
    assert (shown["phase"], shown["seal"], shown["locked_at"]) == ("PRAFINAL", None, None)
    assert {window["name"]: window["open"] for window in shown["windows"]} == {
        "ENTRY": False, "DOSSIER": True, "CORRECTION": True, "VERIFICATION": True,
    }  # fmt: skip
    until = clock.from_millis(clock.millis(at)) + OPEN_FOR
    assert closes(handed_in, Window.DOSSIER, Window.CORRECTION) == [until, until]
    assert closes(handed_in, Window.VERIFICATION) == [until + VERIFIED_FOR]
    assert (shown["sptjm"]["state"], shown["sptjm"]["reason"]) == ("BATAL", REASON)
    assert handed_in.stored().accepted_epoch is None
    assert handed_in.stored().own == {**dict.fromkeys(Window, Own.SET), Window.ENTRY: Own.CUT}
    handed_in.require_consistent()
    handed_in.tell(case("1", state="DIPUTUS", v=2))
    seal_again(handed_in)
    assert handed_in.stored().phase is Phase.FINAL


def test_the_statement_that_counted_on_ends_with_it(handed_in: World) -> None:
    handed_in.decide(ACCEPT)
    handed_in.listed("cccc", "DIAJUKAN")
    recheck(handed_in)
    waiting(handed_in, clock.now())
    with handed_in.nothing_changes():
        refused = press(handed_in)
    assert (refused.code, "terkunci lagi" in refused.json["detail"]) == ("wrong-phase", True)
    seal_again(handed_in)
    assert handed_in.stored().standing is not None
    assert press(handed_in).status == 200
    stored = handed_in.stored()
    assert (stored.standing, stored.is_rechecking, stored.reopenings) == (None, False, 2)
    assert handed_in.extend({"VERIFICATION": clock.now() + 30 * DAY}).status == 201


def test_only_once_corrections_are_closed(prefinal: World) -> None:
    waiting(prefinal, CLOSED - TICK)
    with prefinal.nothing_changes():
        refused = press(prefinal, received=CLOSED - TICK)
    assert (refused.status, refused.code, "masih dibuka" in refused.json["detail"]) == (409, "wrong-phase", True)
    assert press(prefinal, received=CLOSED).status == 200
    with prefinal.nothing_changes():
        assert press(prefinal, received=CLOSED + TICK).code == "wrong-phase", "they are open again"


def test_only_where_an_usulan_waits(prefinal: World) -> None:
    """Not for a report or an objection, nor for one that is decided; also where word of it comes in another order."""
    prefinal.cloud.at(CLOSED)
    prefinal.tell(case("1", "TANGGAPAN"), case("2", "KEBERATAN"), case("3", "BANTUAN"))
    prefinal.tell(case("4", state="DITOLAK", v=2), case("4", v=1))
    with prefinal.nothing_changes():
        refused = press(prefinal)
    assert (refused.code, "Tidak ada usulan" in refused.json["detail"]) == ("wrong-phase", True)
    prefinal.tell(case("5", state="MENUNGGU_PELAPOR"))
    assert press(prefinal).status == 200


def test_left_undecided_once_more_it_is_opened_once_more(prefinal: World) -> None:
    waiting(prefinal, CLOSED)
    assert press(prefinal, received=CLOSED).status == 200
    prefinal.cloud.at(CLOSED + OPEN_FOR)
    assert press(prefinal, received=CLOSED + OPEN_FOR).status == 200
    assert closes(prefinal, Window.CORRECTION) == [CLOSED + 2 * OPEN_FOR]
    assert prefinal.stored().reopenings == 2


def test_who_finalized_by_hand_is_open_again_before_the_lock(prefinal: World) -> None:
    prefinal.post("finalization", CONFIRMED, received=CLOSED - DAY)
    waiting(prefinal, CLOSED - DAY + TICK)
    assert press(prefinal, received=CLOSED - DAY + TICK).status == 200
    assert (prefinal.stored().finalized_at, prefinal.lock_due(CLOSED)) == (None, 0)
    assert closes(prefinal, Window.CORRECTION, Window.VERIFICATION) == [
        CLOSED - DAY + TICK + OPEN_FOR,
        CLOSED - DAY + TICK + OPEN_FOR + VERIFIED_FOR,
    ]
    prefinal.require_consistent()


def test_who_never_took_part_is_opened_before_the_lock_alone(world: World) -> None:
    world.open()
    waiting(world, CLOSED)
    assert press(world).status == 200
    assert world.stored().phase is Phase.BELUM_MULAI
    world.pass_drain()
    world.lock_due()
    with world.nothing_changes():
        refused = press(world)
    assert (refused.code, refused.json["phase"]) == ("wrong-phase", "TIDAK_MENDATA")


def test_while_it_is_being_locked_nobody_presses(prefinal: World) -> None:
    waiting(prefinal, CLOSES)
    ungated.insist([gates.closing_lane(prefinal.stored(), "3", CLOSES)])
    with prefinal.nothing_changes():
        refused = press(prefinal)
    assert (refused.code, "sedang dikunci" in refused.json["detail"]) == ("wrong-phase", True)


def test_one_of_two_presses_is_refused_and_so_is_an_old_page(prefinal: World) -> None:
    waiting(prefinal, CLOSED)
    assert press(prefinal, v=prefinal.stored().v - 1).code == "version-moved"
    prefinal.come_between(lambda: press(prefinal))
    assert press(prefinal).code == "version-moved"
    assert prefinal.stored().reopenings == 1
    prefinal.require_consistent()


def test_a_calendar_afterwards_takes_none_of_it_away(prefinal: World) -> None:
    waiting(prefinal, CLOSES - DAY)
    press(prefinal)
    opened = closes(prefinal)
    put(prefinal, calendar_closing(VERIFICATION=CLOSES + DAY))
    assert deliver(CODE) == []
    assert closes(prefinal) == opened


def test_bkn_sees_where_and_for_how_many(prefinal: World) -> None:
    def told() -> list[int | None]:
        (line,) = prefinal.call("GET", "readiness", role="auditor").json["items"]
        return [line["usulan_waiting"], prefinal.get(role="bkn").json["usulan_waiting"]]

    assert told() == [None, None]
    prefinal.tell(case("1"), case("2"), case("3", "KEBERATAN"))
    assert told() == [None, None], "corrections are open"
    prefinal.cloud.at(CLOSED)
    assert told() == [2, 2]
    assert prefinal.get(role="admin").json["usulan_waiting"] is None, "it is bkn's to do"
    (line,) = prefinal.call("GET", "readiness", role="bkn").json["items"]
    assert line["cases"] == {"USULAN": 2, "TANGGAPAN": 0, "KEBERATAN": 1, "BANTUAN": 0}
    press(prefinal)
    assert told() == [None, None]
    prefinal.cloud.at(later(CLOSES, days=1))
    prefinal.lock_due()
    assert prefinal.stored().phase is Phase.FINAL
    assert told() == [2, 2], "and after the lock"


def test_the_facts_tell_what_moved(sealed: World) -> None:
    waiting(sealed, clock.now())
    sealed.facts()
    press(sealed)
    (told,) = sealed.facts()
    assert (told["detail-type"], told["detail"]["phase"]) == ("institution.phase_changed", "PRAFINAL")
    moved = datetime.fromisoformat(told["detail"]["correction_closes"])
    assert [moved] == closes(sealed, Window.CORRECTION)
