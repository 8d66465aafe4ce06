"""The queue of second checks: drawn verdicts of others, under the same leases and four eyes (ADR 23)."""

from datetime import timedelta

import pytest

from services.kernel.security.sessions import Role
from services.registration.adapters import person_store
from services.registration.queue.take_next import LASTS
from tests.registration.listed import IN_TIME
from tests.registration.queue.test_take_next import counts, end_all, keep, listed, take, taken
from tests.registration.staff import Desk, desk
from tests.registration.verification.test_decide_person import waive
from tests.registration.verification.test_second_check import DISSENT, check
from tests.support.aws import Cloud

MINUTE = timedelta(minutes=1)


@pytest.fixture
def sharing(portal: Cloud) -> Cloud:
    portal.use("registration", second_check_percent="100")
    return portal


def decided(by: Desk, people: list[str]) -> list[str]:
    """Those whom he decided on, as the index knows them then."""
    for pid in people:
        assert by.decide(pid, person_store.load(pid).v, "MEMENUHI_SYARAT").status == 200
    keep(people)
    return people


def test_drawn_verdicts_are_handed_out_once_to_others_than_their_givers(
    sharing: Cloud, operator: Desk, verifier: Desk
) -> None:
    colleague = desk(sharing, Role.VERIFIKATOR, number=2)
    by_verifier, by_colleague = (
        decided(verifier, listed(operator, 2)),
        decided(colleague, listed(operator, 1, first=10)),
    )
    waiting = listed(operator, 1, first=20)
    assert set(taken(colleague, second=True)) == set(by_verifier)
    assert taken(verifier, second=True) == by_colleague
    assert taken(verifier) == waiting
    assert take(desk(sharing, Role.ADMIN), second=True) == {"id": None, "until": None, "left": 3, "busy": True}


def test_nobody_is_handed_a_check_he_may_not_make(sharing: Cloud, operator: Desk, verifier: Desk) -> None:
    """Nor whom the first decider invited, nor who worked on the record; bkn's waiver changes nothing."""
    admin = desk(sharing, Role.ADMIN)
    (by_admin,), (by_operator,) = listed(admin, 1), listed(operator, 1, first=10)
    decided(verifier, [by_admin, by_operator])
    guest = desk(sharing, Role.VERIFIKATOR, number=3, sponsors=(verifier.actor.id,))
    himself = desk(sharing, Role.VERIFIKATOR, number=4, own=by_admin)
    elsewhere = desk(sharing, Role.VERIFIKATOR, number=5, units=("Unit lain",))
    for _ in range(2):
        for by in (verifier, guest, elsewhere):
            assert take(by, second=True)["left"] == 0
        for by in (admin, himself):
            assert taken(by, second=True) == [by_operator]
            end_all(by, [by_operator])
        waive(IN_TIME - MINUTE, IN_TIME + timedelta(hours=1))


def test_a_lease_of_a_check_ends_by_time_and_the_check_ends_it_for_good(
    sharing: Cloud, operator: Desk, verifier: Desk
) -> None:
    (only,) = decided(verifier, listed(operator, 1))
    colleague, third = (desk(sharing, Role.VERIFIKATOR, number=number) for number in (2, 3))
    assert take(colleague, second=True)["id"] == only
    assert take(third, second=True)["busy"]
    sharing.at(IN_TIME + LASTS + MINUTE)
    assert take(third, second=True)["id"] == only
    assert check(third, only, person_store.load(only).v, body=DISSENT).status == 200
    keep([only])
    sharing.at(IN_TIME + 3 * LASTS)
    assert take(colleague, second=True) == {"id": None, "until": None, "left": 0, "busy": False}


def test_a_void_verdict_is_decided_on_again_and_not_checked(sharing: Cloud, operator: Desk, verifier: Desk) -> None:
    (only,) = decided(verifier, listed(operator, 1))
    withdrawal = {"v": person_store.load(only).v}
    assert verifier.call("POST", f"/people/{only}/verdicts/withdrawal", withdrawal).status == 200
    colleague = desk(sharing, Role.VERIFIKATOR, number=2)
    keep([only])
    assert take(colleague, second=True)["left"] == 0
    assert take(verifier)["id"] == only


def test_the_counts_say_how_many_there_are(sharing: Cloud, operator: Desk, verifier: Desk) -> None:
    decided(verifier, listed(operator, 2))
    listed(operator, 1, first=10)
    colleague = desk(sharing, Role.VERIFIKATOR, number=2)
    assert [(found["waiting"], found["second"]) for found in (counts(verifier), counts(colleague))] == [(1, 0), (1, 2)]
    found = colleague.call("GET", "/queue?second=true").json
    assert (found["waiting"], found["second"], found["submitted"]["total"]) == (2, 2, 2)
    assert colleague.call("GET", "/queue?second=&state=TIDAK_MEMENUHI_SYARAT").json["waiting"] == 0
    assert colleague.call("GET", "/queue?second=true&state=MEMENUHI_SYARAT").json["waiting"] == 2


def test_with_the_default_nothing_is_handed_out(operator: Desk, verifier: Desk) -> None:
    decided(verifier, listed(operator, 1))
    colleague = desk(verifier.cloud, Role.VERIFIKATOR, number=2)
    assert take(colleague, second=True)["left"] == 0
    assert counts(colleague)["second"] == 0


def test_whose_verdict_is_not_agreed_to_stands_first_in_the_list(
    sharing: Cloud, operator: Desk, verifier: Desk
) -> None:
    people = decided(verifier, listed(operator, 4))
    admin = desk(sharing, Role.ADMIN)
    by_name = [one["id"] for one in admin.call("GET", "/people").json["items"]]
    last = by_name[-1]
    assert check(admin, last, person_store.load(last).v, body=DISSENT).status == 200
    keep(people)
    listed_now = admin.call("GET", "/people").json["items"]
    assert [one["id"] for one in listed_now] == [last, *by_name[:-1]]
    assert listed_now[0]["flags"] == ["TIDAK_SEPENDAPAT"]
    assert [one["id"] for one in admin.call("GET", "/people?flag=TIDAK_SEPENDAPAT").json["items"]] == [last]
    ppk = desk(sharing, Role.PPK)
    told, waiting = (
        ppk.call("GET", f"/recap/verdicts?mark={mark}").json["items"]
        for mark in ("TIDAK_SEPENDAPAT", "MENUNGGU_PEMERIKSAAN")
    )
    assert [(one["id"], one["decision"]["second"]["reason"]) for one in told] == [(last, DISSENT["reason"])]
    assert len(waiting) == len(people) - 1
