"""The gate on moto: what commits, what is refused, and what the refusal says."""

import json
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import hypothesis
import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from services.kernel import clock, metrics
from services.kernel.audit import chain as audit
from services.kernel.audit.chain import Event, Link
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Busy, Cancelled, Operation, Reason
from services.kernel.metrics import Metric
from services.kernel.problems import Code, Problem
from services.kernel.settings import settings
from services.kernel.states import Phase
from services.kernel.writes import gate, patience
from services.kernel.writes.calendar import DEFAULT_2022, Round, Span, Window
from services.kernel.writes.gate import ConditionLost, GatedWrite, MovedPerson, OwnLane
from tests.support.aws import Cloud
from tests.support.gates import IMPORT_LANES, LANES, close_lanes, open_gate

INSTITUTION = "9901"
SALT = b"0123456789abcdef"
CLOSES = DEFAULT_2022[Window.DOSSIER].closes
IN_TIME = CLOSES - timedelta(milliseconds=1)


@pytest.fixture
def round_(here: Cloud) -> Round:
    here.at(IN_TIME)
    return open_gate(INSTITUTION)


def put(number: int = 1) -> Operation:
    item = {"pk": f"P#{number}", "sk": "@", "v": 1}
    return dynamodb.put(settings().table, item, when=Attr("pk").not_exists(), label="record")


def link(number: int = 1, received: datetime = IN_TIME) -> Link:
    event = Event("tester", "test", received, {})
    return audit.link(audit.person_chain("p"), number, "", event, institution=INSTITUTION, salt=SALT)


def write(
    round_: Round, received: datetime = IN_TIME, *, number: int = 1, window: Window = Window.DOSSIER
) -> GatedWrite:
    return GatedWrite(round_, window, received, [MovedPerson([put(number)], {"n": 1}, link(number, received))])


def own_lane(name: str) -> OwnLane:
    key = {"pk": f"C#{INSTITUTION}#{name}", "sk": "@"}
    return OwnLane(name, link(), lambda sums: dynamodb.update(settings().table, key, values={"head": "h"}, add=sums))


def stored(number: int = 1) -> bool:
    return dynamodb.get(settings().table, {"pk": f"P#{number}", "sk": "@"}) is not None


def counted() -> int:
    keys = [{"pk": f"C#{INSTITUTION}#{lane}", "sk": "@"} for lane in range(LANES)]
    return sum(item["n"] for item in dynamodb.get_together(settings().table, keys) if item)


def audited() -> int:
    return len(list(dynamodb.query_all(settings().audit_table, dynamodb.KeyPart("pk").eq("registration#P#p"))))


def test_a_write_received_a_millisecond_before_the_end_commits_data_counter_and_audit_link(round_: Round) -> None:
    gate.commit(write(round_))
    assert (stored(), counted(), audited()) == (True, 1, 1)


def test_the_instant_of_receipt_decides_not_that_of_the_commit(round_: Round, here: Cloud) -> None:
    here.at(CLOSES + timedelta(seconds=20))
    gate.commit(write(round_))
    assert stored()


@pytest.mark.parametrize("window", list(Window))
def test_each_window_closes_at_its_own_instant(round_: Round, window: Window) -> None:
    closes = DEFAULT_2022[window].closes
    gate.commit(write(round_, closes - timedelta(milliseconds=1), window=window))
    with pytest.raises(Problem) as refused:
        gate.commit(write(round_, closes, number=2, window=window))
    assert refused.value.code is Code.WINDOW_CLOSED
    assert refused.value.extra["closed_at"] == closes.isoformat()
    assert not stored(2)


def test_the_lane_refuses_even_when_the_round_was_read_before_the_window_was_cut(round_: Round) -> None:
    earlier = {**DEFAULT_2022, Window.DOSSIER: Span(DEFAULT_2022[Window.DOSSIER].opens, IN_TIME)}
    open_gate(INSTITUTION, windows=earlier)
    with pytest.raises(Problem) as refused:
        gate.commit(write(round_))
    assert refused.value.code is Code.WINDOW_CLOSED
    assert (stored(), counted(), audited()) == (False, 0, 0)


