"""What other services say: files in any order, institutions; and what nobody here handles."""

from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from services.kernel import clock
from services.kernel.documents import DocumentType, file_id
from services.kernel.events.facts import (
    Fact,
    FileAccepted,
    FileRejected,
    InstitutionLocked,
    InstitutionOpened,
    InstitutionPhaseChanged,
)
from services.kernel.states import Phase
from services.registration.adapters import institution_store, person_store
from services.registration.app import on_fact
from tests.registration.listed import IN_TIME, register
from tests.registration.staff import row
from tests.support.aws import Cloud, envelope, queued

IJAZAH, SK = DocumentType.IJAZAH, DocumentType.SK


def accepted(
    pid: str,
    n: int = 1,
    *,
    v: int = 2,
    jenis: DocumentType = IJAZAH,
    riwayat: str | None = None,
    by: str = "uploader",
) -> FileAccepted:
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
        uploaded_by=by,
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


@pytest.mark.parametrize("by", ["himself", "1.officer"])
def test_who_uploaded_it_for_him_is_kept_and_of_himself_nobody(portal: Cloud, by: str) -> None:
    person = register()
    assert tell(accepted(person.pid, by=person.pid if by == "himself" else by)) == []
    (file,) = person_store.load_dossier(person.pid).files
    assert (file.own, file.by) == ((True, None) if by == "himself" else (False, by))
