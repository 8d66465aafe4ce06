from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.kernel import clock
from services.kernel.writes.calendar import DEFAULT_2022, Window
from tests.finalization.world import CLOSES, CODE, CONFIRMED, NOON, World

DAY = timedelta(days=1)
LETTER = {"number": "800/123/2022", "date": "2022-08-30"}


def test_named_windows_move_and_others_stay(prefinal: World) -> None:
    later = CLOSES + DAY
    entry = prefinal.stored().windows[Window.ENTRY]
    answer = prefinal.extend({"VERIFICATION": later, "CORRECTION": later})
    assert answer.status == 201
    assert (answer.json["phase"], answer.json["epoch"]) == ("PRAFINAL", 3)
    (extension,) = answer.json["extensions"]
    assert extension["letter"] == {**LETTER, "file": None}
    assert (extension["id"], extension["state"], extension["by_role"]) == ("9901-1", "DIBERI", "bkn")
    assert extension["requested"] == extension["windows"]
    assert extension["windows"] == dict.fromkeys(("VERIFICATION", "CORRECTION"), "2022-11-01T17:00:00+07:00")
    windows = prefinal.stored().windows
    assert windows[Window.VERIFICATION].closes == windows[Window.CORRECTION].closes == later
    assert windows[Window.DOSSIER] == DEFAULT_2022[Window.DOSSIER]
    assert windows[Window.ENTRY] == entry
    assert prefinal.fin("META")[0]["g1sk"] == clock.millis(later)
    prefinal.require_consistent()


def test_a_closed_window_opens_again(prefinal: World) -> None:
    prefinal.cloud.at(CLOSES - DAY)
    assert prefinal.extend({"ENTRY": CLOSES - DAY / 2}, received=CLOSES - DAY).status == 201
    (entry,) = (window for window in prefinal.get().json["windows"] if window["name"] == "ENTRY")
    assert entry["open"] is True


def test_other_institutions_are_unaffected(started: World) -> None:
    started.open("9902")
    before = (started.stored("9902"), started.gate("9902"))
    assert started.extend({"VERIFICATION": CLOSES + DAY}).status == 201
    assert (started.stored("9902"), started.gate("9902")) == before


@pytest.mark.parametrize(
    ("windows", "code"),
    [
        ({"VERIFICATION": CLOSES}, "not-later"),
        ({"VERIFICATION": CLOSES - timedelta(milliseconds=1)}, "not-later"),
        ({"VERIFICATION": NOON}, "in-the-past"),
        ({"ENTRY": NOON - timedelta(milliseconds=1)}, "in-the-past"),
        ({"DOSSIER": CLOSES + timedelta(milliseconds=1)}, "after-verification"),
    ],
)
def test_instants_that_make_no_sense(started: World, windows: dict[str, datetime], code: str) -> None:
    with started.nothing_changes():
        answer = started.extend(windows, received=NOON)
    assert (answer.status, answer.code) == (422, "invalid-fields")
    assert [(wrong["field"], wrong["code"]) for wrong in answer.json["fields"]] == [(f"windows.{min(windows)}", code)]


def test_the_smallest_extension(started: World) -> None:
    later = CLOSES + timedelta(milliseconds=1)
    assert started.extend({"VERIFICATION": later, "DOSSIER": later}).status == 201


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"windows": {}, "letter": LETTER}, "windows"),
        ({"windows": {"VERIFICATION": "2022-11-05T17:00:00"}, "letter": LETTER}, "windows.VERIFICATION"),
        ({"windows": {"REKAP": "2022-11-05T17:00:00+07:00"}, "letter": LETTER}, "windows.REKAP.[key]"),
        ({"windows": {"VERIFICATION": "2022-11-05T17:00:00+07:00"}}, "letter"),
        ({"windows": {"VERIFICATION": "2022-11-05T17:00:00+07:00"}, "letter": {"number": "1"}}, "letter.date"),
        (
            {"windows": {"VERIFICATION": "2022-11-05T17:00:00+07:00"}, "letter": {**LETTER, "number": " "}},
            "letter.number",
        ),
        (
            {"windows": {"VERIFICATION": "2022-11-05T17:00:00+07:00"}, "letter": {**LETTER, "date": "2022-09-02"}},
            "letter.date",
        ),
    ],
)
def test_what_is_missing_or_malformed(started: World, body: dict[str, Any], field: str) -> None:
    with started.nothing_changes():
        answer = started.post("extensions", body, role="bkn", received=NOON)
    assert (answer.status, answer.code) == (422, "invalid-fields")
    assert [wrong["field"] for wrong in answer.json["fields"]] == [field]


