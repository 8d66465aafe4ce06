"""Prafinalisasi otomatis: not before the drain of `ENTRY`, once for each of its closes, and only who has somebody."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.finalization import app
from services.finalization.adapters import store
from services.finalization.adapters.due_queue import SPELL
from services.finalization.adapters.institution_items import UNLISTED
from services.finalization.due.send_for import NotSentError
from services.finalization.model.due_message import DueMessage
from services.finalization.model.institution import Institution, Kind, Prefinal
from services.finalization.prefinal.prefinal_due import prefinal_due
from services.finalization.prefinal.prefinalize_as_asked import prefinalize_as_asked
from services.finalization.prefinal.prefinalize_ended import MAX_TRIES, PORTAL, is_due, prefinalize_ended
from services.finalization.settings import settings
from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.events.facts import RosterListed
from services.kernel.problems import Problem
from services.kernel.states import Phase
from services.kernel.writes.calendar import DEFAULT_2022, DRAIN, Span, Window
from tests.finalization.calendar.helpers import closing, deliver, put
from tests.finalization.world import CLOSES, CODE, CONFIRMED, ENTRY_CLOSES, NOON, SHA256, World
from tests.support.aws import queued

T35 = ENTRY_CLOSES + DRAIN
MOMENT = timedelta(milliseconds=1)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
FAILED = {"batchItemFailures": [{"itemIdentifier": "0"}]}


def test_not_one_instant_before_the_drain_is_over(started: World) -> None:
    with started.nothing_changes():
        assert started.prefinal_due(T35 - MOMENT) == 0
        assert prefinalize_ended(CODE, T35 - MOMENT) is False
    assert started.prefinal_due(T35) == 1
    stored = started.stored()
    assert stored.prefinal == portals(1, 2, T35)
    assert stored.phase is Phase.PRAFINAL
    started.require_consistent()


def test_it_closes_nothing_touches_no_lane_and_begins_no_epoch(started: World) -> None:
    before, gate = started.stored(), started.gate()
    assert started.prefinal_due(T35) == 1
    after = started.stored()
    assert (after.epoch, after.windows, after.own) == (before.epoch, before.windows, {})
    assert {name: item for name, item in started.gate().items() if name} == {n: i for n, i in gate.items() if n}
    assert started.gate()[""] == {**gate[""], "phase": "PRAFINAL"}


def test_who_did_it_stands_in_the_audit_trail_and_on_the_page(started: World) -> None:
    started.prefinal_due(T35)
    link = [item for item in started.cloud.items("AuditTable") if item["pk"] == f"finalization#I#{CODE}"][-1]
    assert (link["actor"], link["action"]) == (PORTAL, "institution.prefinalized")
    shown = started.get().json
    assert shown["prefinalized"] == {
        "number": 1,
        "count": 2,
        "at": "2022-10-01T00:00:45+07:00",
        "hash": None,
        "automatic": True,
    }
    assert (shown["phase"], shown["list_at"]) == ("PRAFINAL", None)


def test_one_made_by_hand_is_not_made_again_and_says_so(prefinal: World) -> None:
    assert not {"g2pk", "g2sk"} & prefinal.fin("META")[0].keys()
    with prefinal.nothing_changes():
        assert prefinal.prefinal_due(T35) == 0
        assert prefinalize_ended(CODE, T35) is False
    assert prefinal.get().json["prefinalized"]["automatic"] is False


def test_the_page_says_when_it_will_come(started: World) -> None:
    assert started.get().json["list_at"] == "2022-10-01T00:00:45+07:00"


def test_facts_go_out_as_by_hand(started: World) -> None:
    started.facts()
    started.prefinal_due(T35)
    told = {fact["detail-type"]: fact["detail"] for fact in started.facts()}
    assert (told["institution.prefinalized"]["v"], told["institution.phase_changed"]["phase"]) == (1, "PRAFINAL")


def test_registrations_root_joins_it(started: World) -> None:
    started.prefinal_due(T35)
    started.tell(RosterListed(institution=CODE, v=1, root=SHA256, total=5))
    assert started.stored().prefinal == portals(1, 5, T35, root=SHA256)
    with started.nothing_changes():
        assert started.prefinal_due(T35 + DAY) == 0


@pytest.mark.parametrize("state", ["DRAF", "TERDAFTAR", "KONFLIK"])
def test_one_row_or_draft_is_enough(world: World, state: str) -> None:
    world.open()
    world.listed("aaaa", state)
    assert world.prefinal_due(T35) == 1
    assert world.stored().prefinal == portals(1, int(state == "TERDAFTAR"), T35)


@pytest.mark.parametrize("gone", [None, "DIHAPUS", "PINDAH"])
def test_who_has_nobody_is_left_alone(world: World, gone: str | None) -> None:
    world.open()
    if gone:
        world.listed("aaaa", gone)
    with world.nothing_changes():
        assert world.prefinal_due(T35) == 0
        assert prefinalize_ended(CODE, T35) is False
    world.lock_due(CLOSES + DRAIN)
    assert world.stored().phase is (Phase.FINAL if gone else Phase.TIDAK_MENDATA)


def test_facts_that_come_late_are_found_later(world: World) -> None:
    """The rows are there; word of them reaches finalization only after the first runs."""
    world.open()
    assert world.prefinal_due(T35) == 0
    world.listed("aaaa", "TERDAFTAR")
    assert world.prefinal_due(T35 + MINUTE) == 1
    assert world.stored().prefinal == portals(1, 1, T35 + MINUTE)


def test_who_waits_for_nobody_raises_no_alarm_and_is_found_once_there_is_somebody(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    world.open()
    world.listed("aaaa", "DIHAPUS")
    late = T35 + 10 * MINUTE
    assert prefinal_due(late) == 0
    assert told(capsys) == (0, 0)
    world.listed("aaaa", "DRAF", v=2)
    assert prefinal_due(late) == 1
    assert told(capsys) == (1, 600)
    assert prefinalize_ended(CODE, late) is True


def test_entry_extended_in_flight_wins(started: World) -> None:
    """The portal has read that entry is over; the extension is written before it."""
    started.come_between(lambda: started.extend({"ENTRY": ENTRY_CLOSES + DAY}, received=T35 - MOMENT))
    assert prefinalize_ended(CODE, T35) is False
    stored = started.stored()
    assert (stored.phase, stored.prefinal, stored.epoch) == (Phase.PENGINPUTAN, None, 2)
    started.require_consistent()
    assert started.prefinal_due(ENTRY_CLOSES + DAY + DRAIN - MOMENT) == 0
    assert started.prefinal_due(ENTRY_CLOSES + DAY + DRAIN) == 1


def test_entry_extended_afterwards_keeps_the_phase_and_brings_the_next_list(started: World) -> None:
    started.prefinal_due(T35)
    until = ENTRY_CLOSES + 2 * DAY
    assert started.extend({"ENTRY": until}, received=T35 + MINUTE).status == 201
    shown = started.get().json
    assert (shown["phase"], shown["prefinalized"]["number"]) == ("PRAFINAL", 1)
    assert shown["list_at"] == "2022-10-03T00:00:45+07:00"
    with started.nothing_changes():
        assert started.prefinal_due(until + DRAIN - MOMENT) == 0
    assert started.prefinal_due(until + DRAIN) == 1
    stored = started.stored()
    assert (stored.phase, stored.prefinal) == (Phase.PRAFINAL, portals(2, 2, until + DRAIN, until))
    started.require_consistent()
    assert [fact["detail"]["v"] for fact in started.facts() if fact["detail-type"] == "institution.prefinalized"][
        -1
    ] == 2


def test_also_who_did_it_by_hand_gets_the_next_list(prefinal: World) -> None:
    until = NOON + DAY
    prefinal.extend({"ENTRY": until})
    assert prefinal.prefinal_due(until + DRAIN - MOMENT) == 0
    assert prefinal.prefinal_due(until + DRAIN) == 1
    assert prefinal.stored().prefinal == portals(2, 2, until + DRAIN, until)


def test_other_windows_extended_bring_no_list(started: World) -> None:
    started.prefinal_due(T35)
    started.extend({"VERIFICATION": CLOSES + DAY, "DOSSIER": CLOSES}, received=T35)
    with started.nothing_changes():
        assert started.prefinal_due(T35 + DAY) == 0


def test_a_root_of_the_list_before_says_nothing_about_the_next(started: World) -> None:
    started.prefinal_due(T35)
    started.extend({"ENTRY": ENTRY_CLOSES + DAY}, received=T35)
    started.prefinal_due(T35 + DAY)
    with started.nothing_changes():
        started.tell(RosterListed(institution=CODE, v=1, root=SHA256, total=5))


def test_a_calendar_set_in_the_last_second_is_looked_at_first(started: World) -> None:
    """Word of it still waits in the queue when the portal comes."""
    put(started, closing(ENTRY=ENTRY_CLOSES + DAY), received=ENTRY_CLOSES - timedelta(seconds=1))
    assert started.prefinal_due(T35) == 0
    stored = started.stored()
    assert (stored.phase, stored.calendar_v) == (Phase.PENGINPUTAN, 1)
    started.require_consistent()
    assert started.prefinal_due(T35 + DAY) == 1
    started.require_consistent()


def test_a_calendar_moves_who_was_pre_finalized_by_the_portal_but_not_who_did_it_himself(started: World) -> None:
    started.open("9902")
    started.listed("cccc", "TERDAFTAR", institution="9902")
    started.call("POST", "institutions/9902/prefinalization", {}, institution="9902")
    assert started.prefinal_due(T35) == 1
    put(started, closing(ENTRY=ENTRY_CLOSES + DAY), received=T35 + MINUTE)
    assert deliver(CODE, "9902") == []
    assert started.prefinal_due(T35 + DAY) == 1
    assert [p.number for code in (CODE, "9902") if (p := started.stored(code).prefinal)] == [2, 1]


def test_a_clock_that_was_ahead_does_not_keep_the_next_list_from_being_made(started: World) -> None:
    """The worker's clock ran an hour ahead; then entry is extended by half of that."""
    assert prefinalize_ended(CODE, T35 + timedelta(hours=1)) is True
    until = ENTRY_CLOSES + timedelta(minutes=30)
    started.extend({"ENTRY": until}, received=T35 + MINUTE)
    assert started.prefinal_due(until + DRAIN) == 1
    assert started.stored().prefinal == portals(2, 2, until + DRAIN, until)


