"""Approving many at once: what may be, what hinders each one, and what a write in the middle does to the others."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any

import pytest

from services.kernel import clock
from services.kernel.audit import chain as audit
from services.kernel.aws import clients
from services.kernel.documents import FIRST_HISTORY, DocumentType, FileState
from services.kernel.documents.openings import TTL, sign_opening
from services.kernel.problem_texts import TEXTS
from services.kernel.problems import Code
from services.kernel.security.sessions import Role
from services.kernel.states import PersonState
from services.kernel.writes.calendar import DEFAULT_2022, Window
from services.registration.adapters import person_store, queue_store, search_store
from services.registration.adapters.queue_store import Lease
from services.registration.model.risk import Risk
from services.registration.queue import approvable
from services.registration.queue.approvable import MOST
from services.registration.settings import files_key
from tests.registration.listed import IN_TIME, INSTITUTION, accept, complete, put_in, with_account
from tests.registration.queue.test_take_next import keep
from tests.registration.staff import Desk, at, desk, row
from tests.registration.titles.lists import Killed, dying_after
from tests.registration.verification.test_decide_person import waive
from tests.support.aws import Cloud
from tests.support.gates import open_gate

MINUTE = timedelta(minutes=1)
CLOSED = at("2022-10-31T17:00:00+07:00")


def ready(by: Desk, seeds: Sequence[int], **changes: Any) -> list[str]:
    """Records at which nothing hinders: submitted, plain, with every paper accepted."""
    pids = [by.enter(row(seed, **changes), received=IN_TIME).json["id"] for seed in seeds]
    for pid in pids:
        for jenis in (DocumentType.KTP, DocumentType.FOTO):
            accept(pid, jenis)
        for jenis in (DocumentType.SK, DocumentType.BUKTI_BAYAR):
            accept(pid, jenis, FIRST_HISTORY)
        put_in(person_store.load(pid), PersonState.DIAJUKAN)
    keep(pids)
    return pids


def opened(by: Desk, pids: Sequence[str]) -> list[dict[str, Any]]:
    """The records with the openings of every accepted paper."""

    def tokens(pid: str) -> list[str]:
        files = [file["id"] for file in by.detail(pid)["files"] if file["state"] == "DITERIMA"]
        return [sign_opening(files_key(), file, by=by.actor.id, now=clock.now()) for file in files]

    return [{"person": pid, "v": person_store.load(pid).v, "opened": tokens(pid)} for pid in pids]


def hindrances(by: Desk, items: Sequence[dict[str, Any]]) -> list[str | None]:
    """Why each may not be approved."""
    answer = by.call("POST", "/approvals/preview", {"items": items})
    assert answer.status == 200, answer.text
    return [one["why"] for one in answer.json["items"]]


def hindrance(by: Desk, pid: str) -> str | None:
    """Why this one may not be approved, though all its papers were opened."""
    (found,) = hindrances(by, opened(by, [pid]))
    return found


def approve(by: Desk, items: Sequence[dict[str, Any]], key: str = "a key of one deed", **more: Any) -> list[Any]:
    """What became of each: its state, or why not."""
    body = {"items": [{"v": 1, **one} for one in items]}
    answer = by.call("POST", "/approvals", body, headers={"Idempotency-Key": key}, **more)
    assert answer.status == 200, answer.text
    return [one["why"] or one["state"] for one in answer.json["items"]]


def state(pid: str) -> str:
    return person_store.load(pid).state.value


@contextmanager
def before_record(number: int, act: Callable[[], object]) -> Iterator[None]:
    """Let something happen just before the record of this number is written, after it was read."""
    written = count(1)

    def look(params: dict[str, Any], **_: Any) -> None:
        keys = [str(each.get("Put", {}).get("Item", {}).get("pk")) for each in params["TransactItems"]]
        if any("P#" in key for key in keys) and next(written) == number:
            act()

    events, name = clients.dynamodb().meta.events, "provide-client-params.dynamodb.TransactWriteItems"
    events.register(name, look)
    try:
        yield
    finally:
        events.unregister(name, look)


def test_plain_records_are_shown_and_then_approved_each_by_itself(operator: Desk, verifier: Desk) -> None:
    """As a single verdict: six criteria, the notice to its person, a link that says with how many."""
    with_an_account = put_in(complete(verifier.cloud, with_account(verifier.cloud)), PersonState.DIAJUKAN).pid
    pids = [with_an_account, *ready(operator, range(2))]
    keep(pids)
    items = opened(verifier, pids)
    answer = verifier.call("POST", "/approvals/preview", {"items": items})
    shown = answer.json["items"]
    assert [(one["person"], one["v"], one["state"], one["why"]) for one in shown] == [
        (pid, person_store.load(pid).v, "DIAJUKAN", None) for pid in pids
    ]
    first = person_store.load(pids[0])
    assert [shown[0][name] for name in ("nama", "unit_kerja", "registration_number")] == [
        first.nama, first.unit_kerja, first.registration_number,
    ]  # fmt: skip
    assert set(map(state, pids)) == {"DIAJUKAN"}, "nothing is written before somebody says yes"
    assert approve(verifier, items) == ["MEMENUHI_SYARAT"] * 3
    told = [item for item in verifier.cloud.items("RegTable") if item.get("notice") == "verdict-given"]
    assert len(told) == 1, "the others have no account"
    for pid in pids:
        person = person_store.load(pid)
        (noted,) = person.private.decisions
        assert (len(noted.criteria), noted.unopened, noted.without_papers, person.judged) == (6, (), (), ())
        *_, last = audit.read(audit.person_chain(pid))
        delta = audit.open_delta(last, institution=INSTITUTION, salt=person.salt)
        assert (last["action"], last["actor"], delta["together"]) == ("qualify", verifier.actor.id, 3)


def test_each_hindrance_of_a_record(operator: Desk, verifier: Desk) -> None:
    decided, returned, silent = ready(operator, range(3))
    for pid, state_ in zip((decided, returned, silent), ("MEMENUHI_SYARAT", "DIKEMBALIKAN", "TERDAFTAR"), strict=True):
        put_in(person_store.load(pid), PersonState(state_))
        assert hindrance(verifier, pid) == approvable.NOT_WAITING
    (young,) = ready(operator, [10], tanggal_sk="2021-05-20", tanggal_mulai="2021-06-01")
    assert hindrance(verifier, young) == approvable.ADVISED_OTHERWISE
    (lacking,) = ready(operator, [11])
    accept(lacking, DocumentType.FOTO, state=FileState.DITOLAK, code="blurred")
    assert hindrance(verifier, lacking) == approvable.PAPERS_LACKING
    (odd,) = ready(operator, [12], tanggal_sk="2018-01-03", tanggal_mulai="2018-01-02")
    assert hindrance(verifier, odd) == approvable.AT_RISK
    (coming,) = ready(operator, [13])
    accept(coming, DocumentType.IJAZAH, state=FileState.DIPERIKSA)
    assert hindrance(verifier, coming) == approvable.FLAGGED
    (unseen,) = ready(operator, [14])
    accept(unseen, DocumentType.IJAZAH)
    resting = [{"person": unseen, "opened": verifier.open_papers(unseen)}]
    assert hindrances(verifier, resting) == [approvable.UNOPENED], "also one that no criterion rests on"
    assert hindrance(verifier, unseen) is None
    new = operator.enter(row(15)).json["id"]
    put_in(person_store.load(new), PersonState.DIAJUKAN)
    for jenis in (DocumentType.KTP, DocumentType.FOTO):
        accept(new, jenis)
    for jenis in (DocumentType.SK, DocumentType.BUKTI_BAYAR):
        accept(new, jenis, FIRST_HISTORY)
    assert hindrance(verifier, new) == approvable.NOT_LISTED
    keep([new])
    assert hindrance(verifier, new) is None


def test_every_paper_has_to_be_opened_by_himself_and_lately(operator: Desk, verifier: Desk) -> None:
    (pid,) = ready(operator, [1])
    tokens = verifier.open_papers(pid)
    colleague = desk(verifier.cloud, Role.VERIFIKATOR, number=2)
    files = [one["file"] for one in verifier.detail(pid)["deciding"]["resting"]]
    old = [sign_opening(files_key(), file, by=verifier.actor.id, now=clock.now() - TTL) for file in files]
    for number, shown in enumerate((tokens[1:], colleague.open_papers(pid), old, [])):
        assert hindrances(verifier, [{"person": pid, "opened": shown}]) == [approvable.UNOPENED]
        assert approve(verifier, [{"person": pid, "opened": shown}], f"deed of {number}") == [approvable.UNOPENED]
    assert hindrances(verifier, [{"person": pid, "opened": tokens}]) == [None]


def test_what_people_share_is_told_by_the_index(operator: Desk, verifier: Desk) -> None:
    (pid,) = ready(operator, [1])
    place = search_store.place_of(INSTITUTION, person_store.load(pid).registration_number)
    assert place is not None
    line = search_store.read_rows(INSTITUTION, [place])[place]
    search_store.put_rows(INSTITUTION, {place: replace(line, shared=(Risk.BERKAS_SAMA,))})
    assert hindrance(verifier, pid) == approvable.AT_RISK
    search_store.put_rows(INSTITUTION, {place: line})
    assert hindrance(verifier, pid) is None


def test_nobody_approves_what_is_before_somebody_else(operator: Desk, verifier: Desk) -> None:
    (pid,) = ready(operator, [1])
    place = search_store.place_of(INSTITUTION, person_store.load(pid).registration_number)
    assert place is not None
    assert queue_store.take(INSTITUTION, place, Lease(pid, verifier.actor.id, clock.now() + MINUTE))
    assert hindrance(verifier, pid) is None
    colleague = desk(verifier.cloud, Role.VERIFIKATOR, number=2)
    assert hindrance(colleague, pid) == approvable.HELD
    verifier.cloud.at(IN_TIME + 2 * MINUTE)
    assert hindrance(colleague, pid) is None


def test_nobody_approves_his_own_row_or_work(operator: Desk, verifier: Desk) -> None:
    """Nor that of whoever invited him, nor by bkn's waiver, nor of another unit: as one by one, but for the waiver."""
    office = verifier.cloud
    admin = desk(office, Role.ADMIN)
    (his,) = ready(admin, [1])
    invited = desk(office, Role.VERIFIKATOR, number=3, sponsors=(admin.actor.id,))
    himself = desk(office, Role.VERIFIKATOR, number=4, own=his)
    elsewhere = desk(office, Role.VERIFIKATOR, number=5, units=("Unit lain",))
    (tokens,) = opened(verifier, [his])
    told = {
        admin: Code.ENTERED_BY_YOU,
        invited: Code.ENTERED_BY_SPONSOR,
        himself: Code.OWN_RECORD,
        elsewhere: Code.NOT_FOUND,
    }
    waive(IN_TIME - MINUTE, IN_TIME + timedelta(hours=1))
    for number, (by, code) in enumerate(told.items()):
        assert hindrances(by, [tokens]) == [TEXTS[code][1]]
        assert approve(by, [tokens], f"deed of {number}") == [TEXTS[code][1]]
    shown = elsewhere.call("POST", "/approvals/preview", {"items": [tokens]}).json["items"][0]
    assert {name for name, value in shown.items() if value is not None} == {"person", "why"}
    assert hindrance(verifier, his) is None


