from datetime import timedelta

from services.kernel import clock
from services.kernel.states import ON_PREFINAL_LIST, PersonState
from services.kernel.writes.calendar import DEFAULT_2022, Window
from tests.finalization.world import CLOSES, NOON, World

BODY: dict[str, object] = {}


def test_the_list_is_numbered_and_entry_closes_at_the_receipt(started: World) -> None:
    received = NOON + timedelta(milliseconds=123)
    answer = started.post("prefinalization", BODY, received=received)
    assert answer.status == 200
    assert (answer.json["phase"], answer.json["epoch"]) == ("PRAFINAL", 2)
    prefinal = answer.json["prefinalized"]
    assert (prefinal["number"], prefinal["count"]) == (1, 2)
    assert prefinal["at"] == "2022-09-01T12:00:00.123000+07:00"
    windows = started.stored().windows
    assert windows[Window.ENTRY].closes == received
    others = [window for window in Window if window is not Window.ENTRY]
    assert {window: windows[window] for window in others} == {window: DEFAULT_2022[window] for window in others}
    started.require_consistent()


def test_entry_closed_by_the_calendar_is_not_opened_again(started: World) -> None:
    received = started.cloud.at("2022-10-05T09:00:00+07:00")
    assert started.post("prefinalization", BODY, received=received).status == 200
    assert started.stored().windows[Window.ENTRY] == DEFAULT_2022[Window.ENTRY]
    started.require_consistent()


def test_who_stands_on_the_list(started: World) -> None:
    for at, state in enumerate(PersonState):
        started.listed(f"p{at}", state.value)
    assert started.post("prefinalization", BODY).json["prefinalized"]["count"] == 2 + len(ON_PREFINAL_LIST)


def test_an_empty_list_is_not_put_up(world: World) -> None:
    world.open()
    world.listed("aaaa", "DRAF")
    with world.nothing_changes():
        answer = world.post("prefinalization", BODY)
    assert (answer.status, answer.code) == (422, "incomplete")
    assert [line["code"] for line in answer.json["missing"]] == ["nobody-listed"]


def test_not_before_the_first_row_and_not_twice(world: World) -> None:
    world.open()
    with world.nothing_changes():
        answer = world.post("prefinalization", BODY)
    assert (answer.status, answer.code, answer.json["phase"]) == (409, "wrong-phase", "BELUM_MULAI")
    world.listed("aaaa", "TERDAFTAR")
    assert world.post("prefinalization", BODY).status == 200
    with world.nothing_changes():
        answer = world.post("prefinalization", BODY)
    assert (answer.status, answer.code, answer.json["phase"]) == (409, "wrong-phase", "PRAFINAL")


def test_a_stale_version_is_refused(started: World) -> None:
    seen = started.get().json["v"]
    started.open(name="Nama Baru")
    with started.nothing_changes():
        answer = started.post("prefinalization", {"v": seen})
    assert (answer.status, answer.code) == (409, "version-moved")
    assert started.post("prefinalization", {"v": seen + 1}).status == 200


def test_not_after_the_last_check_is_over(started: World) -> None:
    with started.nothing_changes():
        answer = started.post("prefinalization", BODY, received=CLOSES)
    assert (answer.status, answer.code) == (410, "window-closed")
    assert (answer.json["window"], answer.json["zone"]) == ("VERIFICATION", "WIB")
    assert answer.json["closed_at"] == "2022-10-31T17:00:00+07:00"
    assert started.post("prefinalization", BODY, received=CLOSES - timedelta(milliseconds=1)).status == 200


def test_the_audit_chain_is_whole(started: World) -> None:
    started.post("prefinalization", BODY)
    links = [item for item in started.cloud.items("AuditTable") if item["pk"] == "finalization#I#9901"]
    assert [item["action"] for item in links] == [
        "institution.opened",
        "institution.started",
        "institution.prefinalized",
    ]
    assert [item["actor"] for item in links] == ["bkn-1", "system:on_fact", "admin-1"]
    assert [item["sk"] for item in links] == [f"{number:010d}" for number in (1, 2, 3)]
    assert [item["previous"] for item in links] == ["", links[0]["hash"], links[1]["hash"]]
    assert links[-1]["hash"] == started.stored().head
    assert links[-1]["at"] == started.stored().changed_at.timestamp() * 1000
    assert clock.from_millis(links[-1]["at"]) == started.stored().changed_at
