"""Changes of the ann table as facts: a case was filed, or moved; nothing else of it leaves announcements."""

from datetime import datetime
from typing import Any

import pytest

from infra.local.patterns import passes
from services.announcements import app as entry
from services.announcements.facts.translate_change import translate_change
from services.announcements.settings import settings
from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.cases import CaseKind, CaseLevel, CaseState
from services.kernel.events.facts import CaseMoved
from services.kernel.events.relay import Change
from tests.announcements.world import CODE, World
from tests.support.aws import relay_filters

NUMBER = "L7K3M9Q2X"
DUE = datetime(2022, 10, 10, 12, tzinfo=clock.WIB)
STORED: dict[str, Any] = {
    "pk": f"C#{NUMBER}",
    "sk": "@",
    "institution": CODE,
    "kind": CaseKind.TANGGAPAN.value,
    "state": CaseState.BARU.value,
    "level": CaseLevel.INSTANSI.value,
    "pid": "abcdefghij234567",
    "due_at": clock.millis(DUE),
    "v": 1,
}
TOLD = CaseMoved(
    institution=CODE,
    v=1,
    case=NUMBER,
    kind=CaseKind.TANGGAPAN,
    state=CaseState.BARU,
    level=CaseLevel.INSTANSI,
    pid="abcdefghij234567",
    due_at=DUE,
)


def moved(old: dict[str, Any] | None, new: dict[str, Any] | None, sk: str = "@") -> list[CaseMoved]:
    return list(translate_change(Change(STORED["pk"], sk, old, new)))  # type: ignore[arg-type]


def test_a_case_that_was_filed_is_told_with_what_others_need_of_it() -> None:
    assert moved(None, STORED) == [TOLD]


def test_an_usulan_concerns_nobody_listed_and_a_closed_case_is_due_no_more() -> None:
    bare = {name: value for name, value in STORED.items() if name not in {"pid", "due_at"}}
    (fact,) = moved(None, bare)
    assert (fact.pid, fact.due_at) == (None, None)


@pytest.mark.parametrize(
    "changed",
    [
        {"state": CaseState.DITANGANI.value},
        {"level": CaseLevel.BKN.value},
        {"due_at": clock.millis(DUE) + 1},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_it_is_told_again_when_it_moves(changed: dict[str, Any]) -> None:
    (fact,) = moved(STORED, {**STORED, **changed, "v": 2})
    assert fact.v == 2


def test_what_else_becomes_of_it_is_nobody_elses_business() -> None:
    assert moved(STORED, {**STORED, "v": 2, "handler": "somebody"}) == []
    assert moved(STORED, None) == []
    (told,) = moved(STORED, {**STORED, "v": 2, "heard_at": 1664953200000})
    assert isinstance(told, CaseMoved)
    assert (told.heard, TOLD.heard) == (True, False)
    for beside in ("BKN", "REPORTER", "M#1#2", "F#abc"):
        assert moved(None, {**STORED, "sk": beside}, beside) == []


def test_the_relay_puts_it_on_the_bus_and_is_not_called_for_other_items(world: World) -> None:
    table = settings().table
    beside = [{"pk": STORED["pk"], "sk": sk} for sk in ("BKN", "REPORTER", "M#1#2")]
    others = [{"pk": f"CN#{CODE}#USULAN#hash", "sk": "@"}, {"pk": f"A#{CODE}", "sk": "@"}]
    dynamodb.transact([dynamodb.put(table, item) for item in (STORED, *beside, *others)])
    records = world.cloud.records("AnnTable", anew=True)
    passing = [record for record in records if passes(record, relay_filters("AnnTable"))]
    assert (len(records), len(passing)) == (6, 1)
    assert entry.relay({"Records": passing}, None) == {"batchItemFailures": []}
    (event,) = world.cloud.facts()
    assert (event["source"], event["detail-type"]) == ("pendataan.announcements", "case.moved")
    assert CaseMoved.model_validate(event["detail"]) == TOLD
