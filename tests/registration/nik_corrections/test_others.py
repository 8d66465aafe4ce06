"""Where the right NIK, or the wrong one, is another one's: disputes, people registered twice, exchanged and chained."""

from dataclasses import replace

import pytest

from services.kernel.aws import dynamodb
from services.kernel.documents import DocumentType
from services.kernel.security.sessions import Role
from services.kernel.states import PersonState
from services.registration.adapters import account_store, claim_store, person_items, person_store
from services.registration.model.person import Person
from services.registration.settings import settings
from tests.registration.listed import INSTITUTION, ROW, accept, register, with_account
from tests.registration.nik_corrections.correcting import RIGHT, Office, listed, office, require_equal
from tests.registration.staff import Desk, desk, row
from tests.support.aws import Cloud
from tests.support.gates import open_gate

WRONG, THIRD = ROW["nik"], "9901014101900004"
OTHER = "9902"


@pytest.fixture
def here(portal: Cloud) -> Office:
    return office(portal)


def neighbour(cloud: Cloud) -> Desk:
    open_gate(OTHER)
    return desk(cloud, Role.ADMIN, OTHER)


def colleague(nik: str) -> Person:
    person = register(nik=nik, nama="Budi Contoh Pratama", jenis_kelamin="L")
    accept(person.pid, DocumentType.KTP)
    return person


def owner(nik: str) -> str:
    claim = claim_store.load(nik)
    assert claim is not None
    return claim.owner.pid


def test_who_is_registered_twice_is_no_correction(here: Office) -> None:
    person, twin = listed(), register(nik=RIGHT)
    assert here.ask(person).status == 200
    assert here.view(person)["asked"]["held_by"] == {
        "id": twin.pid,
        "nama": twin.nama,
        "nik_masked": "9901**********02",
    }
    refused = here.accept(person)
    assert (refused.status, refused.code) == (409, "conflict")
    assert "terdaftar dua kali" in refused.json["detail"]
    require_equal()


def test_a_deleted_row_of_the_right_nik_is_not_overwritten(here: Office) -> None:
    person, twin = listed(), register(nik=RIGHT)
    here.admin.delete(twin.pid, 1)
    here.ask(person)
    refused = here.accept(person)
    assert (refused.status, refused.code) == (409, "conflict")
    assert "pulihkan" in refused.json["detail"]
    require_equal()


def test_a_right_nik_that_another_institution_claims_is_a_dispute(here: Office) -> None:
    person = listed()
    first = neighbour(here.cloud).enter({**row(5), "nik": RIGHT}).json
    here.ask(person)
    assert here.view(person)["asked"]["elsewhere"] is True
    after = here.accept(person).json
    assert after["state"] == "KONFLIK"
    assert owner(RIGHT) == first["id"]
    require_equal()


@pytest.mark.parametrize("ours_first", [True, False])
def test_a_dispute_over_the_wrong_nik_is_over(here: Office, ours_first: bool) -> None:
    there = neighbour(here.cloud)
    if ours_first:
        person = listed()
        theirs = there.enter({**row(5), "nik": WRONG}).json["id"]
    else:
        theirs = there.enter({**row(5), "nik": WRONG}).json["id"]
        entered = here.operator.enter(dict(ROW)).json["id"]
        accept(entered, DocumentType.KTP)
        person = person_store.load(entered)
        assert person.state is PersonState.KONFLIK
    after = here.correct(person)
    assert after.state is PersonState.TERDAFTAR
    assert person_store.load(theirs).state is PersonState.TERDAFTAR
    assert owner(WRONG) == theirs
    require_equal()


def test_a_nik_mistyped_into_a_colleagues_is_freed_for_him(here: Office) -> None:
    person = listed()
    assert here.operator.enter({**row(6), "nik": WRONG}).code == "conflict"
    after = here.correct(person)
    entered = here.operator.enter({**row(6), "nik": WRONG})
    assert entered.status == 201, entered.text
    his = person_store.load(entered.json["id"])
    assert (his.v, his.came_from, his.state) == (1, None, PersonState.TERDAFTAR)
    assert his.pid not in {person.pid, after.pid}
    assert person_store.load_dossier(his.pid).files == ()
    assert (owner(WRONG), owner(RIGHT)) == (his.pid, after.pid)
    assert here.operator.enter({**row(6), "nik": WRONG}).json["id"] == his.pid
    require_equal()