def test_a_letter_of_today_is_of_today_in_jakarta(started: World) -> None:
    """At 17:30 UTC on 1 September it is 2 September in Jakarta."""
    letter = {**LETTER, "date": "2022-09-02"}
    tonight = datetime(2022, 9, 1, 17, 30, tzinfo=UTC)
    assert started.extend({"VERIFICATION": CLOSES + DAY}, letter, received=tonight).status == 201


def test_before_the_first_row_too(world: World) -> None:
    world.open()
    answer = world.extend({"ENTRY": CLOSES})
    assert (answer.status, answer.json["phase"]) == (201, "BELUM_MULAI")


def test_each_extension_is_filed(started: World) -> None:
    for day in (1, 2, 3):
        assert started.extend({"VERIFICATION": CLOSES + day * DAY}).status == 201
    extensions = started.get().json["extensions"]
    assert [extension["number"] for extension in extensions] == [1, 2, 3]
    assert started.stored().epoch == 4


def test_during_the_drain_it_still_helps_and_after_the_lock_it_does_not(prefinal: World) -> None:
    prefinal.post("finalization", CONFIRMED)
    assert prefinal.extend({"VERIFICATION": CLOSES + DAY}, received=NOON + DAY).status == 201
    assert prefinal.stored().finalized_at is None, "what was ended by hand goes on"
    prefinal.require_consistent()
    prefinal.pass_drain()
    assert prefinal.lock_due() == 1
    with prefinal.nothing_changes():
        answer = prefinal.extend({"VERIFICATION": CLOSES + 2 * DAY})
    assert (answer.status, answer.code, answer.json["phase"]) == (409, "wrong-phase", "FINAL")


def test_the_sptjm_gets_more_time_without_touching_the_seal(sealed: World) -> None:
    before = sealed.stored()
    assert before.sptjm.closes is not None
    later = (before.sptjm.closes + DAY).replace(microsecond=0)
    gate = sealed.gate()
    answer = sealed.extend({"SPTJM": later})
    assert answer.status == 201
    after = sealed.stored()
    assert (after.sptjm.closes, after.epoch, after.seal) == (later, before.epoch, before.seal)
    assert sealed.gate() == gate
    with sealed.nothing_changes():
        refused = sealed.extend({"SPTJM": later})
        assert (refused.code, refused.json["fields"][0]["code"]) == ("invalid-fields", "not-later")


def test_the_sptjm_has_no_due_date_before_the_seal(prefinal: World) -> None:
    with prefinal.nothing_changes():
        assert prefinal.extend({"SPTJM": CLOSES}).code == "wrong-phase"
        assert prefinal.extend({"SPTJM": CLOSES + DAY, "VERIFICATION": CLOSES + DAY}).code == "wrong-phase"
    prefinal.cloud.at(CLOSES)
    prefinal.pass_drain()
    prefinal.lock_due()
    with prefinal.nothing_changes():
        answer = prefinal.extend({"SPTJM": CLOSES + DAY})
        assert "belum disegel" in answer.json["detail"]


def test_an_unknown_institution(started: World) -> None:
    body = {"windows": {"VERIFICATION": (CLOSES + DAY).isoformat()}, "letter": LETTER}
    assert started.call("POST", "institutions/9902/extensions", body, role="bkn").code == "not-found"
    assert started.call("POST", f"institutions/{CODE}x/extensions", body, role="bkn").code == "not-found"