def test_at_most_fifty(verifier: Desk) -> None:
    items = [{"person": f"nobody{at}", "opened": [], "v": 1} for at in range(MOST + 1)]
    for path in ("/approvals/preview", "/approvals"):
        answer = verifier.call("POST", path, {"items": items})
        assert (answer.status, answer.json["fields"][0]["field"]) == (422, "items")
        assert len(verifier.call("POST", path, {"items": items[:-1]}).json["items"]) == MOST


@pytest.mark.parametrize("early", [True, False], ids=["before it was read", "after it was read"])
def test_one_that_moved_is_left_and_the_others_are_approved(operator: Desk, verifier: Desk, *, early: bool) -> None:
    pids = ready(operator, range(3))
    items = opened(verifier, pids)
    moved = lambda: put_in(person_store.load(pids[1]), PersonState.DIAJUKAN, v=2)  # noqa: E731 - said where it is done
    with before_record(1 if early else 2, moved):
        found = approve(verifier, items)
    assert found == ["MEMENUHI_SYARAT", TEXTS[Code.VERSION_MOVED][1], "MEMENUHI_SYARAT"]
    assert [state(pid) for pid in pids] == ["MEMENUHI_SYARAT", "DIAJUKAN", "MEMENUHI_SYARAT"]


def test_one_that_no_longer_qualifies_is_left(operator: Desk, verifier: Desk) -> None:
    pids = ready(operator, range(2))
    items = opened(verifier, pids)
    assert hindrances(verifier, items) == [None, None]
    accept(pids[0], DocumentType.IJAZAH, state=FileState.DIPERIKSA)
    assert approve(verifier, items) == [approvable.FLAGGED, "MEMENUHI_SYARAT"]
    assert state(pids[0]) == "DIAJUKAN"


