"""A second check of a share of verdicts: which are drawn, who may check, what it does, and what ends it (ADR 23)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.kernel.documents import DocumentType
from services.kernel.problems import Code, Problem
from services.kernel.security.sessions import Role
from services.kernel.states import PersonState, VerdictMark
from services.kernel.web.request import Request
from services.kernel.writes.idempotency import Once
from services.registration.adapters import person_store
from services.registration.app import app
from services.registration.copies.own_data import own_data
from services.registration.model.search_row import Flag
from services.registration.search.summarise_person import summarise_person
from services.registration.shared.views import OnVersion
from services.registration.verification.check_verdict import Opinion, check_verdict
from services.registration.verification.draw_verdict import is_drawn
from services.registration.verification.withdraw_verdict import withdraw_verdict
from tests.registration.listed import IN_TIME, INSTITUTION, accept, complete, put_in, token_of, with_account
from tests.registration.staff import Desk, at, desk, row
from tests.registration.verification.test_decide_person import waive
from tests.support.asking import request_of
from tests.support.aws import Answer, Cloud

MINUTE = timedelta(minutes=1)
CLOSES = at("2022-10-31T17:00:00+07:00")
WHY = "SK yang diunggah bukan milik orang ini."
DISSENT = {"agrees": False, "criteria": ["MASA_KERJA", "PENGANGKATAN"], "reason": WHY}
WAITS, DISAGREES = VerdictMark.MENUNGGU_PEMERIKSAAN, VerdictMark.TIDAK_SEPENDAPAT


@pytest.fixture
def sharing(portal: Cloud) -> Cloud:
    """A portal that draws every verdict."""
    portal.use("registration", second_check_percent="100")
    return portal


@pytest.fixture
def drawn(sharing: Cloud, operator: Desk, verifier: Desk) -> str:
    """Somebody whose verdict waits for a second check, on version 2."""
    return decided(operator, verifier)


@pytest.fixture
def colleague(portal: Cloud) -> Desk:
    return desk(portal, Role.VERIFIKATOR, number=2)


def decided(operator: Desk, verifier: Desk, seed: int = 1) -> str:
    pid: str = operator.enter(row(seed), received=IN_TIME).json["id"]
    assert verifier.decide(pid, 1, "MEMENUHI_SYARAT", "Dilihat.", received=IN_TIME).status == 200
    return pid


def check(by: Desk, pid: str, v: int = 2, *, body: dict[str, Any] | None = None, **more: Any) -> Answer:
    said = {"v": v, **({"agrees": True} if body is None else body)}
    return by.call("POST", f"/people/{pid}/verdicts/check", said, **{"received": IN_TIME, **more})


KEY = bytes(range(32))
SHARES = st.integers(0, 100)
PIDS = st.text("abcdefghijklmnopqrstuvwxyz234567", min_size=16, max_size=16)


@given(PIDS, st.integers(0, 2**42), SHARES, SHARES)
def test_a_greater_share_draws_what_a_smaller_one_does(pid: str, instant: int, one: int, other: int) -> None:
    less, more = sorted((one, other))
    assert is_drawn(KEY, pid, instant, less) <= is_drawn(KEY, pid, instant, more)
    assert not is_drawn(KEY, pid, instant, 0)
    assert is_drawn(KEY, pid, instant, 100)


@pytest.mark.parametrize("percent", [1, 10, 50, 99])
def test_the_share_is_what_was_set_whoever_and_whenever(percent: int) -> None:
    """Five standard deviations; by person, by instant and by key alike, so that none of them can be chosen."""
    many = 4000
    slack = 5 * (many * percent / 100 * (1 - percent / 100)) ** 0.5
    for found in (
        [is_drawn(KEY, f"p{n}", 1_660_000_000_000, percent) for n in range(many)],
        [is_drawn(KEY, "p", 1_660_000_000_000 + n, percent) for n in range(many)],
        [is_drawn(n.to_bytes(32), "p", 1_660_000_000_000, percent) for n in range(many)],
    ):
        assert abs(sum(found) - many * percent / 100) <= slack
        assert sum(a is not b for a, b in pairwise(found)) > 0


def test_by_default_nothing_is_drawn(operator: Desk, verifier: Desk) -> None:
    pid = decided(operator, verifier)
    person = person_store.load(pid)
    assert (person.judged, person.private.decisions[-1].drawn) == ((VerdictMark.RAGU, VerdictMark.TANPA_BERKAS), False)
    assert verifier.detail(pid)["deciding"]["second"] is None
    answer = check(desk(verifier.cloud, Role.ADMIN, number=9), pid)
    assert (answer.status, answer.code) == (409, "illegal-transition")


def test_what_was_drawn_stays_drawn_when_the_share_is_changed(drawn: str, sharing: Cloud, colleague: Desk) -> None:
    sharing.use("registration", second_check_percent="0")
    assert WAITS in person_store.load(drawn).judged
    assert check(colleague, drawn).status == 200


def test_who_agrees_ends_it_and_the_verdict_stands(drawn: str, verifier: Desk, colleague: Desk) -> None:
    assert colleague.detail(drawn)["deciding"]["second"] == {"why": None}
    before = person_store.load(drawn)
    assert check(colleague, drawn).json == {"v": 3}
    after = person_store.load(drawn)
    assert (after.state, after.decided_at) == (PersonState.MEMENUHI_SYARAT, before.decided_at)
    assert after.judged == (VerdictMark.RAGU, VerdictMark.TANPA_BERKAS)
    seen = verifier.detail(drawn)
    assert seen["deciding"]["second"] is None
    second = {"at": "2022-09-01T09:00:00+07:00", "by": "Petugas verifikator 2", "agrees": True}
    assert seen["decisions"][0]["second"] == {**second, "criteria": [], "reason": None}
    assert check(desk(verifier.cloud, Role.VERIFIKATOR, number=3), drawn, 3).code == "illegal-transition"


def test_who_does_not_agree_voids_nothing_and_is_told_on(drawn: str, operator: Desk, colleague: Desk) -> None:
    assert check(colleague, drawn, body=DISSENT).json == {"v": 3}
    person = person_store.load(drawn)
    assert (person.is_decided, person.judged[-1], person.waits_for_check) == (True, DISAGREES, False)
    assert summarise_person(person_store.load_dossier(drawn)).flags == (Flag.TIDAK_SEPENDAPAT,)
    second = operator.detail(drawn)["decisions"][0]["second"]
    assert (second["agrees"], second["criteria"], second["reason"]) == (False, ["PENGANGKATAN", "MASA_KERJA"], WHY)


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({"criteria": []}, ["criteria"]),
        ({"reason": "x" * 19}, ["reason"]),
        ({"reason": " " * 30}, ["reason"]),
        ({"reason": None, "criteria": []}, ["criteria", "reason"]),
        ({"criteria": ["NAMA"]}, ["criteria.0"]),
        ({"reason": "x" * 20}, None),
    ],
)
def test_who_does_not_agree_says_on_what_and_why(
    drawn: str, colleague: Desk, changed: dict[str, Any], fields: list[str] | None
) -> None:
    answer = check(colleague, drawn, body={**DISSENT, **changed})
    assert answer.status == (200 if fields is None else 422)
    assert [one["field"] for one in answer.json.get("fields", ())] == (fields or [])


def test_the_first_decider_and_whoever_he_invited_do_not_check(
    portal: Cloud, drawn: str, verifier: Desk, colleague: Desk
) -> None:
    guest = desk(portal, Role.VERIFIKATOR, number=3, sponsors=(verifier.actor.id,))
    for by, word in ((verifier, "berikan sendiri"), (guest, "mengundang Anda")):
        answer = check(by, drawn)
        assert (answer.status, answer.code) == (403, "forbidden")
        assert word in answer.json["detail"]
        assert by.detail(drawn)["deciding"]["second"] == {"why": answer.json["detail"]}
    invited_elsewhere = desk(portal, Role.VERIFIKATOR, number=4, sponsors=(colleague.actor.id,))
    assert check(invited_elsewhere, drawn).status == 200


def test_nobody_checks_what_he_may_not_decide_on(sharing: Cloud, verifier: Desk) -> None:
    """What he or whoever invited him entered or uploaded for, and his own record; no waiver reaches here."""
    admin = desk(sharing, Role.ADMIN)
    pid = decided(admin, verifier)
    guest = desk(sharing, Role.VERIFIKATOR, number=3, sponsors=(admin.actor.id,))
    himself = desk(sharing, Role.VERIFIKATOR, number=4, own=pid)
    uploader = desk(sharing, Role.VERIFIKATOR, number=5)
    accept(pid, DocumentType.FOTO, by=uploader.actor.id)
    waive(IN_TIME - MINUTE, IN_TIME + MINUTE)
    codes = {admin: "entered-by-you", guest: "entered-by-sponsor", himself: "own-record", uploader: "entered-by-you"}
    assert [check(by, pid).code for by in codes] == list(codes.values())
    assert check(verifier, pid).code == "forbidden"
    assert check(desk(sharing, Role.ADMIN, number=6), pid).status == 200


def test_a_verdict_taken_back_within_ten_minutes_ends_it_and_its_heir_is_drawn(
    drawn: str, sharing: Cloud, verifier: Desk, colleague: Desk
) -> None:
    withdrawal = {"v": 2}
    assert verifier.call("POST", f"/people/{drawn}/verdicts/withdrawal", withdrawal, received=IN_TIME).status == 200
    assert check(colleague, drawn).code == "version-moved"
    assert check(colleague, drawn, 3).code == "illegal-transition"
    assert person_store.load(drawn).judged == ()
    sharing.use("registration", second_check_percent="1")
    assert verifier.decide(drawn, 3, "MEMENUHI_SYARAT", "Lagi.", received=IN_TIME + MINUTE).status == 200
    assert WAITS in person_store.load(drawn).judged, "nobody gets out of it by deciding once more"


class Meanwhile(Once):
    """Lets something else be done after the record was read and before it is written."""

    def __init__(self, deed: Callable[[], Answer]) -> None:
        super().__init__("", "", None, None)
        self.deeds = [deed]

    def answered(self, _: object) -> None:
        """Nothing was remembered."""
        while self.deeds:
            assert self.deeds.pop()().status == 200


def test_what_is_written_between_reading_and_writing_wins(drawn: str, verifier: Desk, colleague: Desk) -> None:
    """A withdrawal under a check, and a check under a withdrawal: the later one is told, and leaves nothing."""

    def take_back() -> Answer:
        return verifier.call("POST", f"/people/{drawn}/verdicts/withdrawal", {"v": 2}, received=IN_TIME)

    def asked(by: Desk, deed: Callable[[], Answer]) -> Request:
        return replace(request_of(by.actor), received=IN_TIME, once=Meanwhile(deed))

    opinion = Opinion.model_validate({"v": 2, **DISSENT})
    with pytest.raises(Problem) as told:
        check_verdict(drawn, opinion, institution=INSTITUTION, request=asked(colleague, take_back))
    assert told.value.code is Code.VERSION_MOVED
    assert (person_store.load(drawn).v, person_store.load(drawn).judged) == (3, ())
    assert verifier.decide(drawn, 3, "MEMENUHI_SYARAT", "Lagi.", received=IN_TIME).status == 200
    with pytest.raises(Problem) as told:
        withdraw_verdict(
            drawn,
            OnVersion(v=4),
            institution=INSTITUTION,
            request=asked(verifier, lambda: check(colleague, drawn, 4, body=DISSENT)),
        )
    assert told.value.code is Code.VERSION_MOVED
    person = person_store.load(drawn)
    assert (person.v, person.is_decided, person.judged[-1]) == (5, True, DISAGREES)


def test_a_check_that_came_first_hinders_no_withdrawal(drawn: str, verifier: Desk, colleague: Desk) -> None:
    assert check(colleague, drawn, body=DISSENT).status == 200
    path = f"/people/{drawn}/verdicts/withdrawal"
    assert verifier.call("POST", path, {"v": 2}, received=IN_TIME + MINUTE).code == "version-moved"
    assert verifier.call("POST", path, {"v": 3}, received=IN_TIME + 10 * MINUTE).status == 200
    person = person_store.load(drawn)
    assert (person.is_decided, person.judged) == (False, ())


def test_a_return_and_a_changed_input_end_it(sharing: Cloud, operator: Desk, verifier: Desk, colleague: Desk) -> None:
    returned, changed = (decided(operator, verifier, seed) for seed in (1, 2))
    for pid in (returned, changed):
        assert check(colleague, pid, body=DISSENT).status == 200
    assert verifier.decide(returned, 3, "DIKEMBALIKAN", "SK buram", received=IN_TIME).status == 200
    correction = {"v": 3, "reason": "SK asli lain", "tanggal_mulai": "2017-02-01"}
    assert operator.call("POST", f"/people/{changed}/corrections", correction, received=IN_TIME).status == 200
    for pid in (returned, changed):
        person = person_store.load(pid)
        assert (person.is_decided, person.judged) == (False, ())
        assert Flag.TIDAK_SEPENDAPAT not in summarise_person(person_store.load_dossier(pid)).flags


@pytest.mark.parametrize(("received", "status"), [(CLOSES - timedelta(milliseconds=1), 200), (CLOSES, 410)])
def test_the_window_is_that_of_verification(drawn: str, colleague: Desk, received: Any, status: int) -> None:
    answer = check(colleague, drawn, received=received)
    assert answer.status == status
    assert status == 200 or answer.code == "window-closed"


def test_a_retry_is_answered_alike_and_of_two_the_second_is_told(drawn: str, portal: Cloud, colleague: Desk) -> None:
    key = {"Idempotency-Key": "periksa-satu"}
    first = check(colleague, drawn, body=DISSENT, headers=key)
    assert check(colleague, drawn, body=DISSENT, headers=key).json == first.json == {"v": 3}
    assert check(desk(portal, Role.VERIFIKATOR, number=3), drawn).code == "version-moved"


def test_the_person_learns_nothing_of_it(sharing: Cloud, verifier: Desk, colleague: Desk) -> None:
    person = put_in(complete(sharing, with_account(sharing)), PersonState.DIAJUKAN)
    assert verifier.decide(person.pid, person.v, "MEMENUHI_SYARAT", "Dilihat.").status == 200
    before = own_data(person.pid, IN_TIME)
    assert check(colleague, person.pid, person.v + 1, body=DISSENT).status == 200
    assert own_data(person.pid, IN_TIME) == before
    token = token_of(sharing, person)
    for path in ("/registration/me", "/registration/me/resume"):
        told = sharing.call(app, "GET", path, token=token).text
        assert not any(word in told for word in (WHY, WAITS.value, DISAGREES.value, '"drawn"', '"second"'))
