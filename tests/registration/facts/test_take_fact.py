"""What other services say: files in any order, verdicts they void, institutions; and what nobody here handles."""

from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from services.kernel import clock
from services.kernel.documents import DocumentType, file_id
from services.kernel.facts import (
    Fact,
    FileAccepted,
    FileRejected,
    InstitutionLocked,
    InstitutionOpened,
    InstitutionPhaseChanged,
)
from services.kernel.sessions import Role
from services.kernel.states import PersonState, Phase
from services.registration.adapters import institution_store, person_store
from services.registration.app import on_fact
from tests.aws import Cloud, envelope, queued
from tests.gates import close_lanes
from tests.registration.listed import IN_TIME, LAST_MOMENT, TOO_LATE, put_in, register
from tests.registration.staff import desk, row

IJAZAH, SK = DocumentType.IJAZAH, DocumentType.SK


def accepted(pid: str, n: int = 1, *, v: int = 2, jenis: DocumentType = IJAZAH, riwayat: str | None = None) -> Fact:
    return FileAccepted(
        institution="9901",
        v=v,
        file=file_id(pid, jenis, n),
        subject=pid,
        jenis=jenis,
        riwayat=riwayat,
        key=f"{jenis.lower()}/{pid}/{n}",
        sha256="0" * 64,
        size=1,
        uploaded_by="uploader",
    )


def rejected(pid: str, n: int = 1, *, v: int = 2) -> Fact:
    return FileRejected(
        institution="9901",
        v=v,
        file=file_id(pid, IJAZAH, n),
        subject=pid,
        jenis=IJAZAH,
        riwayat=None,
        code="too-large",
        message="Berkas terlalu besar.",
    )


def tell(*facts: Fact, at: Any = IN_TIME) -> list[str]:
    """Put facts on the queue; the ids of those that must come again."""
    bodies = [{**envelope(fact), "time": at.isoformat()} for fact in facts]
    return [failure["itemIdentifier"] for failure in on_fact(queued(bodies), None)["batchItemFailures"]]


def files(pid: str) -> dict[int, str]:
    """State by number."""
    return {int(file.id.rpartition(".")[2]): file.state for file in person_store.load_dossier(pid).files}


def test_an_accepted_and_a_rejected_file_are_known(portal: Cloud) -> None:
    pid = register().pid
    assert tell(accepted(pid, 1), rejected(pid, 2)) == []
    first, second = sorted(person_store.load_dossier(pid).files, key=lambda file: file.id)
    assert (first.state, first.key, first.code, first.v) == ("DITERIMA", f"ijazah/{pid}/1", None, 2)
    assert (second.state, second.code, second.message) == ("DITOLAK", "too-large", "Berkas terlalu besar.")


def test_any_order_and_any_repetition_ends_alike(portal: Cloud) -> None:
    for seed, order in enumerate(permutations(range(4))):
        pid = register(nik=row(seed)["nik"]).pid
        facts = [accepted(pid, 1), accepted(pid, 2), rejected(pid, 3), accepted(pid, 3, v=3)]
        assert tell(*(facts[at] for at in order), facts[order[0]], facts[order[1]]) == []
        assert files(pid) == {1: "DIGANTI", 2: "DIGANTI", 3: "DITERIMA"}, order


def test_a_refused_file_replaces_none(portal: Cloud) -> None:
    pid = register().pid
    tell(accepted(pid, 1), rejected(pid, 2))
    assert files(pid) == {1: "DITERIMA", 2: "DITOLAK"}


def test_files_of_other_kinds_and_rows_do_not_replace_each_other(portal: Cloud) -> None:
    pid = register().pid
    tell(
        accepted(pid, 1, jenis=SK, riwayat="pertama"),
        accepted(pid, 2, jenis=SK, riwayat="kedua"),
        accepted(pid, 3),
    )
    assert {file.state for file in person_store.load_dossier(pid).files} == {"DITERIMA"}


def test_an_institutions_own_files_are_not_ours(portal: Cloud) -> None:
    fact = FileAccepted(
        institution="9901",
        v=1,
        file="I9901.SPTJM.1",
        subject="I9901",
        jenis=DocumentType.SPTJM,
        riwayat=None,
        key="sptjm/x",
        sha256="0" * 64,
        size=1,
        uploaded_by="ppk",
    )
    assert tell(fact) == []


