"""The SPTJM's own window: from the seal to its due date, by the instant of receipt; an extension moves it."""

from datetime import datetime, timedelta

import pytest

from tests.finalization.world import ACCEPT, RETURN, World

MILLISECOND = timedelta(milliseconds=1)
DAY = timedelta(days=1)


def due(world: World) -> datetime:
    closes = world.stored().sptjm.closes
    assert closes is not None
    return closes


def shown(world: World) -> dict[str, object]:
    return next(window for window in world.get().json["windows"] if window["name"] == "SPTJM")


@pytest.mark.parametrize("role", ["admin", "ppk"])
def test_one_millisecond_decides(made: World, role: str) -> None:
    closes, file = due(made), made.uploaded()
    with made.nothing_changes():
        for late in (closes, closes + MILLISECOND, closes + DAY):
            answer = made.hand_in(file, role=role, received=late)
            assert (answer.status, answer.code) == (410, "window-closed")
    assert (answer.json["window"], answer.json["zone"]) == ("SPTJM", "WIB")
    assert datetime.fromisoformat(answer.json["closed_at"]) == closes
    assert made.hand_in(file, role=role, received=closes - MILLISECOND).status == 200


def test_it_lasts_seven_days_from_the_seal(sealed: World) -> None:
    seal = sealed.stored().seal
    assert seal is not None
    assert due(sealed) - seal.sealed_at == 7 * DAY
    window = shown(sealed)
    assert (window["opens"], window["open"]) == (sealed.get().json["seal"]["sealed_at"], True)


def test_before_the_seal_there_is_none(prefinal: World) -> None:
    assert "SPTJM" not in {window["name"] for window in prefinal.get().json["windows"]}
    assert prefinal.extend({"SPTJM": datetime.fromisoformat("2022-12-01T17:00:00+07:00")}).code == "wrong-phase"


def test_an_extension_moves_it_and_nothing_else(made: World) -> None:
    closes, file, gate = due(made), made.uploaded(), made.gate()
    made.cloud.at(closes + timedelta(hours=1))
    assert made.hand_in(file).code == "window-closed"
    later = closes + DAY
    assert made.extend({"SPTJM": later}).status in {200, 201}
    assert (due(made), made.gate()) == (later, gate)
    assert made.hand_in(file, received=later - MILLISECOND).status == 200


def test_an_extension_is_over_at_its_own_instant(made: World) -> None:
    later = due(made) + DAY
    made.extend({"SPTJM": later})
    file = made.uploaded()
    with made.nothing_changes():
        assert made.hand_in(file, received=later).code == "window-closed"


def test_the_paper_can_be_fetched_and_bkn_may_decide_when_it_is_over(made: World) -> None:
    made.hand_in()
    made.cloud.at(due(made) + DAY)
    assert made.get("sptjm/document").status == 303
    assert made.decide(ACCEPT).status == 200


def test_what_is_returned_after_the_due_date_needs_an_extension(made: World) -> None:
    made.hand_in(made.uploaded(1))
    made.cloud.at(due(made) + DAY)
    made.decide(RETURN)
    file = made.uploaded(2)
    assert made.hand_in(file).code == "window-closed"
    made.extend({"SPTJM": due(made) + 3 * DAY})
    assert made.hand_in(file).status == 200


def test_the_retry_of_an_accepted_request_is_answered_when_it_is_over(made: World) -> None:
    closes, file = due(made), made.uploaded()
    assert made.hand_in(file, key="the-ppks-own-key", received=closes - MILLISECOND).status == 200
    made.cloud.at(closes + DAY)
    with made.nothing_changes():
        assert made.hand_in(file, key="the-ppks-own-key").status == 200
        assert made.hand_in(file, key="another-key-of-his").code == "illegal-transition"
        assert made.hand_in(file, key="the-ppks-own-key", role="admin").code == "illegal-transition"