def test_a_window_that_closes_between_two_leaves_the_second(operator: Desk, verifier: Desk) -> None:
    pids = ready(operator, range(2))
    items = opened(verifier, pids)
    verification = replace(DEFAULT_2022[Window.VERIFICATION], closes=IN_TIME)
    sooner = {**DEFAULT_2022, Window.VERIFICATION: verification}
    with before_record(2, lambda: open_gate(INSTITUTION, epoch=2, windows=sooner)):
        found = approve(verifier, items, received=IN_TIME)
    assert found[0] == "MEMENUHI_SYARAT"
    assert found[1].startswith("Verifikasi dan finalisasi sudah ditutup")
    assert [state(pid) for pid in pids] == ["MEMENUHI_SYARAT", "DIAJUKAN"]


@pytest.mark.parametrize("late", [False, True], ids=["in time", "after the window closed"])
def test_a_killed_request_is_finished_by_its_retry(operator: Desk, verifier: Desk, *, late: bool) -> None:
    """What was done is told as done, and once; what was left is done while the window is open."""
    pids = ready(operator, range(3))
    verifier.cloud.at(CLOSED - MINUTE)
    items = opened(verifier, pids)
    with dying_after(2), pytest.raises(Killed):
        approve(verifier, items)
    assert [state(pid) for pid in pids] == ["MEMENUHI_SYARAT", "MEMENUHI_SYARAT", "DIAJUKAN"]
    again = approve(verifier, items, received=CLOSED if late else CLOSED - MINUTE)
    assert again[:2] == ["MEMENUHI_SYARAT", "MEMENUHI_SYARAT"]
    assert again[2].startswith("Verifikasi dan finalisasi sudah ditutup") if late else again[2] == "MEMENUHI_SYARAT"
    assert approve(verifier, items, received=CLOSED) == again, "as it was answered before"
    assert [person_store.load(pid).v for pid in pids[:2]] == [2, 2]


def test_outside_the_window_nothing_is_shown_or_approved(operator: Desk, verifier: Desk, portal: Cloud) -> None:
    (pid,) = ready(operator, [1])
    (item,) = opened(verifier, [pid])
    for path in ("/approvals/preview", "/approvals"):
        answer = verifier.call("POST", path, {"items": [{**item, "v": 1}]}, received=CLOSED)
        assert (answer.status, answer.code) == (410, "window-closed")
    assert state(pid) == "DIAJUKAN"