def test_he_himself_does_not_come_back_under_the_wrong_nik(here: Office) -> None:
    here.correct(listed())
    again = here.operator.enter(dict(ROW))
    assert (again.status, again.code) == (409, "conflict")
    assert "sudah diperbaiki" in again.json["detail"]
    require_equal()


def test_a_chain_of_two_is_corrected_from_its_free_end(here: Office) -> None:
    """The row of one has the NIK of the other, whose row has a third: first the one whose right NIK is free."""
    one, other = listed(), colleague(THIRD)
    here.ask(other, WRONG)
    assert here.accept(other, WRONG).code == "conflict"
    after = here.correct(one)
    his = here.accept(other, WRONG).json["id"]
    assert (owner(RIGHT), owner(WRONG)) == (after.pid, his)
    assert claim_store.load(THIRD) is None
    assert person_store.load(his).nama == other.nama
    require_equal()


def test_two_who_have_each_others_nik_move_together(here: Office) -> None:
    one, other = listed(), colleague(RIGHT)
    here.ask(one, RIGHT)
    assert here.view(one)["asked"]["swapped"] is False
    assert here.accept(one, RIGHT).code == "conflict"
    here.ask(other, WRONG)
    assert here.view(one)["asked"]["swapped"] is True
    missing = here.accept(one, RIGHT)
    assert [(field["field"], field["code"]) for field in missing.json["fields"]] == [("on_other_ktp", "required")]
    differs = here.accept(one, RIGHT, on_other_ktp=THIRD)
    assert [(field["field"], field["code"]) for field in differs.json["fields"]] == [("on_other_ktp", "nik-differs")]
    require_equal()
    accepted = here.accept(one, RIGHT, on_other_ktp=WRONG)
    assert accepted.status == 200, accepted.text
    his, hers = person_store.load(owner(WRONG)), person_store.load(owner(RIGHT))
    assert (hers.nama, hers.row["nik"], hers.registration_number) == (one.nama, RIGHT, one.registration_number)
    assert (his.nama, his.row["nik"], his.registration_number) == (other.nama, WRONG, other.registration_number)
    assert {person_store.load(pid).state for pid in (one.pid, other.pid)} == {PersonState.DIHAPUS}
    require_equal()


@pytest.mark.parametrize("both", [True, False], ids=["both have accounts", "one has"])
def test_accounts_of_two_who_have_each_others_nik_are_exchanged(here: Office, both: bool) -> None:
    one, other = with_account(here.cloud), colleague(RIGHT)
    if both:
        other = with_account_of(here, other)
    here.ask(one, RIGHT)
    here.ask(other, WRONG)
    assert here.accept(one, RIGHT, on_other_ktp=WRONG).status == 200
    hers, his = (account_store.load(account_store.account_id(nik)) for nik in (RIGHT, WRONG))
    assert hers is not None
    assert hers.pid == owner(RIGHT)
    assert account_store.contact(hers, person_store.load(hers.pid)).email == "siti@contoh.id"
    assert (his.pid if his else None) == (owner(WRONG) if both else None)
    require_equal()


def with_account_of(here: Office, person: Person) -> Person:
    """The colleague with an account as well: hers, under his NIK and his key."""
    hers = account_store.load(account_store.account_id(WRONG))
    assert hers is not None
    source = person_store.load(hers.pid or "")
    account = account_store.moved_to(hers, account_store.account_id(person.row["nik"]), source, person)
    after = replace(person, has_account=True)
    root = dynamodb.put(settings().table, person_items.to_item(after))
    dynamodb.transact([account_store.put_new(account), root])
    return after


def test_the_correction_of_a_correction_goes_back(here: Office) -> None:
    person = listed()
    wrong_again = here.correct(person, THIRD)
    right = here.correct(wrong_again, WRONG)
    assert right.row["nik"] == WRONG
    assert right.pid != person.pid
    assert right.registration_number == person.registration_number
    assert {file.id for file in person_store.load_dossier(right.pid).files} == {f"{person.pid}.KTP.1"}
    here.tell()
    assert {file.id for file in person_store.load_dossier(right.pid).files} == {f"{person.pid}.KTP.1"}
    assert right.institution == INSTITUTION
    require_equal()
