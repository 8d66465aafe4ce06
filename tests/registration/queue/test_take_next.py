"""The next record of the queue: in which order, for whom, leased to one at a time, and given back."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from services.kernel import clock
from services.kernel.aws import dynamodb
from services.kernel.security.sessions import Role
from services.kernel.states import PersonState
from services.registration.adapters import person_items, person_store
from services.registration.eligibility.advice import Criterion
from services.registration.model.private import Progress
from services.registration.queue.take_next import FIRST, LASTS
from services.registration.search.keep_search import keep_people
from services.registration.settings import settings
from tests.registration.listed import IN_TIME, INSTITUTION, put_in
from tests.registration.staff import Desk, at, desk, row
from tests.registration.verification.test_decide_person import waive

MINUTE = timedelta(minutes=1)


def listed(operator: Desk, count: int, state: PersonState = PersonState.DIAJUKAN, first: int = 0) -> list[str]:
    """So many people in this state."""
    pids = [operator.enter(row(first + seed)).json["id"] for seed in range(count)]
    for pid in pids:
        put_in(person_store.load(pid), state)
    keep(pids)
    return pids


def keep(pids: list[str]) -> None:
    """The index as their records stand."""
    keep_people(INSTITUTION, pids, beside=set(pids))


def take(by: Desk, **turn: Any) -> dict[str, Any]:
    """What the next turn is answered."""
    answer = by.call("POST", "/queue/turns", turn)
    assert answer.status == 200, answer.text
    found: dict[str, Any] = answer.json
    return found


def taken(by: Desk, **turn: Any) -> list[str]:
    """Everybody who is handed out until nobody is left."""
    found = list[str]()
    while (one := take(by, **turn)["id"]) is not None:
        found.append(one)
    return found


def test_everybody_who_submitted_is_handed_out_once(operator: Desk, verifier: Desk) -> None:
    people = listed(operator, 15)
    listed(operator, 2, PersonState.MEMENUHI_SYARAT, first=50)
    colleague = desk(verifier.cloud, Role.VERIFIKATOR, number=2)
    first = take(verifier)
    assert (first["left"], first["busy"]) == (15, False)
    assert timedelta() <= clock.now() + LASTS - datetime.fromisoformat(first["until"]) < MINUTE
    found = [first["id"]]
    found += [take((colleague, verifier)[turn % 2])["id"] for turn in range(14)]
    assert sorted(found) == sorted(people)
    for by in (verifier, colleague):
        assert take(by) == {"id": None, "until": None, "left": 15, "busy": True}


def test_of_an_empty_queue_nobody_is_handed_out(operator: Desk, verifier: Desk) -> None:
    assert take(verifier) == {"id": None, "until": None, "left": 0, "busy": False}


def test_a_lease_ends_by_time_and_not_before(operator: Desk, verifier: Desk) -> None:
    (only,) = listed(operator, 1)
    assert take(verifier)["id"] == only
    colleague = desk(verifier.cloud, Role.VERIFIKATOR, number=2)
    verifier.cloud.at(IN_TIME + LASTS - MINUTE)
    assert take(colleague)["id"] is None
    verifier.cloud.at(IN_TIME + LASTS + MINUTE)
    assert take(colleague)["id"] == only
    assert take(verifier)["id"] is None


def test_a_verdict_counts_by_the_version_also_after_its_lease_ended(operator: Desk, verifier: Desk) -> None:
    """Of two the second is told; and nobody is handed the record before the index has heard of the verdict."""
    (only,) = listed(operator, 1)
    v = person_store.load(only).v
    colleague = desk(verifier.cloud, Role.VERIFIKATOR, number=2)
    assert take(verifier)["id"] == only
    verifier.cloud.at(IN_TIME + LASTS + MINUTE)
    assert take(colleague)["id"] == only
    assert verifier.decide(only, v, "MEMENUHI_SYARAT").status == 200
    assert colleague.decide(only, v, "MEMENUHI_SYARAT").code == "version-moved"
    assert take(desk(verifier.cloud, Role.VERIFIKATOR, number=3)) == {
        "id": None,
        "until": None,
        "left": 1,
        "busy": True,
    }
    keep([only])
    assert take(verifier)["left"] == 0


def test_who_gives_a_record_back_lets_the_next_one_have_it(operator: Desk, verifier: Desk) -> None:
    (only,) = listed(operator, 1)
    colleague = desk(verifier.cloud, Role.VERIFIKATOR, number=2)
    assert take(verifier)["id"] == only
    assert colleague.call("DELETE", f"/queue/turns/{only}").status == 204
    assert take(colleague)["id"] is None  # it was not his to give back
    for _ in range(2):
        assert verifier.call("DELETE", f"/queue/turns/{only}").status == 204
    assert take(colleague)["id"] == only


def test_void_verdicts_come_first_then_who_waits_longest_then_the_others(operator: Desk, verifier: Desk) -> None:
    returned = [stand(pid, "DIKEMBALIKAN", "2022-10-01") for pid in enter(operator, 2, 10)]
    submitted = [
        stand(pid, "DIAJUKAN", f"2022-09-{day:02}") for day, pid in enumerate(enter(operator, FIRST + 3, 30), 1)
    ]
    oldest = submitted[-1]
    stand(oldest, "DIAJUKAN", "2022-08-25")
    silent, again = enter(operator, 2, 50)
    voided = [stand(silent, "TERDAFTAR", "2022-10-19", void=True), stand(again, "DIAJUKAN", "2022-10-19", void=True)]
    keep([*returned, *submitted, *voided])
    verifier.cloud.at(at("2022-10-20T09:00:00+07:00"))
    found = taken(verifier)
    assert set(found[:2]) == set(voided)
    order = [oldest, *submitted[:-1]]
    left = list(order)
    for pid in found[2:-2]:
        assert pid in left[:FIRST], "somebody who came later"
        left.remove(pid)
    assert set(found[-2:]) == set(returned)
    for pid in found:
        verifier.call("DELETE", f"/queue/turns/{pid}")
    assert Counter(taken(verifier, shuffled=True)) == Counter(found)


def test_who_was_returned_and_may_answer_waits_for_himself(operator: Desk, verifier: Desk) -> None:
    """On the last evening of returns, three days before DOSSIER closes, he has until it closes."""
    (pid,) = enter(operator, 1)
    stand(pid, "DIKEMBALIKAN", "2022-10-19")
    keep([pid])
    verifier.cloud.at(at("2022-10-22T16:59:00+07:00"))
    assert take(verifier)["left"] == 0
    assert counts(verifier)["unanswered"] == 1
    verifier.cloud.at(at("2022-10-22T17:00:00+07:00"))
    assert take(verifier)["id"] == pid
    assert counts(verifier)["unanswered"] == 0


def test_a_return_without_an_answer_is_handed_out_after_five_days(operator: Desk, verifier: Desk) -> None:
    (pid,) = enter(operator, 1)
    stand(pid, "DIKEMBALIKAN", "2022-09-01")
    keep([pid])
    verifier.cloud.at(at("2022-09-06T23:59:00+07:00"))
    assert take(verifier)["id"] is None
    verifier.cloud.at(at("2022-09-07T00:00:00+07:00"))
    assert take(verifier)["id"] == pid


def test_who_has_not_submitted_is_handed_out_when_asked_for_or_when_he_can_no_more(
    operator: Desk, verifier: Desk
) -> None:
    (pid,) = listed(operator, 1, PersonState.TERDAFTAR)
    assert take(verifier)["left"] == 0
    assert take(verifier, state="TERDAFTAR")["id"] == pid
    assert verifier.call("DELETE", f"/queue/turns/{pid}").status == 204
    verifier.cloud.at(at("2022-10-22T17:00:00+07:00"))
    assert take(verifier)["id"] == pid


def test_nobody_is_handed_what_he_may_not_decide_on(operator: Desk, verifier: Desk) -> None:
    """His own record, what he worked on, and what whoever invited him did: that under bkn's waiver alone."""
    office = verifier.cloud
    admin = desk(office, Role.ADMIN)
    by_admin, by_operator = listed(admin, 1), listed(operator, 2, first=10)
    assert set(taken(admin)) == set(by_operator)
    end_all(admin, by_operator)
    invited = desk(office, Role.VERIFIKATOR, number=3, sponsors=(admin.actor.id,))
    assert set(taken(invited)) == set(by_operator)
    end_all(invited, by_operator)
    listed_himself = desk(office, Role.VERIFIKATOR, number=4, own=by_operator[0])
    assert set(taken(listed_himself)) == {by_admin[0], by_operator[1]}
    end_all(listed_himself, [*by_admin, *by_operator])
    elsewhere = desk(office, Role.VERIFIKATOR, number=5, units=("Unit lain",))
    assert take(elsewhere)["left"] == 0
    waive(IN_TIME - MINUTE, IN_TIME + timedelta(hours=1))
    assert set(taken(admin)) == {*by_admin, *by_operator}


