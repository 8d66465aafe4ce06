"""A file that is accepted after a verdict: whose it is, of which kind, and when, decide whether the verdict is void."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from services.kernel.documents import DocumentType
from services.kernel.security.sessions import Role
from services.kernel.states import PersonState
from services.registration.adapters import person_store
from services.registration.app import app
from services.registration.facts.project_file import keep_file
from services.registration.model.person import Person
from tests.registration.facts.test_take_fact import accepted, files, rejected, tell
from tests.registration.listed import (
    IN_TIME,
    LAST_MOMENT,
    TOO_LATE,
    accept,
    put_in,
    register,
    token_of,
    with_account,
)
from tests.registration.staff import desk
from tests.support.aws import Cloud
from tests.support.gates import close_lanes

KTP, SK = DocumentType.KTP, DocumentType.SK
EVIDENCE = (
    SK,
    DocumentType.SK_LEGALISIR,
    DocumentType.SURAT_PERNYATAAN,
    DocumentType.BUKTI_BAYAR,
    KTP,
    DocumentType.KARTU_THK2,
)
NO_EVIDENCE = (DocumentType.FOTO, DocumentType.SWAFOTO, DocumentType.IJAZAH)
OF_A_ROW = frozenset(EVIDENCE[:4])
AFTER = IN_TIME + timedelta(hours=1)


def qualified(cloud: Cloud, person: Person) -> Person:
    """The person with a verdict of this moment; then an hour goes by."""
    answer = desk(cloud, Role.VERIFIKATOR).decide(person.pid, person.v, "MEMENUHI_SYARAT")
    assert answer.status == 200, answer.text
    cloud.at(AFTER)
    return person_store.load(person.pid)


def of_kind(pid: str, jenis: DocumentType, by: str, n: int = 1) -> Any:
    """The fact that a file of this kind was accepted."""
    return accepted(pid, n, jenis=jenis, riwayat="pertama" if jenis in OF_A_ROW else None, by=by)


def shown(cloud: Cloud, pid: str) -> list[tuple[str, bool]]:
    """The files on the person's page by number, and whether each came after the verdict."""
    listed = desk(cloud, Role.VERIFIKATOR).detail(pid)["files"]
    return [(file["id"].rpartition(".")[2], file["marked_at"] is not None) for file in listed]


@pytest.mark.parametrize("jenis", [*EVIDENCE, *NO_EVIDENCE])
def test_a_file_of_staff_voids_the_verdict_if_it_is_evidence(portal: Cloud, jenis: DocumentType) -> None:
    decided = qualified(portal, register())
    assert tell(of_kind(decided.pid, jenis, "uploader"), at=AFTER) == []
    after = person_store.load(decided.pid)
    if jenis in EVIDENCE:
        assert (after.state, after.v) == (PersonState.TERDAFTAR, decided.v + 1)
        assert shown(portal, decided.pid) == [("1", False)]
    else:
        assert (after.state, after.v) == (PersonState.MEMENUHI_SYARAT, decided.v)
        assert shown(portal, decided.pid) == [("1", True)]


@pytest.mark.parametrize("jenis", [*EVIDENCE, *NO_EVIDENCE])
def test_a_file_of_the_persons_own_is_kept_beside_the_verdict(portal: Cloud, jenis: DocumentType) -> None:
    """No account has an assurance yet, so nothing it does voids a verdict (domain.md, section 3)."""
    decided = qualified(portal, register())
    assert tell(of_kind(decided.pid, jenis, decided.pid), at=AFTER) == []
    assert person_store.load(decided.pid) == decided
    assert (files(decided.pid), shown(portal, decided.pid)) == ({1: "DITERIMA"}, [("1", True)])


def test_what_the_verdict_rests_on_is_not_replaced_by_what_comes_after_it(portal: Cloud) -> None:
    person = register()
    tell(accepted(person.pid, 1, jenis=KTP), accepted(person.pid, 2, jenis=KTP))
    decided = qualified(portal, person)
    tell(*(accepted(person.pid, n, jenis=KTP, by=person.pid) for n in (3, 4)), rejected(person.pid, 5), at=AFTER)
    assert files(person.pid) == {1: "DIGANTI", 2: "DITERIMA", 3: "DITERIMA", 4: "DITERIMA", 5: "DITOLAK"}
    assert shown(portal, person.pid) == [("2", False), ("4", True), ("5", False)]
    tell(accepted(person.pid, 6, jenis=KTP), at=AFTER)
    assert person_store.load(person.pid).state is PersonState.TERDAFTAR
    assert files(person.pid) == {1: "DIGANTI", 2: "DIGANTI", 3: "DIGANTI", 4: "DIGANTI", 5: "DITOLAK", 6: "DITERIMA"}
    assert decided.state is PersonState.MEMENUHI_SYARAT