def test_doubled_and_late_runs_do_nothing_more(started: World) -> None:
    assert started.prefinal_due(T35 + 3 * MINUTE) == 1
    with started.nothing_changes():
        assert prefinalize_ended(CODE, T35 + 3 * MINUTE) is False
        assert started.prefinal_due(T35 + 4 * MINUTE) == 0
    assert store.unlisted(T35 + DAY) == []


def test_two_runs_at_once_make_one_list(started: World) -> None:
    started.come_between(lambda: prefinalize_ended(CODE, T35))
    assert prefinalize_ended(CODE, T35) is False
    assert started.stored().prefinal == portals(1, 2, T35)
    started.require_consistent()


def test_by_hand_at_the_same_moment_makes_one_list(started: World) -> None:
    """The admin pressed in the last second; the portal has read the institution before."""
    received = ENTRY_CLOSES - MOMENT
    started.come_between(lambda: started.post("prefinalization", {}, received=received))
    assert prefinalize_ended(CODE, T35) is False
    assert started.stored().prefinal == Prefinal(1, 2, received, entry=received)
    started.require_consistent()


def test_the_hand_that_comes_after_it_hears_where_the_institution_stands(started: World) -> None:
    shown = started.get().json["v"]
    started.come_between(lambda: prefinalize_ended(CODE, T35))
    answer = started.post("prefinalization", {"v": shown}, received=T35 - MOMENT)
    assert (answer.status, answer.code) == (409, "version-moved")
    assert started.post("prefinalization", {}, received=T35).code == "wrong-phase"
    assert started.stored().prefinal == portals(1, 2, T35)


