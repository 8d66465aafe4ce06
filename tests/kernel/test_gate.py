"""The gate on moto: what commits, what is refused, and what the refusal says."""

from datetime import datetime, timedelta

import pytest

from services.kernel import audit, clock, gate
from services.kernel.audit import Event
from services.kernel.aws import dynamodb
from services.kernel.aws.dynamodb import Attr, Cancelled, Reason
from services.kernel.calendar import DEFAULT_2022, Round, Span, Window
from services.kernel.gate import ConditionLost, GatedWrite
from services.kernel.problems import Code, Problem
from services.kernel.settings import settings
from services.kernel.states import Phase
from tests.aws import Cloud
from tests.gates import IMPORT_LANES, LANES, close_lanes, open_gate

INSTITUTION = "9901"
SALT = b"0123456789abcdef"
CLOSES = DEFAULT_2022[Window.DOSSIER].closes
IN_TIME = CLOSES - timedelta(milliseconds=1)


@pytest.fixture
def round_(here: Cloud) -> Round:
    here.at(IN_TIME)
    return open_gate(INSTITUTION)


def write(
    round_: Round, received: datetime = IN_TIME, *, number: int = 1, window: Window = Window.DOSSIER
) -> GatedWrite:
    link = audit.link(
        audit.person_chain("p"), number, "", Event("tester", "test", received, {}), institution=INSTITUTION, salt=SALT
    )
    item = {"pk": f"P#{number}", "sk": "@", "v": 1}
    return GatedWrite(
        round=round_,
        window=window,
        received=received,
        counters={"n": 1},
        operations=[dynamodb.put(settings().table, item, when=Attr("pk").not_exists())],
        link=link,
    )


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
    assert lost.value.position == 0
    assert lost.value.old is not None
    assert lost.value.old["pk"] == "P#1"
    assert counted() == 1


def test_a_forked_audit_chain_is_a_moved_version(round_: Round) -> None:
    gate.commit(write(round_))
    forked = write(round_)
    other = dynamodb.put(settings().table, {"pk": "P#other", "sk": "@", "v": 1})
    with pytest.raises(Problem) as refused:
        gate.commit(GatedWrite(round_, Window.DOSSIER, IN_TIME, {}, [other], forked.link))
    assert refused.value.code is Code.VERSION_MOVED


def test_a_cancellation_that_is_no_condition_is_not_told_as_a_closed_window(
    round_: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: object) -> None:
        raise Cancelled([Reason("None", None), Reason("None", None), Reason("ValidationError", None)])

    wanted = write(round_)
    monkeypatch.setattr(dynamodb, "transact", refuse)
    with pytest.raises(Cancelled):
        gate.commit(wanted)


def test_an_import_brings_its_own_lane_and_counter(round_: Round) -> None:
    lane = f"{gate.IMPORT_LANE}{IMPORT_LANES - 1}"
    key = {"pk": f"C#{INSTITUTION}#{lane}", "sk": "@"}
    wanted = write(round_)
    gate.commit(
        GatedWrite(
            round_,
            Window.ENTRY,
            DEFAULT_2022[Window.ENTRY].opens,
            {},
            wanted.operations,
            wanted.link,
            lane=lane,
            lane_operation=lambda _: dynamodb.update(settings().table, key, values={"head": wanted.link.hash}),
        )
    )
    counter = dynamodb.get(settings().table, key)
    assert counter is not None
    assert counter["head"] == wanted.link.hash


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