def test_nothing_commits_before_the_window_opens(round_: Round) -> None:
    opens = DEFAULT_2022[Window.DOSSIER].opens
    gate.commit(write(round_, opens))
    with pytest.raises(Problem) as refused:
        gate.commit(write(round_, opens - timedelta(milliseconds=1), number=2))
    assert refused.value.code is Code.WINDOW_NOT_OPEN


def test_nothing_commits_once_the_lanes_are_closed(round_: Round) -> None:
    close_lanes(INSTITUTION)
    with pytest.raises(Problem) as refused:
        gate.commit(write(round_))
    assert refused.value.code is Code.WINDOW_CLOSED
    assert not stored()


def test_a_request_in_flight_over_a_new_epoch_is_carried_through(round_: Round) -> None:
    open_gate(INSTITUTION, epoch=2, phase=Phase.PRAFINAL)
    gate.commit(write(round_))
    assert stored()


def test_a_request_in_flight_is_carried_through_also_when_meta_is_behind_the_lanes(round_: Round) -> None:
    meta = dynamodb.get(settings().gate_table, {"pk": f"G#{INSTITUTION}"})
    assert meta is not None
    open_gate(INSTITUTION, epoch=2, phase=Phase.PRAFINAL)
    dynamodb.transact([dynamodb.put(settings().gate_table, meta)])
    gate.commit(write(round_))
    assert stored()


def test_a_limit_of_the_callers_own_is_asked_again_with_every_round_the_write_meets(round_: Round) -> None:
    asked: list[tuple[int, datetime]] = []

    def remember(now: Round, received: datetime) -> None:
        asked.append((now.epoch, received))

    open_gate(INSTITUTION, epoch=2, phase=Phase.PRAFINAL)
    gate.commit(replace(write(round_), require=remember))
    assert asked == [(1, IN_TIME), (2, IN_TIME)]
    assert stored()


@pytest.mark.parametrize("epoch", [1, 2])
def test_what_a_limit_of_the_callers_own_refuses_does_not_commit(round_: Round, epoch: int) -> None:
    def refuse(now: Round, _: datetime) -> None:
        if now.epoch == epoch:
            raise Problem(Code.RETURN_TOO_LATE)

    open_gate(INSTITUTION, epoch=2, phase=Phase.PRAFINAL)
    with pytest.raises(Problem) as refused:
        gate.commit(replace(write(round_), require=refuse))
    assert refused.value.code is Code.RETURN_TOO_LATE
    assert (stored(), counted(), audited()) == (False, 0, 0)


def test_a_request_in_flight_over_an_early_end_is_refused(round_: Round) -> None:
    ended = {window: Span(span.opens, IN_TIME - timedelta(seconds=1)) for window, span in DEFAULT_2022.items()}
    open_gate(INSTITUTION, epoch=2, windows=ended)
    with pytest.raises(Problem) as refused:
        gate.commit(write(round_))
    assert refused.value.code is Code.WINDOW_CLOSED


def test_a_lost_condition_names_the_callers_operation_and_what_was_there(round_: Round) -> None:
    gate.commit(write(round_))
    again = write(round_, number=1)
    with pytest.raises(ConditionLost) as lost:
        gate.commit(again)
    was = lost.value.failed["record"]
    assert was is not None
    assert was["pk"] == "P#1"
    assert counted() == 1


def test_a_forked_audit_chain_is_a_moved_version(round_: Round) -> None:
    gate.commit(write(round_))
    other = dynamodb.put(settings().table, {"pk": "P#other", "sk": "@", "v": 1})
    with pytest.raises(Problem) as refused:
        gate.commit(GatedWrite(round_, Window.DOSSIER, IN_TIME, [MovedPerson([other], {}, link())]))
    assert refused.value.code is Code.VERSION_MOVED


