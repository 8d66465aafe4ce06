"""Own announcement: five calendar days, or a reason when it is finalized by hand before (domain.md, section 3)."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from services.finalization.model.announced import Announced, days_announced
from services.finalization.model.institution import Prefinal
from services.kernel import clock
from tests.finalization.world import CONFIRMED, NOON, World, announced, later

MADE = NOON.date()
"""The day on which the list of `prefinal` was made."""
WHY = str(CONFIRMED["reason"])


def line(world: World) -> int | None:
    found: dict[str, int | None] = {check["code"]: check["count"] for check in world.get().json["checklist"]}
    return found["announcement"]


def finalized(world: World, **body: Any) -> int:
    return world.post("finalization", {"confirm": True, **body}, received=clock.now()).status


@pytest.mark.parametrize(
    ("on", "now", "days"),
    [
        (date(2022, 10, 3), datetime(2022, 10, 7, 23, 59, 59, tzinfo=clock.WIB), 4),
        (date(2022, 10, 3), datetime(2022, 10, 8, tzinfo=clock.WIB), 5),
        (date(2022, 10, 3), datetime(2022, 10, 3, 9, tzinfo=clock.WIB), 0),
        (date(2022, 10, 9), datetime(2022, 10, 3, 9, tzinfo=clock.WIB), 0),
        (date(2022, 8, 1), datetime(2022, 10, 6, tzinfo=clock.WIB), 5),
    ],
    ids=["a second short", "five", "today", "not yet", "before the list was there"],
)
def test_days_are_those_of_the_calendar_in_wib(on: date, now: datetime, days: int) -> None:
    prefinal = Prefinal(2, 10, datetime(2022, 10, 1, 0, 30, tzinfo=clock.WIB))
    assert days_announced(prefinal, [Announced(1, date(2022, 8, 1), "WEB"), Announced(2, on, "BOARD")], now) == days


def test_of_no_list_and_of_an_earlier_list_nothing_is_known() -> None:
    up = [Announced(1, MADE, "BOARD")]
    assert days_announced(None, up, NOON) is None
    assert days_announced(Prefinal(2, 10, NOON), up, NOON) is None
    assert days_announced(Prefinal(1, 10, NOON), up, NOON) == 0


def test_unannounced_it_is_finalized_by_hand_with_a_reason_only(prefinal: World) -> None:
    assert line(prefinal) == 1
    with prefinal.nothing_changes():
        for reason in ({}, {"reason": ""}, {"reason": None}, {"reason": "Terlalu pendek."}):
            answer = prefinal.post("finalization", {"confirm": True, **reason})
            assert (answer.code, answer.json["fields"][0]["field"]) == ("invalid-fields", "reason")
    assert finalized(prefinal, reason=WHY) == 200
    (haste,) = prefinal.get(role="ppk").json["hastes"]
    assert (haste["epoch"], haste["days"], haste["reason"]) == (prefinal.stored().epoch, None, WHY)
    assert WHY not in str(prefinal.fin("HASTE#")), "a reason is kept encrypted"


def test_after_five_days_nobody_asks(prefinal: World) -> None:
    assert prefinal.tell(announced(MADE)) == []
    prefinal.cloud.at(later(NOON, days=4))
    assert line(prefinal) == 1
    with prefinal.nothing_changes():
        assert finalized(prefinal) == 422
    prefinal.cloud.at(later(NOON, days=5))
    assert line(prefinal) == 0
    assert finalized(prefinal, reason=WHY) == 200
    assert prefinal.get(role="bkn").json["hastes"] == [], "nobody had asked"


def test_how_long_it_was_up_goes_on_record(prefinal: World) -> None:
    prefinal.tell(announced(MADE))
    prefinal.cloud.at(later(NOON, days=3))
    assert finalized(prefinal, reason=WHY) == 200
    shown = {role: prefinal.get(role=role).json["hastes"] for role in ("ppk", "bkn", "admin", "auditor", "operator")}
    assert {role: [haste["days"] for haste in hastes] for role, hastes in shown.items()} == {
        "ppk": [3], "bkn": [3], "admin": [3], "auditor": [3], "operator": [],
    }  # fmt: skip


def test_a_later_word_of_a_list_counts_and_an_earlier_one_does_not(prefinal: World) -> None:
    prefinal.tell(announced(MADE + timedelta(days=2), v=3))
    with prefinal.nothing_changes():
        assert prefinal.tell(announced(MADE, v=1), announced(MADE, v=3)) == []
    prefinal.cloud.at(later(NOON, days=6))
    assert line(prefinal) == 1
    prefinal.tell(announced(MADE, v=4))
    assert line(prefinal) == 0


def test_another_list_is_announced_anew(prefinal: World) -> None:
    """Word of the next list may come before the list is known here."""
    prefinal.tell(announced(MADE), announced(later(NOON, days=30).date(), number=2))
    prefinal.cloud.at(later(NOON, days=6))
    assert line(prefinal) == 0
    entry = later(NOON, days=29)
    prefinal.extend({"ENTRY": entry})
    prefinal.prefinal_due(later(entry, minutes=1))
    prefinal.cloud.at(later(NOON, days=31))
    assert prefinal.stored().prefinal is not None
    assert line(prefinal) == 1
    prefinal.cloud.at(later(NOON, days=35))
    assert line(prefinal) == 0


def test_the_final_list_is_no_matter_of_this_line(prefinal: World) -> None:
    with prefinal.nothing_changes():
        assert prefinal.tell(announced(MADE, final=True)) == []


def test_the_deadline_does_not_ask(prefinal: World) -> None:
    prefinal.pass_drain()
    assert prefinal.lock_due() == 1
    assert prefinal.get(role="ppk").json["hastes"] == []