@pytest.mark.parametrize("times", [1, MAX_TRIES - 1, MAX_TRIES])
def test_whoever_changes_it_meanwhile_is_waited_for(started: World, times: int) -> None:
    def change(left: int) -> Callable[[], None]:
        def rename() -> None:
            started.open(name=f"Nama {left}")
            if left > 1:
                started.come_between(change(left - 1))

        return rename

    started.come_between(change(times))
    if times < MAX_TRIES:
        assert prefinalize_ended(CODE, T35) is True
    else:
        with pytest.raises(Problem, match="version-moved"):
            prefinalize_ended(CODE, T35)
    started.require_consistent()


def test_an_extension_in_flight_waits_for_it_and_holds_all_the_same(started: World) -> None:
    started.come_between(lambda: prefinalize_ended(CODE, T35))
    assert started.extend({"ENTRY": ENTRY_CLOSES + DAY}, received=T35).code == "version-moved"
    assert started.extend({"ENTRY": ENTRY_CLOSES + DAY}, received=T35).status == 201
    assert started.prefinal_due(T35 + DAY) == 1
    assert started.stored().prefinal == portals(2, 2, T35 + DAY, ENTRY_CLOSES + DAY)


def test_the_lock_comes_first_where_everything_is_over(started: World) -> None:
    """Every run was missed until the last close: there is no uji publik any more."""
    assert started.prefinal_due(CLOSES) == 0
    assert started.prefinal_due(CLOSES + DRAIN) == 0
    assert started.lock_due(CLOSES + DRAIN) == 1
    assert started.stored().phase is Phase.FINAL
    assert store.unlisted(CLOSES + DAY) == []


