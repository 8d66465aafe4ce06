"""Facts out, facts in: duplicates, any order, replays."""

import itertools
from dataclasses import replace
from typing import Any

import pytest

from services.documents import app as entry
from services.documents.adapters import items
from services.documents.files.translate_change import translate_change
from services.documents.model.file import File
from services.kernel.documents import DocumentType, FileId, FileState
from services.kernel.events.facts import CaseFileInspected, FileAccepted, FileRejected
from services.kernel.events.relay import Change
from services.kernel.security.sessions import Role
from services.kernel.states import PersonState
from tests.documents.world import INSTITUTION, NOON, PERSON, World
from tests.support.aws import queued

KTP, SK, SPTJM = DocumentType.KTP, DocumentType.SK, DocumentType.SPTJM


def test_acceptance_is_told(world: World) -> None:
    world.promised(SK)
    file = world.stored(world.uploaded(SK))
    (seen,) = world.relayed()
    assert seen["detail-type"] == "file.accepted"
    assert seen["source"] == "pendataan.documents"
    fact = FileAccepted.model_validate(seen["detail"])
    assert fact == FileAccepted(
        institution=INSTITUTION,
        v=file.v,
        file=f"{PERSON}.SK.2",
        subject=PERSON,
        jenis=SK,
        riwayat="pertama",
        key=file.key or "",
        sha256=file.sha256 or "",
        size=file.size,
        flags=file.flags,
        uploaded_by=PERSON,
    )
    assert world.relayed() == []


@pytest.mark.parametrize("accepted", [True, False])
def test_of_a_paper_of_a_case_announcements_alone_hears(accepted: bool) -> None:
    state = FileState.DITERIMA if accepted else FileState.DITOLAK
    before = File(
        id=FileId("LAAAABBBB", DocumentType.BUKTI_LAPORAN, 2),
        institution=INSTITUTION,
        v=3,
        state=FileState.DIPERIKSA,
        riwayat=None,
        incoming="in",
        received=NOON,
        uploaded_by="LAAAABBBB",
        size=1,
    )
    after = replace(before, v=4, state=state, message=None if accepted else "Berkas ini tidak dapat dibaca.")
    old, new = items.to_item(before), items.to_item(after)
    told = CaseFileInspected(
        institution=INSTITUTION,
        v=4,
        case="LAAAABBBB",
        file="LAAAABBBB.BUKTI_LAPORAN.2",
        accepted=accepted,
        message=after.message,
    )
    assert translate_change(Change(old["pk"], old["sk"], old, new)) == [told]
    assert translate_change(Change(old["pk"], old["sk"], None, old)) == []


@pytest.mark.parametrize("who", ["session", "enrolment", Role.OPERATOR, Role.ADMIN])
def test_a_fact_tells_whether_the_person_himself_sent_the_file(world: World, who: str) -> None:
    """Registration keeps his beside a verdict, and voids it for what staff uploads (domain.md, section 4)."""
    world.deliver(world.listed())
    if who in set(Role):
        world.accepted(KTP, token=world.staff(Role(who)), orang=PERSON)
    else:
        world.accepted(KTP, **({"cookies": world.enrolment()} if who == "enrolment" else {}))
    (seen,) = world.relayed()
    assert FileAccepted.model_validate(seen["detail"]).by_the_person == (who not in set(Role))


def test_refusal_is_told_with_the_words_people_read(world: World) -> None:
    file = world.stored(world.uploaded(KTP, b"nonsense"))
    (seen,) = world.relayed()
    fact = FileRejected.model_validate(seen["detail"])
    assert (fact.file, fact.code, fact.message) == (str(file.id), file.code, file.message)


def test_papers_of_an_institution_are_told_too(world: World) -> None:
    world.accepted(SPTJM, token=world.staff(Role.PPK))
    (seen,) = world.relayed()
    assert (seen["detail"]["subject"], seen["detail"]["uploaded_by"]) == (f"I{INSTITUTION}", "staff-ppk")


def test_of_a_replacement_only_the_new_file_is_told(world: World) -> None:
    world.accepted(KTP)
    world.relayed()
    newest = world.accepted(KTP)
    assert [seen["detail"]["file"] for seen in world.relayed()] == [newest]


def test_the_stream_may_come_twice(world: World) -> None:
    world.accepted(KTP)
    records = world.cloud.changes("DocTable")
    for _ in range(2):
        assert entry.relay({"Records": records}, None) == {"batchItemFailures": []}
    first, second = world.cloud.facts()
    assert first["detail"] == second["detail"]


def file(state: FileState, **changed: Any) -> File:
    values: dict[str, Any] = {"institution": INSTITUTION, "v": 2, "state": state, "riwayat": None, "incoming": "x"}
    values |= {"received": NOON, "uploaded_by": PERSON, "size": 1, "content_type": "image/jpeg"}
    return File(id=FileId(PERSON, KTP, 1), **{**values, **changed})


@pytest.mark.parametrize(("before", "after"), list(itertools.product([None, *FileState], FileState)))
def test_a_fact_belongs_to_reaching_a_verdict(before: FileState | None, after: FileState) -> None:
    told = {FileState.DITERIMA: {"key": "k", "sha256": "s"}, FileState.DITOLAK: {"code": "empty", "message": "m"}}
    new = items.to_item(file(after, **told.get(after, {})))
    old = items.to_item(file(before)) if before else None
    names = [fact.name for fact in translate_change(Change(new["pk"], new["sk"], old, new))]
    expected = {FileState.DITERIMA: "file.accepted", FileState.DITOLAK: "file.rejected"}.get(after)
    assert names == ([] if before is after or expected is None else [expected])


def test_other_items_hold_no_facts() -> None:
    new = items.to_item(file(FileState.DITERIMA, key="k", sha256="s"))
    assert translate_change(Change(new["pk"], "@", None, {"state": "TERDAFTAR"})) == []
    assert translate_change(Change(new["pk"], new["sk"], new, None)) == []


def test_an_item_is_read_as_it_was_written() -> None:
    for made in (
        file(FileState.DITOLAK, code="empty", message="m"),
        file(FileState.DITERIMA, key="k", flags=("a",), printed_number="SPTJM-9901-4"),
    ):
        assert items.to_file(items.to_item(made)) == made


@pytest.mark.parametrize("order", list(itertools.permutations([1, 2, 3])))
def test_of_facts_in_any_order_the_newest_stays(world: World, order: tuple[int, ...]) -> None:
    states = {1: PersonState.DRAF, 2: PersonState.TERDAFTAR, 3: PersonState.DIHAPUS}
    facts = [world.listed(v=v, state=states[v], unit_kerja=f"Unit {v}") for v in order]
    assert world.deliver(*facts, *facts) == []
    assert (world.head().state, world.head().unit) == (PersonState.DIHAPUS, "Unit 3")


def test_a_fact_leaves_the_audit_head_alone(world: World) -> None:
    world.promised(KTP)
    before = world.head()
    world.deliver(world.listed())
    after = world.head()
    assert (after.v, after.head, after.salt, after.last) == (before.v, before.head, before.salt, before.last)
    world.promised(KTP)
    assert world.head().v == before.v + 1


def test_a_foreign_fact_is_a_wiring_mistake(world: World) -> None:
    world.accepted(KTP)
    (seen,) = world.relayed()
    answer = entry.on_fact(queued([seen]), None)
    assert answer["batchItemFailures"] == [{"itemIdentifier": "0"}]
