"""BKN opens a finalized round again: lanes open under a new epoch; old seal and statement count no more but stay."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from services.finalization.adapters import store
from services.finalization.model.institution import Own
from services.kernel import clock
from services.kernel.audit import chain as audit
from services.kernel.problems import Problem
from services.kernel.security import privacy
from services.kernel.states import Phase
from services.kernel.writes import gate
from services.kernel.writes.calendar import DEFAULT_2022, Window
from services.kernel.writes.gate import GatedWrite, MovedPerson
from tests.finalization.calendar.helpers import closing, deliver, put
from tests.finalization.world import ACCEPT, CLOSES, CODE, CONFIRMED, NOON, World

DAY = timedelta(days=1)
UNTIL = datetime(2022, 11, 20, 17, tzinfo=clock.WIB)


def write(world: World, received: datetime, n: int = 1) -> None:
    """A gated write as any service makes it."""
    salt = b"s" * privacy.SALT_BYTES
    event = audit.Event("tester", "test.write", received, {})
    link = audit.link(f"test#{n}", 1, audit.GENESIS, event, institution=CODE, salt=salt)
    round_ = gate.read_round(CODE)
    gate.commit(GatedWrite(round_, Window.CORRECTION, received, [MovedPerson([], {}, link)]))
    assert world.stored().epoch == round_.epoch


def test_a_sealed_round_opens_again(sealed: World) -> None:
    before = sealed.stored()
    answer = sealed.reopen(UNTIL)
    assert answer.status == 200
    shown = answer.json
    assert (shown["phase"], shown["epoch"]) == ("PRAFINAL", before.epoch + 1)
    assert (shown["finalized_at"], shown["locked_at"], shown["seal"]) == (None, None, None)
    assert shown["lock_at"] == "2022-11-20T17:00:45+07:00"
    assert {window["name"]: window["open"] for window in shown["windows"]} == {
        "ENTRY": False,
        "DOSSIER": False,
        "CORRECTION": True,
        "VERIFICATION": True,
    }
    (reopening,) = shown["reopenings"]
    assert (reopening["number"], reopening["epoch"]) == (1, before.epoch + 1)
    assert reopening["letter"] == {"number": "800/77/2022", "date": "2022-08-31", "file": None}
    assert reopening["reason"] == "Ada nama yang terlewat."
    assert [(seal["epoch"], seal["void"]) for seal in shown["seals"]] == [(before.epoch, True)]
    after = sealed.stored()
    assert (after.lanes, after.import_lanes) == (before.lanes, before.import_lanes), "lanes never change in a round"
    assert after.own == {
        Window.ENTRY: Own.CUT,
        Window.DOSSIER: Own.CUT,
        Window.CORRECTION: Own.SET,
        Window.VERIFICATION: Own.SET,
    }
    assert sealed.fin("META")[0]["g1pk"] == "DUE"
    assert "terlewat" not in str(sealed.fin("REOPEN#")), "a reason is kept sealed"
    sealed.require_consistent()


def test_writes_work_again_until_the_new_close(sealed: World) -> None:
    with pytest.raises(Problem, match="window-closed"):
        write(sealed, clock.now())
    sealed.reopen(UNTIL)
    write(sealed, clock.now())
    write(sealed, UNTIL - timedelta(milliseconds=1), 2)
    with pytest.raises(Problem, match="window-closed"):
        write(sealed, UNTIL, 3)


def test_lock_and_seal_under_the_new_epoch(sealed: World) -> None:
    sealed.reopen(UNTIL)
    sealed.pass_drain()
    assert sealed.lock_due() == 1
    sealed.require_consistent()
    assert sealed.roster_sealed(total=3) == []
    stored = sealed.stored()
    assert (stored.phase, stored.epoch) == (Phase.FINAL, 4)
    assert stored.seal is not None
    assert (stored.seal.epoch, stored.seal.count) == (4, 3)
    assert [lock["sk"] for lock in sealed.fin("LOCK#")] == ["LOCK#3", "LOCK#4"]
    assert [seal["sk"] for seal in sealed.fin("SEAL#")] == ["SEAL#3", "SEAL#4"]
    shown = sealed.get().json
    assert [(seal["epoch"], seal["void"]) for seal in shown["seals"]] == [(3, True), (4, False)]
    assert shown["sptjm"]["number"] == "SPTJM-9901-4"


def test_word_of_the_old_seal_that_comes_late_changes_nothing(prefinal: World) -> None:
    """Final, but not sealed yet: registration is still at it when the round is opened again."""
    prefinal.post("finalization", CONFIRMED)
    prefinal.pass_drain()
    prefinal.lock_due()
    assert prefinal.reopen(UNTIL).status == 200
    with prefinal.nothing_changes():
        assert prefinal.roster_sealed(v=3) == []


def test_a_locker_of_the_old_epoch_changes_nothing(sealed: World) -> None:
    sealed.reopen(UNTIL)
    with sealed.nothing_changes():
        assert sealed.lock_due(CLOSES + DAY) == 0


def test_the_accepted_statement_is_void_and_says_so(handed_in: World) -> None:
    handed_in.decide(ACCEPT)
    assert handed_in.stored().phase is Phase.SPTJM_DITERIMA
    shown = handed_in.reopen(UNTIL).json
    assert shown["phase"] == "PRAFINAL"
    assert (shown["sptjm"]["state"], shown["sptjm"]["reason"]) == ("BATAL", "Ada nama yang terlewat.")
    (upload,) = shown["sptjm"]["history"]
    assert (upload["state"], upload["epoch"]) == ("BATAL", 3)
    assert handed_in.hand_in(handed_in.uploaded(2)).code == "wrong-phase"
    assert handed_in.get("seal").code == "not-found"


def test_the_new_seal_wants_a_new_statement(handed_in: World) -> None:
    handed_in.decide(ACCEPT)
    handed_in.reopen(UNTIL)
    handed_in.pass_drain()
    handed_in.lock_due()
    handed_in.roster_sealed()
    assert handed_in.stored().sptjm.state.value == "BELUM"
    handed_in.get("sptjm/document")
    assert handed_in.hand_in(handed_in.uploaded(2)).status == 200
    assert handed_in.decide(ACCEPT).json["phase"] == "SPTJM_DITERIMA"


def test_the_facts_tell_phase_and_epoch(sealed: World) -> None:
    sealed.facts()
    sealed.reopen(UNTIL)
    facts = [(fact["detail-type"], fact["detail"]) for fact in sealed.facts()]
    ((name, detail),) = facts
    assert (name, detail["phase"], detail["epoch"]) == ("institution.phase_changed", "PRAFINAL", 4)
    assert datetime.fromisoformat(detail["correction_closes"]) == UNTIL
    sealed.pass_drain()
    sealed.lock_due()
    assert [fact["detail"]["v"] for fact in sealed.facts() if fact["detail-type"] == "institution.locked"] == [4]


@pytest.mark.parametrize(
    "windows",
    [
        {},
        {"VERIFICATION": UNTIL.isoformat()},
        {"CORRECTION": UNTIL.isoformat(), "ENTRY": UNTIL.isoformat()},
    ],
)
def test_corrections_and_the_last_check_open_together(sealed: World, windows: dict[str, str]) -> None:
    with sealed.nothing_changes():
        answer = sealed.reopen(UNTIL, windows=windows)
    assert [(each["field"], each["code"]) for each in answer.json["fields"]] == [("windows", "missing")]


def test_entry_too(sealed: World) -> None:
    windows = dict.fromkeys(("ENTRY", "CORRECTION", "VERIFICATION"), UNTIL.isoformat())
    assert sealed.reopen(UNTIL, windows=windows).status == 200
    gate.read_round(CODE).require(Window.ENTRY, UNTIL - timedelta(milliseconds=1))


@pytest.mark.parametrize(
    ("changed", "field", "code"),
    [
        ({"windows": {"CORRECTION": "2022-11-21T17:00:00+07:00", "VERIFICATION": UNTIL.isoformat()}},
         "windows.CORRECTION", "after-verification"),
        ({"windows": {"CORRECTION": UNTIL.isoformat(), "VERIFICATION": "2022-11-20T17:00:00"}},
         "windows.VERIFICATION", "timezone-aware"),
        ({"windows": {"SPTJM": UNTIL.isoformat(), "VERIFICATION": UNTIL.isoformat()}}, "windows.SPTJM.[key]", "enum"),
        ({"letter": {"number": "1"}}, "letter.date", "missing"),
        ({"letter": {"number": "1", "date": "2022-09-02"}}, "letter.date", "in-the-future"),
        ({"letter": {"number": "1", "date": "2022-08-31", "file": f"I{CODE}.SPTJM.1"}}, "letter.file", "not-letter"),
        ({"reason": " "}, "reason", "string-too-short"),
    ],
)  # fmt: skip
def test_what_is_missing_or_malformed(sealed: World, changed: dict[str, Any], field: str, code: str) -> None:
    with sealed.nothing_changes():
        answer = sealed.reopen(UNTIL, received=NOON, **changed)
    assert (answer.status, answer.code) == (422, "invalid-fields")
    assert [(each["field"], each["code"]) for each in answer.json["fields"]] == [(field, code)]


def test_later_than_now_to_the_millisecond(sealed: World) -> None:
    with sealed.nothing_changes():
        answer = sealed.reopen(UNTIL, received=UNTIL)
    assert {each["code"] for each in answer.json["fields"]} == {"in-the-past"}
    assert sealed.reopen(UNTIL, received=UNTIL - timedelta(milliseconds=1)).status == 200


def test_only_what_is_final(started: World) -> None:
    """Before the lock there is nothing to open; who never started has nothing to open either."""
    with started.nothing_changes():
        assert (started.reopen(UNTIL).status, started.reopen(UNTIL).code) == (409, "wrong-phase")
    started.open("9902")
    started.lock_due(CLOSES + DAY)
    assert started.stored("9902").phase is Phase.TIDAK_MENDATA
    body = {
        "windows": dict.fromkeys(("CORRECTION", "VERIFICATION"), UNTIL.isoformat()),
        "letter": {"number": "1", "date": "2022-08-31"},
        "reason": "Contoh",
    }
    assert started.call("POST", "institutions/9902/reopening", body, role="bkn").code == "wrong-phase"
    assert started.reopen(UNTIL).status == 200, "locked by the deadline without a pre-final list"
    assert started.get().json["prefinalized"] is None
    started.require_consistent()


def test_twice_and_its_retry(sealed: World) -> None:
    assert sealed.reopen(UNTIL, key="a-key-of-bkn").status == 200
    with sealed.nothing_changes():
        assert sealed.reopen(UNTIL).code == "wrong-phase"
        assert sealed.reopen(UNTIL, key="a-key-of-bkn").status == 200


def test_whoever_saw_another_version_is_refused(sealed: World) -> None:
    with sealed.nothing_changes():
        assert sealed.reopen(UNTIL, v=sealed.stored().v - 1).code == "version-moved"
    sealed.come_between(lambda: sealed.open(name="Nama Baru"))
    assert sealed.reopen(UNTIL).code == "version-moved"


def test_it_can_be_finalized_by_hand_again(sealed: World) -> None:
    sealed.reopen(UNTIL)
    assert sealed.post("finalization", CONFIRMED).status == 200
    sealed.pass_drain()
    assert sealed.lock_due() == 1
    assert store.load(CODE).phase is Phase.FINAL


def test_a_calendar_does_not_open_what_the_reopening_left_closed(sealed: World) -> None:
    sealed.reopen(UNTIL)
    windows = sealed.stored().windows
    put(sealed, closing(VERIFICATION=CLOSES + DAY, DOSSIER=CLOSES + DAY, ENTRY=CLOSES + DAY))
    assert deliver(CODE) == []
    assert sealed.stored().windows == windows
    assert windows[Window.DOSSIER].closes < DEFAULT_2022[Window.DOSSIER].closes


SOON = datetime(2022, 9, 20, 17, tzinfo=clock.WIB)
"""Long before the calendar's own closes: a list that was finalized by hand is opened for some days."""


def test_a_reopening_ends_at_its_own_instant_whatever_calendar_comes(sealed: World) -> None:
    sealed.reopen(SOON)
    windows = sealed.stored().windows
    put(sealed, closing(ENTRY=DEFAULT_2022[Window.ENTRY].closes + DAY))
    deliver(CODE)
    assert sealed.stored().windows == windows
    with pytest.raises(Problem, match="window-closed"):
        write(sealed, SOON)
    sealed.pass_drain()
    assert sealed.lock_due() == 1
    assert sealed.stored().windows == windows


def test_a_calendar_set_while_it_was_sealed_does_not_open_it_at_the_lock(sealed: World) -> None:
    put(sealed, closing(VERIFICATION=CLOSES + DAY))
    assert deliver(CODE) == []
    sealed.reopen(SOON)
    windows = sealed.stored().windows
    sealed.pass_drain()
    assert sealed.lock_due() == 1
    stored = sealed.stored()
    assert (stored.windows, stored.phase) == (windows, Phase.FINAL)
    sealed.require_consistent()