def test_a_cancellation_that_is_no_condition_is_not_told_as_a_closed_window(
    round_: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: object) -> None:
        raise Cancelled([Reason("", "None", None), Reason("record", "ValidationError", None)])

    wanted = write(round_)
    monkeypatch.setattr(dynamodb, "transact", refuse)
    with pytest.raises(Cancelled):
        gate.commit(wanted)


def test_counters_move_by_the_sum_of_the_people_and_a_version_for_each(round_: Round) -> None:
    here = MovedPerson([put(1)], {"n": 1, "st_TERDAFTAR": 1}, link(1))
    there = MovedPerson([put(2)], {"st_DRAF": -1, "st_TERDAFTAR": 1}, link(2))
    gate.commit(GatedWrite(replace(round_, lanes=1), Window.DOSSIER, IN_TIME, [here, there]))
    key = {"pk": f"C#{INSTITUTION}#0", "sk": "@"}
    counter = dynamodb.get(settings().table, key)
    assert counter == {**key, "w": 2, "n": 1, "st_TERDAFTAR": 2, "st_DRAF": -1}
    assert (stored(1), stored(2), audited()) == (True, True, 2)


def test_an_import_brings_its_own_lane_and_counter(round_: Round) -> None:
    lane = f"{gate.IMPORT_LANE}{IMPORT_LANES - 1}"
    people = [MovedPerson([put()], {"n": 1}, None), MovedPerson([], {"n": 1, "st_DRAF": 1}, None)]
    gate.commit(GatedWrite(round_, Window.ENTRY, DEFAULT_2022[Window.ENTRY].opens, people, own_lane(lane)))
    key = {"pk": f"C#{INSTITUTION}#{lane}", "sk": "@"}
    assert dynamodb.get(settings().table, key) == {**key, "head": "h", "w": 2, "n": 2, "st_DRAF": 1}
    assert (stored(), audited()) == (True, 1)


def test_an_institution_without_a_round_is_not_found(here: Cloud) -> None:
    here.at(IN_TIME)
    with pytest.raises(Problem) as refused:
        gate.read_round("9999")
    assert refused.value.code is Code.NOT_FOUND


def test_wib_text_stands_in_the_refusal(round_: Round) -> None:
    with pytest.raises(Problem) as refused:
        gate.commit(write(round_, CLOSES))
    assert refused.value.detail is not None
    assert clock.wib(CLOSES) in refused.value.detail


