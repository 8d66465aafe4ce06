"""Taking people off the roster and bringing them back, and what becomes of a disputed NIK meanwhile."""

from datetime import timedelta

import pytest

from services.kernel import clock
from services.kernel.security.sessions import Role
from services.kernel.states import PersonState
from services.kernel.writes.calendar import DEFAULT_2022, Span, Window
from services.registration.adapters import claim_store, person_store
from tests.registration.listed import IN_TIME, LAST_MOMENT, TOO_LATE, put_in
from tests.registration.staff import Desk, desk, row
from tests.support.aws import Cloud
from tests.support.gates import open_gate

OTHER, THIRD = "9902", "9903"


@pytest.fixture
def operator(portal: Cloud) -> Desk:
    return desk(portal, Role.OPERATOR)


@pytest.fixture
def admin(portal: Cloud) -> Desk:
    return desk(portal, Role.ADMIN)


def neighbour(cloud: Cloud, institution: str = OTHER) -> Desk:
    open_gate(institution)
    return desk(cloud, Role.ADMIN, institution)


def restore(by: Desk, pid: str, v: int) -> tuple[int, str]:
    answer = by.call("POST", f"/people/{pid}/restoration", {"v": v, "reason": "ternyata masih bekerja"})
    return answer.status, answer.json.get("state") or answer.code


def state_of(pid: str) -> str:
    return person_store.load(pid).state.value


@pytest.mark.parametrize("state", [state for state in PersonState if state is not PersonState.DRAF])
def test_an_operator_deletes_drafts_only(operator: Desk, state: PersonState) -> None:
    draft = operator.enter(row(1, nomor_sk=None)).json
    assert operator.delete(draft["id"], 1).json == {"v": 2, "state": "DIHAPUS"}
    other = operator.enter(row(2)).json
    put_in(person_store.load(other["id"]), state)
    answer = operator.delete(other["id"], 1)
    assert (answer.status, answer.code) == (403, "forbidden")


def test_an_admin_deletes_with_a_reason_and_restores(operator: Desk, admin: Desk) -> None:
    pid = operator.enter(row(1)).json["id"]
    assert admin.delete(pid, 1, reason=" ").code == "invalid-fields"
    assert admin.delete(pid, 1, reason="meninggal dunia").json == {"v": 2, "state": "DIHAPUS"}
    assert admin.detail(pid)["deletion_reason"] == "meninggal dunia"
    assert claim_store.load(row(1)["nik"]) is None
    again = operator.enter(row(1))
    assert (again.status, again.code) == (409, "conflict")
    assert "dihapus" in again.json["detail"]
    assert restore(admin, pid, 2) == (200, "TERDAFTAR")
    assert admin.detail(pid)["deletion_reason"] is None
    claim = claim_store.load(row(1)["nik"])
    assert claim is not None
    assert claim.owner.pid == pid


def test_who_is_deleted_cannot_be_deleted_again(operator: Desk, admin: Desk) -> None:
    pid = operator.enter(row(1)).json["id"]
    admin.delete(pid, 1)
    assert admin.delete(pid, 2).code == "illegal-transition"
    assert restore(admin, pid, 1) == (409, "version-moved")
    assert restore(admin, pid, 2) == (200, "TERDAFTAR")
    assert restore(admin, pid, 3) == (409, "illegal-transition")


def test_the_last_moment_for_deletion(operator: Desk, admin: Desk) -> None:
    one, two = (operator.enter(row(seed)).json["id"] for seed in (1, 2))
    assert admin.delete(one, 1, received=LAST_MOMENT).status == 200
    late = admin.delete(two, 1, received=TOO_LATE)
    assert (late.status, late.code, late.json["window"]) == (410, "window-closed", "CORRECTION")


def test_the_owner_leaves_and_the_other_gets_his_person_back(portal: Cloud, operator: Desk, admin: Desk) -> None:
    other = neighbour(portal)
    owner, claimant = operator.enter(row(1)).json["id"], other.enter(row(1)).json["id"]
    assert state_of(claimant) == "KONFLIK"
    admin.delete(owner, 1)
    assert state_of(claimant) == "TERDAFTAR"
    claim = claim_store.load(row(1)["nik"])
    assert claim is not None
    assert (claim.owner.institution, claim.is_disputed) == (OTHER, False)
    assert restore(admin, owner, 2) == (200, "KONFLIK")


def test_the_claimant_leaves_and_nothing_happens_to_the_owner(portal: Cloud, operator: Desk) -> None:
    other = neighbour(portal)
    owner, claimant = operator.enter(row(1)).json["id"], other.enter(row(1)).json["id"]
    assert other.delete(claimant, 1).json["state"] == "DIHAPUS"
    assert (state_of(owner), person_store.load(owner).v) == ("TERDAFTAR", 1)
    assert operator.detail(owner)["claims"] == [{"institution": {"code": "9901", "name": "9901"}, "owner": True}]


def test_of_three_the_last_one_left_comes_back(portal: Cloud, operator: Desk, admin: Desk) -> None:
    second, third = neighbour(portal), neighbour(portal, THIRD)
    one, two, three = (each.enter(row(1)).json["id"] for each in (operator, second, third))
    admin.delete(one, 1)
    assert (state_of(two), state_of(three)) == ("KONFLIK", "KONFLIK")
    second.delete(two, 1)
    assert (state_of(two), state_of(three)) == ("DIHAPUS", "TERDAFTAR")


def test_a_restored_claimant_without_a_rival_is_free(portal: Cloud, operator: Desk, admin: Desk) -> None:
    other = neighbour(portal)
    owner, claimant = operator.enter(row(1)).json["id"], other.enter(row(1)).json["id"]
    other.delete(claimant, 1)
    admin.delete(owner, 1)
    assert claim_store.load(row(1)["nik"]) is None
    assert restore(other, claimant, 2) == (200, "TERDAFTAR")


def test_where_the_window_has_closed_nobody_comes_back(portal: Cloud, operator: Desk, admin: Desk) -> None:
    other = neighbour(portal)
    owner, claimant = operator.enter(row(1)).json["id"], other.enter(row(1)).json["id"]
    over = {window: Span(span.opens, IN_TIME - timedelta(days=1)) for window, span in DEFAULT_2022.items()}
    assert Window.CORRECTION in over
    open_gate(OTHER, windows=over)
    assert admin.delete(owner, 1, received=clock.now()).status == 200
    assert state_of(claimant) == "KONFLIK"