def test_filters_narrow_what_is_handed_out(operator: Desk, verifier: Desk) -> None:
    here = enter(operator, 1, unit_kerja="Puskesmas Contoh")
    there = enter(operator, 1, 20, unit_kerja="SD Negeri Contoh")
    for pid in (*here, *there):
        stand(pid, "DIAJUKAN", "2022-09-01")
    keep([*here, *there])
    assert take(verifier, unit="puskes", advice="", papers="KURANG")["id"] == here[0]
    assert take(verifier, unit="puskes")["id"] is None
    assert take(verifier, papers="LENGKAP")["left"] == 0
    assert take(verifier, kategori="THK-II")["left"] == 0


def test_outside_the_window_nobody_is_handed_out(operator: Desk, verifier: Desk) -> None:
    listed(operator, 1)
    verifier.cloud.at(at("2022-10-31T17:00:00+07:00"))
    answer = verifier.call("POST", "/queue/turns", {})
    assert (answer.status, answer.code) == (410, "window-closed")
    assert counts(verifier)["open"] is False


def test_the_counts_are_by_part_and_advice(operator: Desk, verifier: Desk) -> None:
    voided, submitted, returned, young, silent = enter(operator, 5)
    stand(voided, "DIAJUKAN", "2022-08-30", void=True)
    stand(submitted, "DIAJUKAN", "2022-08-26")
    stand(returned, "DIKEMBALIKAN", "2022-08-25")
    stand(young, "DIKEMBALIKAN", "2022-08-31")
    keep([voided, submitted, returned, young, silent])
    verifier.cloud.at(at("2022-09-01T09:00:00+07:00"))
    found = counts(verifier)
    parts = {name: found[name]["total"] for name in ("voided", "submitted", "returned", "unsubmitted")}
    assert parts == {"voided": 1, "submitted": 1, "returned": 1, "unsubmitted": 1}
    assert (found["waiting"], found["unanswered"], found["since"]) == (3, 1, "2022-08-26")
    for name, total in parts.items():
        assert sum(found[name]["by_advice"].values()) == total