def test_only_a_decided_record_moves(portal: Cloud) -> None:
    for seed, state in enumerate(PersonState):
        person = put_in(register(nik=row(seed)["nik"]), state, before="DIAJUKAN")
        tell(accepted(person.pid))
        after = person_store.load(person.pid)
        if state in {PersonState.MEMENUHI_SYARAT, PersonState.TIDAK_MEMENUHI_SYARAT}:
            assert (after.state, after.v) == (PersonState.DIAJUKAN, person.v + 1)
        else:
            assert (after.state, after.v) == (state, person.v)
        assert files(person.pid) == {1: "DITERIMA"}


def test_a_file_that_replaces_nothing_for_the_eye_voids_nothing(portal: Cloud) -> None:
    """A refused file, a fact that came twice, and one that was overtaken by a newer file."""
    pid = register().pid
    tell(accepted(pid, 2))
    verified = desk(portal, Role.VERIFIKATOR).decide(pid, 1, "MEMENUHI_SYARAT")
    assert verified.status == 200
    tell(rejected(pid, 3), accepted(pid, 2), accepted(pid, 1))
    assert person_store.load(pid).state is PersonState.MEMENUHI_SYARAT
    assert files(pid) == {1: "DIGANTI", 2: "DITERIMA", 3: "DITOLAK"}
    tell(accepted(pid, 4))
    assert person_store.load(pid).state is PersonState.TERDAFTAR


def test_a_voided_verdict_moves_the_counters_and_the_chain(portal: Cloud) -> None:
    staff = desk(portal, Role.VERIFIKATOR)
    pid = register().pid
    staff.decide(pid, 1, "MEMENUHI_SYARAT")
    tell(accepted(pid))
    assert staff.call("GET", "/progress").json["by_state"] == {"TERDAFTAR": 1}
    assert [step["state"] for step in staff.detail(pid)["progress"]] == ["TERDAFTAR", "MEMENUHI_SYARAT", "TERDAFTAR"]


@pytest.mark.parametrize(("at", "state"), [(LAST_MOMENT, "TERDAFTAR"), (TOO_LATE, "MEMENUHI_SYARAT")])
def test_after_the_window_the_file_is_kept_and_the_verdict_stands(portal: Cloud, at: Any, state: str) -> None:
    pid = register().pid
    desk(portal, Role.VERIFIKATOR).decide(pid, 1, "MEMENUHI_SYARAT")
    assert tell(accepted(pid), at=at) == []
    assert (person_store.load(pid).state, files(pid)) == (state, {1: "DITERIMA"})


def test_after_the_lock_the_file_is_kept_and_nothing_moves(portal: Cloud) -> None:
    pid = register().pid
    desk(portal, Role.VERIFIKATOR).decide(pid, 1, "MEMENUHI_SYARAT")
    close_lanes("9901")
    assert tell(accepted(pid)) == []
    assert (person_store.load(pid).state, person_store.load(pid).v) == ("MEMENUHI_SYARAT", 2)
    assert files(pid) == {1: "DITERIMA"}


def test_a_file_of_nobody_comes_again(portal: Cloud) -> None:
    assert tell(accepted("nobody")) == ["0"]


def opened(title: str, v: int) -> Fact:
    return InstitutionOpened(institution="9903", v=v, title=title, kind="kota", at=IN_TIME)


def phase(name: Phase, v: int) -> Fact:
    return InstitutionPhaseChanged(
        institution="9903",
        v=v,
        phase=name,
        epoch=1,
        at=IN_TIME,
        correction_closes=IN_TIME + timedelta(days=9),
        sptjm_state="BELUM",
    )


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_institutions_are_kept_in_any_order(portal: Cloud, order: tuple[int, ...]) -> None:
    facts = [opened("Kota Contoh", 1), phase(Phase.PRAFINAL, 2), phase(Phase.FINAL, 3)]
    assert tell(*(facts[at] for at in order), *facts) == []
    kept = institution_store.load("9903")
    assert (kept.name, kept.phase) == ("Kota Contoh", Phase.FINAL)


def test_a_fact_nobody_handles_is_a_wiring_mistake(portal: Cloud) -> None:
    assert tell(InstitutionLocked(institution="9901", v=1, locked_at=clock.now())) == ["0"]
