"""Finalization's chains checked: one an institution, of every institution in the directory."""

from datetime import date
from pathlib import Path

import pytest

from services.finalization import app as entry
from services.finalization.adapters import calendar_store, institution_items
from services.finalization.adapters.audit_trail import FinalizationTrail
from services.finalization.model.calendar import Calendar
from services.finalization.model.institution import Letter
from services.kernel.audit.chain import Event
from tests.finalization.world import CODE, NOON, World
from tests.support.auditing import Auditor, change, from_outside, links, move_head, remove

CHAIN = f"finalization#I#{CODE}"


@pytest.fixture
def auditor(prefinal: World, caplog: pytest.LogCaptureFixture) -> Auditor:
    return Auditor(entry, caplog)


def test_what_nobody_touched_is_sound_and_anchored(auditor: Auditor, world: World) -> None:
    world.open("9902")
    assert auditor.day() == []
    (anchor,) = auditor.anchors(CODE)
    assert (anchor.chains, anchor.links) == (1, world.stored().v)
    assert len(auditor.anchors("9902")) == 1


def test_every_institution_has_its_turn(auditor: Auditor, world: World) -> None:
    world.open("9902")
    world.open("9903")
    assert list(FinalizationTrail().institutions()) == ["CAL", CODE, "9902", "9903"]


def test_the_calendar_has_a_chain_of_its_own(auditor: Auditor, world: World, tmp_path: Path) -> None:
    chain = "finalization#I#CAL"
    assert auditor.seal("CAL", 1) == [], "no calendar was set yet"
    calendar = Calendar(letter=Letter("B/1511", date(2022, 7, 22)))
    for _ in range(3):
        calendar = calendar_store.save(calendar, calendar, Event("bkn-1", "calendar.set", NOON, {}))
    assert auditor.seal("CAL", 2) == []
    assert [anchor.chains for anchor in auditor.anchors("CAL")] == [0, 1]
    assert from_outside(world.cloud, tmp_path)["finalization"].faults == []
    world.cloud.use("finalization")
    kept = links(chain)[:2]
    remove(chain, 3)
    move_head({"pk": "CAL", "sk": "@"}, v=2, head=kept[-1]["hash"])
    assert auditor.seal("CAL", 3) == [(chain, 3, "cut-tail")]


def test_a_tampered_a_missing_and_a_cut_off_link_are_told(auditor: Auditor, world: World) -> None:
    last = world.stored().v
    assert last > 2
    change(CHAIN, 1, at=0)
    assert auditor.seal(CODE, 1) == [(CHAIN, 1, "tampered")]
    remove(CHAIN, 1)
    assert auditor.seal(CODE, 2) == [(CHAIN, 1, "missing")]
    remove(CHAIN, last)
    assert auditor.seal(CODE, 3) == [(CHAIN, 1, "missing"), (CHAIN, last, "cut-tail")]


def test_a_tail_cut_together_with_its_head_is_told(auditor: Auditor, world: World) -> None:
    auditor.day()
    kept = links(CHAIN)[:-1]
    remove(CHAIN, len(kept) + 1)
    move_head(institution_items.key(CODE), v=len(kept), head=kept[-1]["hash"])
    assert auditor.seal(CODE, 1) == [(CHAIN, len(kept) + 1, "cut-tail")]


def test_an_auditor_from_outside_finds_the_same_chains(auditor: Auditor, world: World, tmp_path: Path) -> None:
    auditor.day()
    (anchor,) = auditor.anchors(CODE)
    report = from_outside(world.cloud, tmp_path)["finalization"]
    assert (report.chains, report.links, report.anchors) == (anchor.chains, anchor.links, 2), "and the calendar's"
    assert report.faults == []
    assert report.anchor_faults == []