def test_many_at_once_are_never_handed_the_same(operator: Desk, verifier: Desk) -> None:
    people = listed(operator, 30)
    office = [desk(verifier.cloud, Role.VERIFIKATOR, number=number) for number in range(2, 17)]
    with ThreadPoolExecutor(15) as pool:
        found = [pid for pids in pool.map(lambda by: [take(by)["id"] for _ in range(2)], office) for pid in pids]
    assert Counter(found) == Counter(people)


def enter(operator: Desk, count: int, first: int = 0, **changes: Any) -> list[str]:
    """So many people, as they were listed."""
    return [operator.enter(row(first + seed, **changes)).json["id"] for seed in range(count)]


def stand(pid: str, state: str, day: str, *, void: bool = False) -> str:
    """Somebody who came into this state on this morning; `void`: because his verdict became void."""
    person = person_store.load(pid)
    progress = (*person.private.progress, Progress(PersonState(state), clock.millis(at(f"{day}T08:00:00+07:00"))))
    private = replace(person.private, progress=progress, voided=frozenset(Criterion) if void else frozenset())
    there = replace(person, state=PersonState(state), private=private)
    dynamodb.transact([dynamodb.put(settings().table, person_items.to_item(there))])
    return pid


def counts(by: Desk) -> dict[str, Any]:
    """The queue in figures."""
    answer = by.call("GET", "/queue")
    assert answer.status == 200, answer.text
    found: dict[str, Any] = answer.json
    return found


def end_all(by: Desk, pids: list[str]) -> None:
    """Give all of these back."""
    for pid in pids:
        by.call("DELETE", f"/queue/turns/{pid}")