def test_where_entry_closes_last_of_all_there_is_only_the_lock(started: World) -> None:
    started.extend({"ENTRY": CLOSES}, received=NOON)
    assert started.get().json["list_at"] is None
    assert started.prefinal_due(CLOSES + DRAIN) == 0
    assert started.lock_due(CLOSES + DRAIN) == 1


def test_finalizing_while_entry_is_open_again_makes_no_list_on_the_way(prefinal: World) -> None:
    prefinal.extend({"ENTRY": NOON + DAY})
    prefinal.post("finalization", CONFIRMED, received=NOON + MINUTE)
    due = prefinal.stored().last_close + DRAIN
    assert prefinal.prefinal_due(due) == 0
    assert prefinal.lock_due(due) == 1


def test_a_lock_meanwhile_wins(started: World) -> None:
    """Pre-finalizing was asked for in time and is worked on much too late."""
    started.come_between(lambda: started.lock_due(CLOSES + DRAIN))
    assert prefinalize_ended(CODE, CLOSES - MOMENT) is False
    assert started.stored().phase is Phase.FINAL
    started.require_consistent()


def test_reopened_without_ever_having_been_listed_it_is_listed(started: World) -> None:
    started.lock_due(CLOSES + DRAIN)
    started.roster_sealed()
    later = CLOSES + DAY
    assert started.reopen(later + 9 * DAY, received=later).status == 200
    assert started.prefinal_due(later + MINUTE) == 1
    assert started.stored().prefinal == portals(1, 2, later + MINUTE)
    started.require_consistent()


def test_reopened_with_its_list_it_keeps_it_until_entry_is_opened_too(sealed: World) -> None:
    later = CLOSES + DAY
    days = {"ENTRY": 5, "CORRECTION": 9, "VERIFICATION": 9}
    windows = {name: (later + after * DAY).isoformat() for name, after in days.items()}
    assert sealed.reopen(later + 9 * DAY, received=later, windows=windows).status == 200
    assert sealed.prefinal_due(later + MINUTE) == 0
    assert sealed.prefinal_due(later + 5 * DAY + DRAIN) == 1
    assert sealed.stored().prefinal == portals(2, 2, later + 5 * DAY + DRAIN, later + 5 * DAY)


def test_an_index_that_lags_decides_nothing(started: World) -> None:
    started.extend({"ENTRY": ENTRY_CLOSES + DAY})
    item = {**started.fin("META")[0], "g2sk": clock.millis(ENTRY_CLOSES)}
    dynamodb.transact([dynamodb.put(settings().table, item)])
    assert [one.code for one in store.unlisted(T35 - DRAIN)] == [CODE]
    with started.nothing_changes():
        assert started.prefinal_due(T35) == 0


def test_one_that_cannot_be_read_stops_nobody_else_and_not_its_own_lock(started: World) -> None:
    item = {"pk": "F#9900", "sk": "META", "g2pk": UNLISTED, "g2sk": clock.millis(ENTRY_CLOSES)}
    dynamodb.transact([dynamodb.put(settings().table, item)])
    prefinal_due(T35)
    started.cloud.at(T35)
    messages = started.sent_for(settings().prefinals_queue)
    failed = {one.institution for one in messages if app.prefinalize(queued([body(one)]), None) == FAILED}
    assert failed == {"9900"}
    assert started.stored().phase is Phase.PRAFINAL
    lock_due_of = started.fin("META")[0]
    assert (lock_due_of["g1pk"], lock_due_of["g1sk"]) == ("DUE", clock.millis(CLOSES)), "the lock has its own index"


