"""Announcements' chains checked: each case's, and who read cases of an institution."""

from pathlib import Path

import pytest

from services.announcements import app as entry
from services.announcements.adapters import case_store
from services.kernel.security.sessions import Role
from tests.announcements.world import CODE, World
from tests.support.auditing import Auditor, change, from_outside, links, move_head, remove

CHAIN = f"announcements#I#{CODE}#cases"


@pytest.fixture
def auditor(world: World, caplog: pytest.LogCaptureFixture) -> Auditor:
    """An institution of the public directory whose inbox bkn has read three times."""
    world.open_round()
    world.prefinal()
    world.minute()
    filed = world.filed()
    for _ in range(3):
        world.case(filed, Role.BKN)
    return Auditor(entry, caplog)


def test_what_nobody_touched_is_sound_and_anchored(auditor: Auditor) -> None:
    assert auditor.day() == []
    (anchor,) = auditor.anchors(CODE)
    assert (anchor.chains, anchor.links) == (2, 4), "the case, and three who read it"


def test_an_inbox_nobody_read_has_an_empty_anchor(auditor: Auditor) -> None:
    assert auditor.seal("9902", 1) == []
    (anchor,) = auditor.anchors("9902")
    assert (anchor.chains, anchor.links) == (0, 0)


def test_a_tampered_a_missing_and_a_cut_off_link_are_told(auditor: Auditor) -> None:
    change(CHAIN, 2, actor="somebody else")
    assert auditor.seal(CODE, 1) == [(CHAIN, 2, "tampered")]
    remove(CHAIN, 2)
    assert auditor.seal(CODE, 2) == [(CHAIN, 2, "missing")]
    remove(CHAIN, 3)
    assert auditor.seal(CODE, 3) == [(CHAIN, 2, "cut-tail")]


def test_a_tail_cut_together_with_its_head_is_told(auditor: Auditor) -> None:
    auditor.day()
    kept = links(CHAIN)[:2]
    remove(CHAIN, 3)
    move_head(case_store.READINGS.log(CODE).key, v=2, head=kept[-1]["hash"])
    assert auditor.seal(CODE, 1) == [(CHAIN, 3, "cut-tail")]


def test_an_auditor_from_outside_finds_the_same_chains(auditor: Auditor, world: World, tmp_path: Path) -> None:
    auditor.day()
    (anchor,) = auditor.anchors(CODE)
    report = from_outside(world.cloud, tmp_path)["announcements"]
    assert (report.chains, report.links, report.anchors) == (anchor.chains, anchor.links, 3), (
        "and those of banner and bkn"
    )
    assert report.faults == []
    assert report.anchor_faults == []
