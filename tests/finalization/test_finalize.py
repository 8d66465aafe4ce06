from datetime import datetime, timedelta

import pytest

from services.finalization.adapters import gates, store
from services.finalization.adapters.parts import MATTER
from services.finalization.model.counts import Counts
from services.finalization.settings import settings
from services.finalization.shared.checklist import open_matters
from services.kernel import clock
from services.kernel.audit import chain as audit
from services.kernel.aws import dynamodb
from services.kernel.states import PersonState
from services.kernel.writes import ungated
from services.kernel.writes.calendar import DEFAULT_2022, Window
from tests.finalization.world import CLOSES, CODE, CONFIRMED, NOON, World

BODY = CONFIRMED
NO_VERDICT = {
    PersonState.TERDAFTAR: "registered-waiting",
    PersonState.AKUN_DIBUAT: "account-waiting",
    PersonState.DIAJUKAN: "submitted-waiting",
    PersonState.DIKEMBALIKAN: "returned-waiting",
    PersonState.KONFLIK: "conflict",
}


def test_all_windows_close_at_the_receipt_and_the_lock_waits(prefinal: World) -> None:
    received = datetime(2022, 9, 20, 8, 0, 0, 5000, tzinfo=clock.WIB)
    prefinal.cloud.at(received)
    answer = prefinal.post("finalization", BODY, received=received)
    assert answer.status == 200
    assert (answer.json["phase"], answer.json["epoch"]) == ("PRAFINAL", 3)
    assert answer.json["finalized_at"] == "2022-09-20T08:00:00.005000+07:00"
    assert answer.json["locked_at"] is None
    assert not any(window["open"] for window in answer.json["windows"])
    closes = {window: span.closes for window, span in prefinal.stored().windows.items()}
    assert closes.pop(Window.ENTRY) < received, "closed by pre-finalizing: it must not open again"
    assert set(closes.values()) == {received}
    assert prefinal.lock_due(received) == 0
    prefinal.require_consistent()


@pytest.mark.parametrize("state", PersonState)
def test_what_blocks(prefinal: World, state: PersonState) -> None:
    prefinal.listed("cccc", state.value)
    if state not in NO_VERDICT:
        assert prefinal.post("finalization", BODY).status == 200
        return
    with prefinal.nothing_changes():
        answer = prefinal.post("finalization", BODY)
    assert (answer.status, answer.code) == (422, "incomplete")
    (missing,) = answer.json["missing"]
    assert missing["code"] == NO_VERDICT[state]
    assert missing["text"].endswith(": 1")


@pytest.mark.parametrize(
    ("matter", "code"),
    [
        ("correction", "requests-open"),
        ("inactive", "inactive-open"),
        ("thk2", "thk2-unconfirmed"),
        ("usulan", "usulan-open"),
        ("tanggapan", "tanggapan-open"),
        ("keberatan", "keberatan-open"),
        ("files", "files-missing"),
    ],
)
def test_open_matters_of_other_services_block_the_hand_only(prefinal: World, matter: str, code: str) -> None:
    """They arrive as facts; the deadline does not ask."""
    key = {"pk": f"F#{CODE}", "sk": "CNT#m"}
    ungated.insist([dynamodb.update(settings().table, key, add={f"{MATTER}{matter}": 2})])
    with prefinal.nothing_changes():
        answer = prefinal.post("finalization", BODY)
    assert (answer.status, answer.code) == (422, "incomplete")
    (missing,) = answer.json["missing"]
    assert (missing["code"], missing["text"][-3:]) == (code, ": 2")
    assert prefinal.lock_due(CLOSES + timedelta(days=1)) == 1


def test_a_matter_that_is_settled_blocks_no_more(prefinal: World) -> None:
    for shard, n in (("CNT#m", 1), ("CNT#n", -1)):
        key = {"pk": f"F#{CODE}", "sk": shard}
        ungated.insist([dynamodb.update(settings().table, key, add={f"{MATTER}usulan": n})])
    counts = {check["code"]: check["count"] for check in prefinal.get().json["checklist"]}
    assert (counts["usulan-open"], counts["thk2-unconfirmed"]) == (0, None)
    assert prefinal.post("finalization", BODY).status == 200