def test_a_new_verdict_takes_over_what_stood_beside_the_old_one(portal: Cloud) -> None:
    decided = qualified(portal, register())
    tell(accepted(decided.pid, 1, jenis=KTP, by=decided.pid), at=AFTER)
    back = put_in(decided, PersonState.DIAJUKAN)
    portal.at(AFTER + timedelta(hours=1))
    desk(portal, Role.VERIFIKATOR).decide(back.pid, back.v, "TIDAK_MEMENUHI_SYARAT")
    assert shown(portal, back.pid) == [("1", False)]


def test_the_person_sees_which_of_his_files_came_after_the_verdict(portal: Cloud) -> None:
    person = with_account(portal)
    decided = qualified(portal, person)
    tell(accepted(person.pid, 2, jenis=KTP, by=person.pid), at=AFTER)
    answer = portal.call(app, "GET", "/registration/me", token=token_of(portal, decided))
    stamps = {file["id"].partition(".")[2]: file["marked_at"] for file in answer.json["files"]}
    assert {name for name, at in stamps.items() if at} == {"KTP.2"}
    assert datetime.fromisoformat(stamps["KTP.2"]) >= AFTER


def test_a_file_known_before_its_instant_was_kept_is_never_marked(portal: Cloud) -> None:
    decided = qualified(portal, register())
    accept(decided.pid, KTP)
    assert shown(portal, decided.pid) == [("1", False)]


@pytest.mark.parametrize("state", list(PersonState))
def test_only_a_decided_record_moves(portal: Cloud, state: PersonState) -> None:
    person = put_in(register(), state, before="DIAJUKAN")
    tell(accepted(person.pid, jenis=KTP))
    after = person_store.load(person.pid)
    if state in {PersonState.MEMENUHI_SYARAT, PersonState.TIDAK_MEMENUHI_SYARAT}:
        assert (after.state, after.v) == (PersonState.DIAJUKAN, person.v + 1)
    else:
        assert (after.state, after.v) == (state, person.v)
    assert files(person.pid) == {1: "DITERIMA"}


def test_whoever_made_an_account_under_the_verdict_goes_back_to_that(portal: Cloud) -> None:
    person = put_in(register(), PersonState.MEMENUHI_SYARAT, before="TERDAFTAR", account=True)
    tell(accepted(person.pid, jenis=KTP))
    assert person_store.load(person.pid).state is PersonState.AKUN_DIBUAT


def test_a_file_that_replaces_nothing_for_the_eye_voids_nothing(portal: Cloud) -> None:
    """A refused file, a fact that came twice, and one that was overtaken by a newer file."""
    person = register()
    tell(accepted(person.pid, 2, jenis=KTP))
    qualified(portal, person)
    refused = rejected(person.pid, 3).model_copy(update={"jenis": KTP, "file": f"{person.pid}.KTP.3"})
    tell(refused, accepted(person.pid, 2, jenis=KTP), accepted(person.pid, 1, jenis=KTP), at=AFTER)
    assert person_store.load(person.pid).state is PersonState.MEMENUHI_SYARAT
    assert files(person.pid) == {1: "DIGANTI", 2: "DITERIMA", 3: "DITOLAK"}


def test_a_voided_verdict_moves_the_counters_and_the_chain(portal: Cloud) -> None:
    staff = desk(portal, Role.VERIFIKATOR)
    decided = qualified(portal, register())
    tell(accepted(decided.pid, jenis=KTP), at=AFTER)
    assert staff.call("GET", "/progress").json["by_state"] == {"TERDAFTAR": 1}
    progress = [step["state"] for step in staff.detail(decided.pid)["progress"]]
    assert progress == ["TERDAFTAR", "MEMENUHI_SYARAT", "TERDAFTAR"]


@pytest.mark.parametrize(("at", "state"), [(LAST_MOMENT, "TERDAFTAR"), (TOO_LATE, "MEMENUHI_SYARAT")])
def test_after_correction_has_closed_the_file_is_kept_and_the_verdict_stands(
    portal: Cloud, at: Any, state: str
) -> None:
    decided = qualified(portal, register())
    portal.at(at)
    assert tell(accepted(decided.pid, jenis=KTP), at=at) == []
    assert (person_store.load(decided.pid).state, files(decided.pid)) == (state, {1: "DITERIMA"})
    assert shown(portal, decided.pid) == [("1", state == "MEMENUHI_SYARAT")]


def test_after_the_lock_the_file_is_kept_and_nothing_moves(portal: Cloud) -> None:
    decided = qualified(portal, register())
    close_lanes("9901")
    assert tell(accepted(decided.pid, jenis=KTP), at=AFTER) == []
    assert person_store.load(decided.pid) == decided
    assert files(decided.pid) == {1: "DITERIMA"}


def test_a_verdict_given_while_the_file_of_staff_is_stored_is_not_overlooked(portal: Cloud) -> None:
    """Whoever looked at the record before the verdict must look again."""
    pid = register().pid
    seen, fact = person_store.load_dossier(pid), accepted(pid, jenis=KTP)
    qualified(portal, seen.person)
    assert keep_file(fact, seen, AFTER) is False
    assert files(pid) == {}
    tell(fact, at=AFTER)
    assert person_store.load(pid).state is PersonState.TERDAFTAR
