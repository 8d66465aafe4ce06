"""`make audit-verify` over registration's data: the auditor reads tables and buckets himself."""

from pathlib import Path

import pytest

from infra.audit_verify.__main__ import tell
from infra.audit_verify.source import Source
from infra.audit_verify.verify import Report
from infra.aws import Aws
from services.kernel.audit import chain as audit
from services.kernel.audit import store as audit_store
from services.kernel.aws import dynamodb, s3
from services.kernel.security.sessions import Role
from services.kernel.settings import Settings
from services.kernel.settings import settings as kernel_settings
from services.registration.adapters import access_log, person_items
from services.registration.settings import settings
from tests.registration.audit.conftest import LANE, delete_and_restore
from tests.registration.listed import INSTITUTION
from tests.registration.staff import Desk, desk
from tests.support.auditing import Auditor, change, from_outside, links, move_head, remove
from tests.support.aws import STAGE, Cloud


@pytest.fixture(autouse=True)
def _without_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("infra.audit_verify.verify._PAUSE", 0.0)


@pytest.fixture
def anchored(auditor: Auditor, by_hand: str, imported: str, admin: Desk) -> str:
    """Two anchors, the second at a seal; returns who was entered by hand."""
    auditor.day()
    delete_and_restore(admin, by_hand)
    auditor.seal(INSTITUTION, 1)
    return by_hand


def found(cloud: Cloud, folder: Path) -> Report:
    return from_outside(cloud, folder)["registration"]


def faults(cloud: Cloud, folder: Path) -> list[tuple[str, int, str]]:
    return [(fault.chain, fault.version, fault.kind.value) for fault in found(cloud, folder).faults]


def objects(cloud: Cloud, folder: Path) -> list[tuple[str, str]]:
    return [(fault.key, fault.what) for fault in found(cloud, folder).anchor_faults]


def test_what_nobody_touched_is_sound(
    portal: Cloud, anchored: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reports = from_outside(portal, tmp_path)
    report = reports["registration"]
    assert (report.chains, report.links, report.anchors) == (5, 5 + 2 + 2 + 1, 2 + 1), "bkn's own staff have one a day"
    assert tell(list(reports.values())) == 0
    assert "Semua rantai utuh." in capsys.readouterr().out


def test_the_auditor_needs_no_functions_environment(portal: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    values = {name: portal.name(name) for name in ("RegTable", "GateTable", "AuditTable", "Bus")}
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    Source(Aws(), STAGE, {**values, "KeyArn": "of-a-key"}).become_registration()
    portal.forget()
    assert kernel_settings().table == values["RegTable"]


def test_a_fault_is_printed_with_chain_and_position(
    portal: Cloud, anchored: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(audit.person_chain(anchored), 2, actor="x")
    assert tell(list(from_outside(portal, tmp_path).values())) == 1
    assert f"! registration#P#{anchored} no. 2: mata rantai diubah (tampered)" in capsys.readouterr().out


def test_a_missing_link_is_found(portal: Cloud, anchored: str, tmp_path: Path) -> None:
    remove(audit.person_chain(anchored), 2)
    assert faults(portal, tmp_path) == [(audit.person_chain(anchored), 2, "missing")]


def test_the_readings_of_the_lists_are_checked_as_well(portal: Cloud, anchored: str, tmp_path: Path) -> None:
    reader = desk(portal, Role.BKN)
    for _ in range(2):
        assert reader.call("GET", "/people").status == 200
    report = found(portal, tmp_path)
    assert (report.chains, report.links, report.faults) == (6, 5 + 2 + 2 + 1 + 2, [])
    chain = audit.access_chain(access_log.lists_of(INSTITUTION))
    remove(chain, 1)
    (tmp_path / "again").mkdir()
    assert faults(portal, tmp_path / "again") == [(chain, 1, "missing")]


def test_a_tail_cut_together_with_its_head_is_found(portal: Cloud, anchored: str, tmp_path: Path) -> None:
    chain = audit.person_chain(anchored)
    before = links(chain)
    remove(chain, 5)
    move_head(person_items.person_key(anchored), v=4, head=before[3]["hash"])
    assert faults(portal, tmp_path) == [(chain, 5, "cut-tail")]


def test_a_chain_without_a_head_is_found_without_any_anchor(portal: Cloud, by_hand: str, tmp_path: Path) -> None:
    dynamodb.transact([dynamodb.delete(settings().table, person_items.person_key(by_hand))])
    assert faults(portal, tmp_path) == [(audit.person_chain(by_hand), 0, "gone")]


def test_a_tampered_import_is_found_with_its_people(
    portal: Cloud, imported: str, untouched: str, tmp_path: Path
) -> None:
    lane = audit.lane_chain(INSTITUTION, LANE)
    change(lane, 1, delta=b"x" * 100)
    told = faults(portal, tmp_path)
    assert (lane, 1, "tampered") in told
    assert {chain for chain, _, _ in told} == {lane, audit.person_chain(imported), audit.person_chain(untouched)}


def test_an_anchor_that_was_written_over_or_deleted_is_found(portal: Cloud, anchored: str, tmp_path: Path) -> None:
    bucket, prefix = audit_store.settings().seals_bucket, f"anchors/registration/{INSTITUTION}/"
    s3.remove(bucket, f"{prefix}000001.json")
    assert objects(portal, tmp_path) == [
        (f"{prefix}000001.json", "lebih dari satu versi, atau dihapus"),
        (f"{prefix}000002.json", "tidak menyambung jangkar sebelumnya"),
    ]


def test_an_anchor_outside_the_lock_and_one_that_is_none_are_found(
    portal: Cloud, anchored: str, tmp_path: Path
) -> None:
    bucket, prefix = audit_store.settings().seals_bucket, f"anchors/registration/{INSTITUTION}/"
    content = s3.read(bucket, f"{prefix}000002.json")
    assert content is not None
    s3.write(bucket, f"{prefix}000003.json", content, content_type="application/json")
    s3.write(bucket, f"{prefix}000004.json", b"{}", content_type="application/json")
    assert objects(portal, tmp_path) == [
        (f"{prefix}000003.json", "tidak di bawah Object Lock"),
        (f"{prefix}000003.json", "tidak menyambung jangkar sebelumnya"),
        (f"{prefix}000004.json", "bukan jangkar"),
    ]


def test_lost_heads_matter_for_the_last_anchor_and_for_seals(
    portal: Cloud, auditor: Auditor, anchored: str, tmp_path: Path
) -> None:
    day, seal = auditor.anchors(INSTITUTION)
    bucket = audit_store.settings().exports_bucket
    s3.remove(bucket, day.heads)
    assert objects(portal, tmp_path) == [], "those of a day are kept for some months only"
    s3.remove(bucket, seal.heads)
    (tmp_path / "again").mkdir()
    assert objects(portal, tmp_path / "again") == [(seal.heads, "daftar kepala rantai tidak ada")]
