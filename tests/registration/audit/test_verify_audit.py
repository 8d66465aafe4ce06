"""Registration's chains checked and anchored: people entered by hand and imported, who looked at them, import lanes."""

from datetime import timedelta

import pytest

from services.kernel import clock
from services.kernel.audit import anchor as audit_anchor
from services.kernel.audit import chain as audit
from services.kernel.audit import run as audit_run
from services.kernel.audit import store as audit_store
from services.kernel.audit.examine import Stored, examine
from services.kernel.aws import clients, dynamodb, s3
from services.kernel.security import privacy
from services.kernel.security.sessions import Role
from services.registration import app as entry
from services.registration.adapters import access_log, person_items
from services.registration.adapters.audit_trail import RegistrationTrail
from services.registration.settings import settings
from tests.registration.audit.conftest import LANE, delete_and_restore
from tests.registration.listed import INSTITUTION
from tests.registration.staff import Desk, desk
from tests.support.auditing import Auditor, change, links, move_head, remove
from tests.support.aws import Cloud, queued


def own(pid: str) -> str:
    return audit.person_chain(pid)


def read(pid: str) -> str:
    return audit.access_chain(pid)


def lane() -> str:
    return audit.lane_chain(INSTITUTION, LANE)


def test_what_nobody_touched_is_sound_and_anchored(
    auditor: Auditor, by_hand: str, imported: str, untouched: str, portal: Cloud
) -> None:
    assert auditor.day() == []
    (anchor,) = auditor.anchors(INSTITUTION)
    heads = audit_store.heads(anchor)
    assert heads is not None
    assert {chain: head.version for chain, head in heads.items()} == {
        own(by_hand): 3, read(by_hand): 2, own(imported): 3, own(untouched): 1, lane(): 1,
    }  # fmt: skip
    assert (anchor.chains, anchor.links, anchor.faults, anchor.previous) == (5, 10, 0, None)
    assert anchor.occasion == "2022-09-01"
    names = {name for item in portal.items("RegTable") for name in (item.get("nama"),) if name}
    assert not [name for name in names if name in anchor.content().decode()]


def test_an_anchor_names_the_one_before_and_a_seal_has_one_of_its_own(
    auditor: Auditor, by_hand: str, admin: Desk, portal: Cloud
) -> None:
    assert auditor.day() == []
    assert auditor.day() == []
    delete_and_restore(admin, by_hand)
    assert auditor.seal(INSTITUTION, 4) == []
    portal.at("2022-09-02T09:00:00+07:00")
    assert auditor.day() == []
    first, second, third = auditor.anchors(INSTITUTION)
    assert [one.occasion for one in (first, second, third)] == ["2022-09-01", "seal-4", "2022-09-02"]
    assert [one.number for one in (first, second, third)] == [1, 2, 3]
    assert second.previous == audit_anchor.digest(first.content())
    assert third.previous == audit_anchor.digest(second.content())
    assert (first.links, second.links, third.links) == (5, 7, 7)
    assert second.heads.startswith(f"heads/seal/registration/{INSTITUTION}/")


def test_an_anchor_lies_under_the_lock(auditor: Auditor, by_hand: str) -> None:
    auditor.day()
    bucket, key = audit_store.settings().seals_bucket, f"anchors/registration/{INSTITUTION}/000001.json"
    head = clients.s3().head_object(Bucket=bucket, Key=key)
    assert head["ObjectLockMode"] == "COMPLIANCE"
    kept = timedelta(days=audit_store.settings().seal_retention_days)
    assert timedelta(0) <= clock.machine_now() + kept - head["ObjectLockRetainUntilDate"] < timedelta(minutes=1)


@pytest.mark.parametrize(
    "values",
    [{"actor": "x"}, {"action": "x"}, {"at": 1}, {"previous": "x"}, {"hash": "x"}, {"delta": b"x"}, {"note": "x"}],
)
def test_a_tampered_link_is_told(auditor: Auditor, by_hand: str, values: dict[str, object]) -> None:
    change(own(by_hand), 2, **values)
    told = auditor.day()
    assert (own(by_hand), 2, "tampered") in told
    assert {chain for chain, _, _ in told} == {own(by_hand)}


@pytest.mark.parametrize("role", [Role.BKN, Role.AUDITOR])
def test_who_reads_the_lists_is_chained_too(auditor: Auditor, by_hand: str, portal: Cloud, role: Role) -> None:
    chain = read(access_log.lists_of(INSTITUTION))
    reader = desk(portal, role)
    for _ in range(3):
        assert reader.call("GET", "/people").status == 200
    assert auditor.day() == []
    (anchor,) = auditor.anchors(INSTITUTION)
    heads = audit_store.heads(anchor)
    assert heads is not None
    assert heads[chain].version == 3
    remove(chain, 3)
    move_head(access_log.head_key(access_log.lists_of(INSTITUTION)), v=2, head=links(chain)[1]["hash"])
    assert auditor.seal(INSTITUTION, 1) == [(chain, 3, "cut-tail")]


def test_a_missing_link_is_told(auditor: Auditor, by_hand: str) -> None:
    remove(own(by_hand), 2)
    assert auditor.day() == [(own(by_hand), 2, "missing")]


def test_a_cut_tail_is_told(auditor: Auditor, by_hand: str) -> None:
    remove(read(by_hand), 2)
    assert auditor.day() == [(read(by_hand), 2, "cut-tail")]