class Held:
    """DynamoDB as it is under load: it refuses as it is told, call by call, and keeps what it was asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *answers: Exception | None) -> None:
        self.lanes: list[str] = []
        self.pauses: list[float] = []
        self._answers = iter(answers)
        monkeypatch.setattr(dynamodb, "transact", self._transact)
        monkeypatch.setattr(time, "sleep", self.pauses.append)

    def _transact(self, operations: Sequence[Operation]) -> None:
        self.lanes.append(operations[0].request["ConditionCheck"]["Key"]["pk"]["S"].rpartition("#")[2])
        answer = next(self._answers)
        if answer is not None:
            raise answer


BUSY = [Busy(), Cancelled([Reason("", "None", None), Reason("record", "TransactionConflict", None)])]
"""The two ways in which DynamoDB says that somebody holds an item."""


@hypothesis.settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(conflicts=st.lists(st.sampled_from(BUSY), max_size=9), lanes=st.sampled_from([1, 2, 8, 32, 64]))
def test_eight_tries_each_on_another_lane_after_a_pause_under_its_ceiling(
    round_: Round, monkeypatch: pytest.MonkeyPatch, conflicts: list[Exception], lanes: int
) -> None:
    wanted = write(replace(round_, lanes=lanes))
    with monkeypatch.context() as patched:
        held = Held(patched, *conflicts, None)
        if len(conflicts) < gate.MAX_TRIES:
            gate.commit(wanted)
        else:
            with pytest.raises(Problem) as refused:
                gate.commit(wanted)
            assert (refused.value.code, refused.value.status, refused.value.retry_after) == (Code.TRY_AGAIN, 503, 1)
    tries = min(len(conflicts) + 1, 8)
    assert len(held.lanes) == tries
    assert {int(lane) for lane in held.lanes} <= set(range(lanes))
    assert lanes == 1 or all(one != other for one, other in pairwise(held.lanes))
    ceilings = [0.01, 0.02, 0.04, 0.08, 0.16, 0.2, 0.2]
    assert len(held.pauses) == tries - 1
    assert all(0 <= pause <= most for pause, most in zip(held.pauses, ceilings, strict=False))


def test_pauses_are_drawn_from_the_whole_of_their_span(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[float] = []
    monkeypatch.setattr(time, "sleep", drawn.append)
    for _ in range(300):
        patience.pause(3)
    assert min(drawn) < 0.01
    assert max(drawn) > 0.07


def test_an_import_keeps_its_lane(round_: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = replace(write(round_), lane=own_lane("i0"))
    held = Held(monkeypatch, *BUSY, None)
    gate.commit(wanted)
    assert held.lanes == ["i0"] * 3


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """The figures of the one write before, and what they are counted by."""
    (line,) = [json.loads(line) for line in capsys.readouterr().out.splitlines() if '"Gate' in line]
    (about,) = line["_aws"]["CloudWatchMetrics"]
    assert about["Namespace"] == "Pendataan"
    assert sorted(map(sorted, about["Dimensions"])) == [["service", "stage"], ["service", "stage", "window"]]
    names = {metric["Name"] for metric in about["Metrics"]}
    assert line.keys() == names | {"_aws", "service", "stage", "window"}, "nothing else is told, about nobody"
    assert (line["service"], line["stage"], line["window"]) == ("registration", "test", "DOSSIER")
    return {name: line[name][0] for name in names}


def test_a_write_is_counted_with_its_tries_and_conflicts(
    round_: Round, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = write(round_)
    with monkeypatch.context() as patched:
        Held(patched, *BUSY, None)
        gate.commit(wanted)
    assert told(capsys) == {"GateTries": 3, "GateConflicts": 2}


def test_a_write_given_up_is_counted(
    round_: Round, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wanted = write(round_)
    with monkeypatch.context() as patched:
        Held(patched, *[BUSY[0]] * 8)
        with pytest.raises(Problem):
            gate.commit(wanted)
    assert told(capsys) == {"GateTries": 8, "GateConflicts": 8, "GateGaveUp": 1}


def test_a_refusal_after_the_deadline_is_counted_wherever_it_is_seen(
    round_: Round, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(Problem):
        gate.commit(write(round_, CLOSES))
    assert told(capsys) == {"GateRefused": 1}
    close_lanes(INSTITUTION)
    with pytest.raises(Problem):
        gate.commit(write(round_))
    assert told(capsys) == {"GateTries": 1, "GateRefused": 1}


def test_a_lost_condition_is_no_refusal(round_: Round, capsys: pytest.CaptureFixture[str]) -> None:
    gate.commit(write(round_))
    capsys.readouterr()
    with pytest.raises(ConditionLost):
        gate.commit(write(round_))
    assert told(capsys) == {"GateTries": 1}


def test_figures_of_one_write_are_not_those_of_the_next(round_: Round, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Problem):
        gate.commit(write(round_, CLOSES))
    capsys.readouterr()
    gate.commit(write(round_))
    assert told(capsys) == {"GateTries": 1}


def test_a_write_before_its_window_opens_tells_no_figures(round_: Round, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Problem, match="window-not-open"):
        gate.commit(write(round_, DEFAULT_2022[Window.DOSSIER].opens - timedelta(milliseconds=1)))
    assert not [line for line in capsys.readouterr().out.splitlines() if '"Gate' in line]


def test_only_windows_are_told_apart(here: Cloud) -> None:
    metrics.publish({Metric.GATE_TRIES: 1}, "SPTJM")
    with pytest.raises(ValueError, match="not a window"):
        metrics.publish({Metric.GATE_TRIES: 1}, "9901014101900001")
