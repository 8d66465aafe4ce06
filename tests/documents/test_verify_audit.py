"""Documents' chains checked: who has files is found by the index of chains, an institution by finalization's fact."""

from pathlib import Path

import pytest

from services.documents import app as entry
from services.documents.adapters import items
from services.documents.adapters.audit_trail import DocumentsTrail
from services.kernel.audit import chain as audit
from services.kernel.audit import store as audit_store
from services.kernel.documents import DocumentType
from services.kernel.events.facts import InstitutionOpened
from services.kernel.notices.outbox import NATIONAL
from services.kernel.security.sessions import Role
from tests.documents.world import INSTITUTION, NEIGHBOUR, NOON, OTHER, PERSON, World
from tests.support.auditing import Auditor, change, from_outside, links, move_head, remove
from tests.support.aws import envelope, queued

CHAIN = f"documents#P#{PERSON}"


@pytest.fixture
def auditor(world: World, caplog: pytest.LogCaptureFixture) -> Auditor:
    """One person has files, another one is only listed, and the institution has a letter."""
    opened = InstitutionOpened(institution=INSTITUTION, v=1, title="Kabupaten Contoh", kind="KABUPATEN", at=NOON)
    assert entry.on_fact(queued([envelope(opened)]), None) == {"batchItemFailures": []}
    world.deliver(world.listed(), world.listed(NEIGHBOUR))
    world.accepted()
    world.accepted(DocumentType.SPTJM, token=world.staff(Role.ADMIN))
    return Auditor(entry, caplog)


def test_everybody_with_a_chain_is_found_once_an_institution(auditor: Auditor) -> None:
    trail = DocumentsTrail()
    assert list(trail.institutions()) == [INSTITUTION, NATIONAL]
    assert sorted(trail.subjects(INSTITUTION)) == sorted([PERSON, f"I{INSTITUTION}"])
    assert list(trail.subjects(OTHER)) == []


def test_what_nobody_touched_is_sound_and_anchored(auditor: Auditor) -> None:
    assert auditor.day() == []
    (anchor,) = auditor.anchors(INSTITUTION)
    heads = audit_store.heads(anchor) or {}
    assert {chain: head.version for chain, head in heads.items()} == {CHAIN: 2, f"documents#P#I{INSTITUTION}": 2}


def test_a_tampered_a_missing_and_a_cut_off_link_are_told(auditor: Auditor) -> None:
    change(CHAIN, 1, actor="somebody else")
    assert auditor.seal(INSTITUTION, 1) == [(CHAIN, 1, "tampered")]
    remove(CHAIN, 1)
    assert auditor.seal(INSTITUTION, 2) == [(CHAIN, 1, "missing")]
    remove(CHAIN, 2)
    assert auditor.seal(INSTITUTION, 3) == [(CHAIN, 1, "cut-tail")]


def test_a_tail_cut_together_with_its_head_is_told(auditor: Auditor) -> None:
    auditor.day()
    first = links(CHAIN)[0]
    remove(CHAIN, 2)
    move_head(items.subject_key(PERSON), v=1, head=first["hash"])
    assert auditor.seal(INSTITUTION, 1) == [(CHAIN, 2, "cut-tail")]
    assert audit.sort_key(1) == first["sk"]


def test_who_is_taken_out_of_the_index_is_told_by_the_last_anchor(auditor: Auditor) -> None:
    auditor.day()
    move_head(items.subject_key(PERSON), g1pk="I#0000#0")
    change(CHAIN, 2, action="x")
    assert auditor.seal(INSTITUTION, 1) == [(CHAIN, 2, "tampered")]


def test_an_auditor_from_outside_finds_the_same_chains(auditor: Auditor, world: World, tmp_path: Path) -> None:
    auditor.day()
    (anchor,) = auditor.anchors(INSTITUTION)
    report = from_outside(world.cloud, tmp_path)["documents"]
    assert (report.chains, report.links, report.anchors) == (anchor.chains, anchor.links, 2), "and one of bkn"
    assert report.faults == []
    assert report.anchor_faults == []