def test_what_nobody_counts_blocks_nothing_and_goes_on_record(prefinal: World) -> None:
    assert prefinal.post("finalization", BODY).status == 200
    *_, last = audit.read(store.chain(CODE))
    assert last["action"] == "institution.finalized"
    assert audit.open_delta(last, institution=CODE, salt=prefinal.stored().salt) == {
        "uncounted": ["thk2-unconfirmed", "files-missing"]
    }


@pytest.mark.parametrize(
    ("counted", "told", "count"),
    [(False, None, None), (True, None, 0), (False, 0, 0), (True, 3, 3), (False, 3, 3)],
)
def test_a_matter_counts_once_its_service_tells_of_it(counted: bool, told: int | None, count: int | None) -> None:
    matters = {} if told is None else {"usulan": told}
    assert open_matters(Counts({}, matters), "usulan", frozenset({"usulan"} if counted else ())) == count


def test_confirmation_is_needed(prefinal: World) -> None:
    with prefinal.nothing_changes():
        for body in ({}, {"confirm": False}, {"confirm": "yes"}):
            answer = prefinal.post("finalization", body)
            assert (answer.status, answer.json["fields"][0]["field"]) == (422, "confirm")


def test_only_after_prefinalizing(started: World) -> None:
    with started.nothing_changes():
        answer = started.post("finalization", BODY)
    assert (answer.status, answer.code, answer.json["phase"]) == (409, "wrong-phase", "PENGINPUTAN")


def test_twice_before_and_after_the_lock(prefinal: World) -> None:
    assert prefinal.post("finalization", BODY, key="a-key-of-mine").status == 200
    with prefinal.nothing_changes():
        assert prefinal.post("finalization", BODY).code == "window-closed"
        assert prefinal.post("finalization", BODY, key="a-key-of-mine").status == 200
    prefinal.pass_drain()
    assert prefinal.lock_due() == 1
    with prefinal.nothing_changes():
        answer = prefinal.post("finalization", BODY)
        assert prefinal.post("finalization", BODY, key="a-key-of-mine").status == 200
    assert (answer.status, answer.code, answer.json["phase"]) == (409, "wrong-phase", "FINAL")


def test_the_window_decides_by_the_receipt(prefinal: World) -> None:
    with prefinal.nothing_changes():
        assert prefinal.post("finalization", BODY, received=CLOSES).code == "window-closed"
        early = DEFAULT_2022[Window.VERIFICATION].opens - timedelta(milliseconds=1)
        assert prefinal.post("finalization", BODY, received=early).code == "window-not-open"
    assert prefinal.post("finalization", BODY, received=CLOSES - timedelta(milliseconds=1)).status == 200


def test_a_locker_at_work_is_not_disturbed(prefinal: World) -> None:
    """The locker has closed a lane already: nobody moves the windows any more."""
    institution = prefinal.stored()
    ungated.insist([gates.closing_lane(institution, "3", CLOSES)])
    with prefinal.nothing_changes():
        answer = prefinal.post("finalization", BODY, received=CLOSES - timedelta(milliseconds=1))
        assert (answer.status, answer.code) == (409, "wrong-phase")
        assert "sedang dikunci" in answer.json["detail"]
        assert prefinal.extend({"VERIFICATION": CLOSES + timedelta(days=1)}).code == "wrong-phase"


def test_it_needs_no_second_look_at_a_row_that_was_deleted(prefinal: World) -> None:
    prefinal.listed("cccc", "DIAJUKAN", v=1)
    prefinal.listed("cccc", "DIHAPUS", v=2)
    assert prefinal.post("finalization", BODY, received=NOON + timedelta(minutes=1)).status == 200