def test_what_waits_is_not_sent_for_every_minute(started: World) -> None:
    spell = SPELL - T35.timestamp() % SPELL.total_seconds() * timedelta(seconds=1)
    assert [prefinal_due(T35) for _ in range(3)] == [1, 1, 1]
    prefinal_due(T35 + spell - MOMENT)
    assert len(started.sent_for(settings().prefinals_queue)) == 1
    prefinal_due(T35 + spell)
    assert len(started.sent_for(settings().prefinals_queue)) == 1


def test_a_message_goes_by_the_clock_that_found_it_due(started: World) -> None:
    message = DueMessage(institution=CODE, at=T35)
    assert prefinalize_as_asked(message, T35 - MOMENT) is True
    with started.nothing_changes():
        assert prefinalize_as_asked(message, T35 + DAY) is False


def test_how_late_it_is_is_told_every_minute(started: World, capsys: pytest.CaptureFixture[str]) -> None:
    for minutes, overdue, oldest in [(-1, 0, 0), (0, 0, 0), (3, 0, 180), (4, 1, 240)]:
        prefinal_due(T35 + minutes * MINUTE)
        assert told(capsys) == (overdue, oldest)
    started.prefinal_due(T35 + 5 * MINUTE)
    capsys.readouterr()
    prefinal_due(T35 + 6 * MINUTE)
    assert told(capsys) == (0, 0)


def test_a_queue_that_is_gone_is_told(started: World) -> None:
    with started.queues_refuse(), pytest.raises(NotSentError, match="1 of 1"):
        prefinal_due(T35)
    assert started.prefinal_due(T35) == 1


def test_the_schedule_goes_by_the_kernel_clock(started: World) -> None:
    started.cloud.at(T35 - MINUTE)
    app.prefinal_due(EVENT, None)
    assert started.sent_for(settings().prefinals_queue) == []
    started.cloud.at(T35)
    app.prefinal_due(EVENT, None)
    (message,) = started.sent_for(settings().prefinals_queue)
    assert app.prefinalize(queued([body(message)]), None) == {"batchItemFailures": []}
    assert started.stored().phase is Phase.PRAFINAL


INSTANTS = st.integers(0, 6).map(lambda hours: NOON + timedelta(hours=hours))


@given(
    entry=INSTANTS,
    last=INSTANTS,
    listed=st.none() | INSTANTS,
    phase=st.sampled_from(Phase),
    locked=st.booleans(),
    now=INSTANTS,
)
def test_the_rule(
    entry: datetime, last: datetime, listed: datetime | None, phase: Phase, locked: bool, now: datetime
) -> None:
    """domain.md, section 3: entered and not locked, entry over and something else still open, no list since."""
    windows = {**DEFAULT_2022, **dict.fromkeys(Window, Span(NOON - DAY, last)), Window.ENTRY: Span(NOON - DAY, entry)}
    institution = Institution(
        code=CODE,
        title="",
        kind=Kind.KOTA,
        size=1,
        ppk=None,
        windows=windows,
        lanes=1,
        import_lanes=1,
        salt=b"",
        changed_at=NOON,
        phase=phase,
        prefinal=Prefinal(1, 1, NOON, entry=listed) if listed else None,
        locked_at=last if locked else None,
    )
    entered = phase in {Phase.PENGINPUTAN, Phase.PRAFINAL} and not locked
    stands = listed is not None and listed >= entry
    assert is_due(institution, now) == (entered and not stands and entry + DRAIN <= now < max(entry, last))


def portals(number: int, count: int, at: datetime, entry: datetime = ENTRY_CLOSES, root: str | None = None) -> Prefinal:
    """A list that the portal made for the close of entry."""
    return Prefinal(number, count, at, root, entry, automatic=True)


EVENT = {
    "account": "1",
    "region": "r",
    "detail": {},
    "detail-type": "Scheduled Event",
    "source": "aws.events",
    "time": "2022-09-30T17:00:35Z",
    "id": "1",
    "resources": [],
    "version": "0",
}


def body(message: DueMessage) -> dict[str, Any]:
    return message.model_dump(mode="json")


def told(capsys: pytest.CaptureFixture[str]) -> tuple[float, float]:
    """The figures of the last run: institutions overdue, and how long the oldest has been due."""
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if "PrefinalOverdue" in line]
    (figures,) = lines
    assert (figures["service"], figures["stage"]) == ("finalization", "test")
    return figures["PrefinalOverdue"][0], figures["OldestPrefinalSeconds"][0]
