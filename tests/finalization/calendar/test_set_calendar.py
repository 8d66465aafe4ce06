"""BKN sets the calendar: what is stored, who is told, and what is refused."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from services.finalization.adapters import calendar_store
from services.finalization.model.calendar import Calendar
from services.kernel.writes.calendar import DEFAULT_2022, Window
from tests.finalization.calendar.helpers import LETTER, body, closing, put, sent
from tests.finalization.world import CARD, CLOSES, CODE, NOON, World

DAY = timedelta(days=1)
LATER = closing(VERIFICATION=CLOSES + DAY)


def shown(world: World, query: str = "") -> dict[str, Any]:
    answer: dict[str, Any] = world.call("GET", f"calendar{query}", role=None).json
    return answer


def test_the_built_in_calendar_stands_while_none_is_set(world: World) -> None:
    assert calendar_store.load() == Calendar()
    assert shown(world)["v"] == 0


def test_the_schedule_is_read_as_a_page_without_javascript(world: World) -> None:
    put(world, LATER, 0)
    answer = world.call("GET", "schedule", role=None, received=NOON)
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "Penginputan data oleh instansi: ditutup" in answer.text
    assert "30 September 2022 pukul 24.00 WIB" in answer.text
    assert "1 November 2022 pukul 17.00 WIB" in answer.text


def test_what_is_set_is_shown_and_sent_to_every_institution(started: World) -> None:
    started.open("9902")
    answer = put(started, LATER, 0)
    assert (answer.status, answer.json) == (202, {"v": 1, "applying": 2})
    calendar = shown(started)
    assert calendar["v"] == 1
    assert {w["name"]: w["closes"] for w in calendar["windows"]}["VERIFICATION"] == "2022-11-01T17:00:00+07:00"
    assert sent() == [{"institution": CODE}, {"institution": "9902"}]
    assert started.stored().windows == DEFAULT_2022, "it follows by the queue"
    of_institution = shown(started, f"?institution={CODE}")
    assert (of_institution["v"], of_institution["institution"]) == (None, CODE)


def test_every_version_stays_on_record_with_its_letter(world: World) -> None:
    put(world, LATER)
    again = {"number": "B/2/2022", "date": "2022-09-01"}
    two = closing(VERIFICATION=CLOSES + 2 * DAY)
    assert world.call("PUT", "calendar", body(two, 1, again), role="bkn").json["v"] == 2
    now, *kept = (item for item in world.cloud.items("FinTable") if item["pk"] == calendar_store.OWNER)
    assert [item["sk"] for item in kept] == ["V#000001", "V#000002"]
    assert [item["letter"] for item in kept] == [LETTER, again]
    assert {**kept[1], "sk": "@"} == now
    links = [item for item in world.cloud.items("AuditTable") if item["pk"] == "finalization#I#CAL"]
    assert [(link["action"], link["actor"]) for link in links] == [("calendar.set", "bkn-1")] * 2
    assert links[1]["previous"] == links[0]["hash"]
    assert now["head"] == links[1]["hash"]


def test_setting_it_again_changes_nothing_and_sends_it_again(started: World) -> None:
    put(started, LATER, 0)
    sent()
    with started.nothing_changes():
        again = put(started, LATER, 0)
    assert (again.status, again.json) == (202, {"v": 1, "applying": 1})
    assert sent() == [{"institution": CODE}], "who did not get word the first time gets it now"


def test_more_institutions_than_one_batch_takes(world: World) -> None:
    codes = [f"99{n:02}" for n in range(11)]
    for code in codes:
        world.open(code, size=1)
    assert put(world, LATER).json["applying"] == 11
    assert [message["institution"] for message in sent()] == codes


def test_whoever_saw_another_version_is_refused(world: World) -> None:
    with world.nothing_changes():
        assert (put(world, LATER, 1).status, put(world, LATER, 1).code) == (409, "version-moved")
    assert put(world, LATER, 0).status == 202
    other = closing(VERIFICATION=CLOSES + 2 * DAY)
    with world.nothing_changes():
        assert put(world, other, 0).code == "version-moved"
    assert put(world, other).json["v"] == 2, "without a version he takes what stands"


def test_of_two_at_once_one_is_refused(world: World) -> None:
    put(world, LATER)
    other = closing(VERIFICATION=CLOSES + 2 * DAY)
    world.come_between(lambda: put(world, closing(VERIFICATION=CLOSES + 3 * DAY)))
    assert put(world, other, 1).code == "version-moved"
    assert shown(world)["v"] == 2


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"letter": None}, "letter", "model-type"),
        ({"letter": {"number": "1"}}, "letter.date", "missing"),
        ({"letter": {**LETTER, "number": " "}}, "letter.number", "string-too-short"),
        ({"letter": {**LETTER, "date": "2022-09-02"}}, "letter.date", "in-the-future"),
        ({"windows": {}}, "windows.ENTRY", "missing"),
    ],
)
def test_what_is_missing(world: World, changed: dict[str, Any], field: str, code: str) -> None:
    with world.nothing_changes():
        answer = world.call("PUT", "calendar", {**body(LATER), **changed}, role="bkn", received=NOON)
    assert (answer.status, answer.code) == (422, "invalid-fields")
    assert (field, code) in [(wrong["field"], wrong["code"]) for wrong in answer.json["fields"]]


@pytest.mark.parametrize(
    ("instant", "code", "words"),
    [
        ("2022-11-05T17:00:00", "timezone-aware", "zona"),
        ("2022-11-05", "datetime-parsing", "zona"),
        ("besok", "datetime-parsing", "zona"),
        ("9999-12-31T23:59:59-12:00", "year", "2199"),
        ("0001-01-01T00:00:00+07:00", "year", "2000"),
        ("2022-09-01T12:00:00+07:00", "in-the-past", "sudah lewat"),
        ("2022-09-01T12:09:59.999+07:00", "too-soon", "12.10 WIB"),
    ],
)
def test_instants_that_are_none(world: World, instant: str, code: str, words: str) -> None:
    wanted = body(LATER)
    wanted["windows"]["VERIFICATION"]["closes"] = instant
    with world.nothing_changes():
        answer = world.call("PUT", "calendar", wanted, role="bkn", received=NOON)
    assert (answer.status, answer.code) == (422, "invalid-fields")
    (wrong,) = (wrong for wrong in answer.json["fields"] if wrong["field"] == "windows.VERIFICATION.closes")
    assert wrong["code"] == code
    assert words in wrong["message"]


def test_a_fifth_window_is_refused(world: World) -> None:
    wanted = body(LATER)
    wanted["windows"]["SPTJM"] = wanted["windows"]["ENTRY"]
    answer = world.call("PUT", "calendar", wanted, role="bkn")
    assert [(wrong["field"], wrong["code"]) for wrong in answer.json["fields"]] == [
        ("windows.SPTJM", "extra-forbidden")
    ]


def test_another_zone_is_the_same_instant(world: World) -> None:
    put(world, LATER)
    wanted = body(LATER)
    wanted["windows"]["VERIFICATION"]["closes"] = "2022-11-01T19:00:00.0004+09:00"
    with world.nothing_changes():
        assert world.call("PUT", "calendar", wanted, role="bkn").json["v"] == 1


def test_new_institutions_open_with_it(world: World) -> None:
    put(world, LATER)
    world.open()
    stored = world.stored()
    assert (stored.windows, stored.calendar_v) == (LATER, 1)
    world.require_consistent()
    last = CLOSES + DAY
    world.cloud.at(last)
    assert world.call("PUT", "institutions/9902", CARD, role="bkn", received=last).code == "window-closed"
    assert world.call("PUT", "institutions/9902", CARD, role="bkn", received=last - timedelta(seconds=1)).status == 200


def test_a_calendar_set_while_an_institution_is_opened_is_not_missed(world: World) -> None:
    """It was listed too late to be sent word, so it must begin with what stands."""
    put(world, closing(VERIFICATION=CLOSES + 2 * DAY))
    world.come_between(lambda: put(world, LATER))
    assert world.open().status == 200
    assert (world.stored().windows, world.stored().calendar_v) == (LATER, 2)
    world.require_consistent()


def test_the_first_calendar_too(world: World) -> None:
    world.come_between(lambda: put(world, LATER))
    world.open()
    assert world.stored().calendar_v == 1


def test_the_countdown_follows_the_calendar(world: World) -> None:
    put(world, LATER)
    world.cloud.at(CLOSES)
    windows = {window["name"]: window["open"] for window in shown(world)["windows"]}
    assert windows == {"ENTRY": False, "DOSSIER": False, "CORRECTION": False, "VERIFICATION": True}
    assert datetime.fromisoformat(shown(world)["now"]) >= CLOSES
    assert {Window(name) for name in windows} == set(Window)
