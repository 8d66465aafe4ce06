"""Finalization's chains checked: one an institution, of every institution in the directory."""

from pathlib import Path

import pytest

from services.finalization import app as entry
from services.finalization.adapters import audit_trail, institution_items
from services.finalization.adapters.audit_trail import FinalizationTrail
from tests.auditing import Auditor, change, from_outside, links, move_head, remove
from tests.finalization.world import CODE, World

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


def test_every_institution_has_its_turn(auditor: Auditor, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_trail, "_PAGE", 1)
    world.open("9902")
    world.open("9903")
    assert list(FinalizationTrail().institutions()) == [CODE, "9902", "9903"]


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
    assert (report.chains, report.links, report.anchors) == (anchor.chains, anchor.links, 1)
    assert report.faults == []
    assert report.anchor_faults == []