def test_a_tail_cut_together_with_its_head_is_told_since_the_last_anchor(auditor: Auditor, by_hand: str) -> None:
    auditor.day()
    before = links(own(by_hand))
    remove(own(by_hand), 3)
    move_head(person_items.person_key(by_hand), v=2, head=before[1]["hash"])
    assert auditor.seal(INSTITUTION, 1) == [(own(by_hand), 3, "cut-tail")]
    assert auditor.seal(INSTITUTION, 2) == [(own(by_hand), 3, "cut-tail")], "the good head is kept, the fault stays"
    assert [anchor.faults for anchor in auditor.anchors(INSTITUTION)] == [0, 1, 1]


def test_a_head_that_vanished_with_its_links_is_told_since_the_last_anchor(auditor: Auditor, by_hand: str) -> None:
    auditor.day()
    remove(read(by_hand), 1, 2)
    dynamodb.transact([dynamodb.delete(settings().table, access_log.head_key(by_hand))])
    assert auditor.seal(INSTITUTION, 1) == [(read(by_hand), 2, "gone")]


def test_a_person_who_vanished_from_the_roster_is_told_since_the_last_anchor(auditor: Auditor, by_hand: str) -> None:
    auditor.day()
    remove(own(by_hand), 1, 2, 3)
    dynamodb.transact([dynamodb.delete(settings().table, person_items.person_key(by_hand))])
    assert auditor.seal(INSTITUTION, 1) == [(own(by_hand), 3, "gone")]


def test_an_imported_person_is_held_against_his_import(auditor: Auditor, untouched: str, imported: str) -> None:
    move_head(person_items.person_key(untouched), head="f" * 64)
    assert auditor.day() == [(own(untouched), 1, "forked")]


def test_a_tampered_import_is_told_of_the_lane_and_of_its_people(
    auditor: Auditor, untouched: str, imported: str
) -> None:
    change(lane(), 1, delta=b"x" * 100)
    assert sorted(auditor.day()) == sorted(
        [(lane(), 1, "tampered"), (own(imported), 1, "missing"), (own(untouched), 1, "cut-tail")]
    )


def test_a_missing_import_is_told(auditor: Auditor, imported: str) -> None:
    remove(lane(), 1)
    assert (lane(), 1, "cut-tail") in auditor.day()


def test_an_erased_person_stays_checkable(auditor: Auditor, by_hand: str, imported: str) -> None:
    for pid in (by_hand, imported):
        move_head(person_items.person_key(pid), salt=privacy.new_salt(), private=b"")
    assert auditor.day() == []


def test_lost_or_changed_heads_of_the_last_anchor_are_told(auditor: Auditor, by_hand: str) -> None:
    auditor.day()
    (anchor,) = auditor.anchors(INSTITUTION)
    bucket = audit_store.settings().exports_bucket
    s3.write(bucket, anchor.heads, b"registration#P#x 1 y\n", content_type="text/plain")
    assert auditor.seal(INSTITUTION, 1) == [("", 0, "")]
    s3.remove(bucket, auditor.anchors(INSTITUTION)[-1].heads)
    assert auditor.seal(INSTITUTION, 2) == [("", 0, "")]


def test_a_long_run_goes_on_by_messages(
    auditor: Auditor, by_hand: str, imported: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each step in a function of its own, one subject a part, every message twice: the same anchor."""
    monkeypatch.setattr(audit_run, "SIZE", 1)
    step, seen = audit_run.Step(institution=INSTITUTION, occasion="2022-09-01"), 0
    waiting = [step.model_dump()]
    while waiting:
        seen += 1
        for message in (waiting[0], waiting[0]):
            audit_run.run(audit_run.Step.model_validate(message), RegistrationTrail(), budget=-1)
        waiting = auditor.messages()
    (anchor,) = auditor.anchors(INSTITUTION)
    assert seen == 1 + 6 + 1, "the list, a lane, the lists, the staff and three people, the anchor"
    assert (anchor.chains, anchor.faults) == (5, 0)


def test_two_runs_at_once_make_two_anchors_in_a_row(auditor: Auditor, by_hand: str, admin: Desk) -> None:
    first = audit_run.Step(institution=INSTITUTION, occasion="2022-09-01")
    audit_run.run(first, RegistrationTrail(), budget=-1)
    (going_on,) = auditor.messages()
    audit_run.run(audit_run.Step.model_validate(going_on), RegistrationTrail(), budget=-1)
    (finishing,) = auditor.messages()
    delete_and_restore(admin, by_hand)
    assert auditor.seal(INSTITUTION, 1) == []
    audit_run.run(audit_run.Step.model_validate(finishing), RegistrationTrail())
    seal, day = auditor.anchors(INSTITUTION)
    assert (seal.occasion, day.occasion) == ("seal-1", "2022-09-01")
    assert day.root == seal.root, "heads only move forward, also when the day's run has read them before"
    assert auditor.seal(INSTITUTION, 2) == []


def test_who_writes_meanwhile_is_no_fault(
    auditor: Auditor, by_hand: str, admin: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The head is read, then somebody commits, then the links are read; and the other way round."""
    trail, moved = RegistrationTrail(), list[bool]()
    stored = trail.stored

    def and_then_somebody_writes(institution: str, subjects: list[str]) -> list[Stored]:
        found = list(stored(institution, subjects))
        if not moved:
            moved.append(True)
            delete_and_restore(admin, by_hand)
        return found

    monkeypatch.setattr(trail, "stored", and_then_somebody_writes)
    found = examine(INSTITUTION, [by_hand], trail, {})
    assert found.faults == []
    assert found.sound[own(by_hand)].version == 5


def test_a_message_that_is_none_comes_again(auditor: Auditor) -> None:
    assert entry.verify_audit(queued([{"institution": INSTITUTION}]), None) == {
        "batchItemFailures": [{"itemIdentifier": "0"}]
    }
