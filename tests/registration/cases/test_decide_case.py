"""Decisions on tanggapan and keberatan: by whom, under which window, and what they do to a record."""

from datetime import timedelta
from typing import Any

import pytest

from services.kernel.audit import chain as audit
from services.kernel.cases import CaseKind
from services.kernel.security.sessions import Role
from services.kernel.writes.calendar import DEFAULT_2022, Window
from services.registration.adapters import case_store, person_store
from services.registration.app import relay
from services.registration.model.person import Person
from tests.registration.cases.handed import CASE, TOO_OLD, handed
from tests.registration.cases.test_create_draft import settled
from tests.registration.listed import INSTITUTION, register
from tests.registration.nik_corrections.correcting import RIGHT, listed, office, require_equal
from tests.registration.staff import Desk, desk, row
from tests.support.aws import Answer, Cloud
from tests.support.gates import close_lanes, open_gate

CLOSES = DEFAULT_2022[Window.VERIFICATION].closes
TANGGAPAN, KEBERATAN = CaseKind.TANGGAPAN, CaseKind.KEBERATAN


@pytest.fixture
def judged(portal: Cloud) -> Person:
    """Somebody with a verdict of the first verifikator."""
    person = register()
    answer = desk(portal, Role.VERIFIKATOR, number=1).decide(person.pid, person.v, "MEMENUHI_SYARAT")
    assert answer.status == 200, answer.text
    return person_store.load(person.pid)


def decide(by: Desk, person: Person, kind: CaseKind, token: str | None = None, **more: Any) -> Answer:
    accepted, key = more.pop("accepted", True), more.pop("key", None)
    said = token or handed(by, kind=kind, pid=person.pid, accepted=accepted, decision=f"keputusan-{by.actor.id}")
    headers = {"Idempotency-Key": key} if key else {}
    return by.call("POST", f"/people/{person.pid}/case-decisions", {"handover": said}, headers=headers, **more)


def test_an_accepted_tanggapan_voids_the_verdict_and_comes_first(portal: Cloud, judged: Person) -> None:
    settled(portal)
    second = desk(portal, Role.VERIFIKATOR, number=2)
    answer = decide(second, judged, TANGGAPAN)
    assert (answer.status, answer.json["state"], answer.json["outcome"]) == (200, "TERDAFTAR", "DIPUTUS"), answer.text
    after = person_store.load(judged.pid)
    assert (after.v, after.waits_again, after.judged) == (judged.v + 1, True, ())
    (told,) = settled(portal)
    assert (told["case"], told["accepted"], told["pid"]) == (CASE, True, judged.pid)
    assert _last(judged)["action"] == "accept-tanggapan"
    require_equal()


def test_a_refused_one_leaves_a_link_alone(portal: Cloud, judged: Person) -> None:
    settled(portal)
    answer = decide(desk(portal, Role.ADMIN), judged, TANGGAPAN, accepted=False)
    assert (answer.json["state"], answer.json["v"]) == ("MEMENUHI_SYARAT", judged.v + 1)
    assert not person_store.load(judged.pid).waits_again
    assert settled(portal)[0]["accepted"] is False
    assert _last(judged)["action"] == "refuse-tanggapan"


def test_who_was_not_judged_yet_is_judged_first(portal: Cloud) -> None:
    person = register()
    assert decide(desk(portal, Role.VERIFIKATOR), person, TANGGAPAN).json["state"] == "TERDAFTAR"
    assert person_store.load(person.pid).waits_again


@pytest.mark.parametrize("kind", [TANGGAPAN, KEBERATAN])
def test_four_eyes(portal: Cloud, kind: CaseKind) -> None:
    entering = desk(portal, Role.ADMIN, number=3)
    pid = entering.enter(row(1)).json["id"]
    first = desk(portal, Role.VERIFIKATOR, number=1)
    assert first.decide(pid, 1, "MEMENUHI_SYARAT").status == 200
    person = person_store.load(pid)
    invited = desk(portal, Role.VERIFIKATOR, number=4, sponsors=[entering.actor.id])
    himself = desk(portal, Role.VERIFIKATOR, number=5, own=pid)
    codes = [decide(each, person, kind).code for each in (entering, first, invited, himself)]
    assert codes == ["entered-by-you", "second-person-needed", "entered-by-sponsor", "own-record"]
    assert decide(desk(portal, Role.OPERATOR), person, kind).code == "forbidden"
    assert decide(desk(portal, Role.VERIFIKATOR, number=6, units=["Unit lain"]), person, kind).code == "not-found"
    assert case_store.find_settled(CASE) is None


def test_a_keberatan_needs_two_of_one_mind(portal: Cloud, judged: Person) -> None:
    settled(portal)
    admin, verifikator = desk(portal, Role.ADMIN), desk(portal, Role.VERIFIKATOR, number=2)
    first = decide(admin, judged, KEBERATAN, key="kunci-admin")
    assert (first.json["outcome"], first.json["state"]) == ("MENUNGGU", "MEMENUHI_SYARAT")
    assert decide(admin, judged, KEBERATAN).json["outcome"] == "MENUNGGU", "once more he says the same"
    assert decide(desk(portal, Role.ADMIN, number=2), judged, KEBERATAN).code == "conflict"
    assert settled(portal) == []
    differing = decide(verifikator, judged, KEBERATAN, accepted=False)
    assert differing.json["outcome"] == "BERBEDA"
    second = decide(verifikator, judged, KEBERATAN)
    assert (second.json["outcome"], second.json["state"]) == ("DIPUTUS", "TERDAFTAR"), second.text
    (told,) = settled(portal)
    assert (told["decision"], told["accepted"]) == (f"keputusan-{verifikator.actor.id}", True)
    assert decide(verifikator, judged, KEBERATAN).json["outcome"] == "DIPUTUS"
    assert decide(admin, judged, KEBERATAN).code == "conflict", "it is decided, by another decision"
    require_equal()


def test_two_who_differ_are_told_of_at_once_and_two_of_one_mind_are_not(portal: Cloud, judged: Person) -> None:
    divided(portal)
    admin, verifikator = desk(portal, Role.ADMIN), desk(portal, Role.VERIFIKATOR, number=2)
    decide(admin, judged, KEBERATAN)
    assert divided(portal) == [], "one alone differs from nobody"
    answer = decide(verifikator, judged, KEBERATAN, accepted=False)
    assert "BKN, yang dapat memutuskannya sekarang" in answer.json["message"]
    (told,) = divided(portal)
    assert (told["case"], told["institution"]) == (CASE, INSTITUTION)
    assert "accepted" not in told, "what either thinks is told to nobody"
    decide(verifikator, judged, KEBERATAN, accepted=False)
    assert divided(portal) == [], "told once"
    assert decide(desk(portal, Role.BKN), judged, KEBERATAN).json["outcome"] == "DIPUTUS"


def test_two_of_one_mind_never_come_before_bkn(portal: Cloud, judged: Person) -> None:
    divided(portal)
    for by in (desk(portal, Role.ADMIN), desk(portal, Role.VERIFIKATOR, number=2)):
        decide(by, judged, KEBERATAN, accepted=False)
    assert divided(portal) == []
    assert case_store.find_settled(CASE) is not None


def divided(cloud: Cloud) -> list[dict[str, Any]]:
    """The facts `case.divided` that were told since the last call."""
    relay({"Records": cloud.changes("RegTable")}, None)
    return [fact["detail"] for fact in cloud.facts() if fact["detail-type"] == "case.divided"]


@pytest.mark.parametrize("kind", [TANGGAPAN, KEBERATAN])
def test_bkn_decides_alone_and_after_the_lock_beside_the_record(portal: Cloud, judged: Person, kind: CaseKind) -> None:
    bkn = desk(portal, Role.BKN)
    late = CLOSES + timedelta(days=1)
    portal.at(late)
    close_lanes(INSTITUTION)
    settled(portal)
    answer = decide(bkn, judged, kind, received=late, key="kunci-bkn")
    assert (answer.status, answer.json["state"], answer.json["v"]) == (200, "MEMENUHI_SYARAT", judged.v), answer.text
    assert person_store.load(judged.pid) == judged
    (told,) = settled(portal)
    assert (told["accepted"], told["beside"]) == (True, True)
    assert "tidak berubah" in answer.json["message"]
    assert decide(bkn, judged, kind, received=late).json == answer.json
    institution = decide(desk(portal, Role.ADMIN), judged, kind, received=late)
    assert institution.code in {"conflict", "window-closed"}


def test_bkn_decides_in_time_on_the_record_itself(portal: Cloud, judged: Person) -> None:
    settled(portal)
    assert decide(desk(portal, Role.BKN), judged, KEBERATAN).json["state"] == "TERDAFTAR"
    assert settled(portal)[0]["beside"] is False


def test_the_window_to_the_millisecond_and_the_retry_after_it(portal: Cloud, judged: Person) -> None:
    last = CLOSES - timedelta(milliseconds=1)
    portal.at(last)
    admin = desk(portal, Role.ADMIN)
    token = handed(admin, kind=TANGGAPAN, pid=judged.pid)
    late = decide(admin, judged, TANGGAPAN, token, received=CLOSES)
    assert (late.status, late.code, late.json["window"]) == (410, "window-closed", "VERIFICATION")
    first = decide(admin, judged, TANGGAPAN, token, received=last, key="kunci-satu")
    assert first.status == 200, first.text
    assert decide(admin, judged, TANGGAPAN, token, received=CLOSES, key="kunci-satu").json == first.json


def test_the_lock_is_faster(portal: Cloud, judged: Person) -> None:
    close_lanes(INSTITUTION)
    assert decide(desk(portal, Role.ADMIN), judged, TANGGAPAN).code == "window-closed"
    assert (case_store.find_settled(CASE), person_store.load(judged.pid)) == (None, judged)


@pytest.mark.parametrize("changed", [{"age": TOO_OLD}, {"by": "x"}, {"pid": "x"}, {"kind": CaseKind.BANTUAN}])
def test_a_handover_that_is_no_good_does_nothing(portal: Cloud, judged: Person, changed: dict[str, Any]) -> None:
    admin = desk(portal, Role.ADMIN)
    token = handed(admin, **{"kind": TANGGAPAN, "pid": judged.pid, **changed})
    answer = decide(admin, judged, TANGGAPAN, token)
    assert (answer.status, answer.code) == (410, "handover-over")
    usulan = decide(admin, judged, TANGGAPAN, handed(admin, pid=judged.pid))
    assert usulan.code == "handover-over"
    open_gate("9902")
    elsewhere = Desk(portal, desk(portal, Role.ADMIN, "9902").actor, INSTITUTION)
    assert decide(elsewhere, judged, TANGGAPAN).code == "not-found"
    assert person_store.load(judged.pid) == judged


def test_a_case_follows_its_person_to_his_right_nik(portal: Cloud) -> None:
    desks = office(portal)
    person = listed()
    moved = desks.correct(person, RIGHT)
    answer = decide(desk(portal, Role.VERIFIKATOR, number=2), person, TANGGAPAN, accepted=False)
    assert answer.status == 200, answer.text
    assert person_store.load(moved.pid).v == moved.v + 1


def _last(person: Person) -> Any:
    return list(audit.read(audit.person_chain(person.pid)))[-1]


def test_who_has_spoken_on_a_keberatan_is_told_and_not_what(portal: Cloud, judged: Person) -> None:
    admin, verifikator = desk(portal, Role.ADMIN), desk(portal, Role.VERIFIKATOR, number=2)
    path = f"/people/{judged.pid}/case-opinions?number={CASE}"
    assert admin.call("GET", path).json == {"given": [], "mine": False, "settled": False}
    assert decide(admin, judged, KEBERATAN).json["outcome"] == "MENUNGGU"
    assert verifikator.call("GET", path).json == {"given": ["admin"], "mine": False, "settled": False}
    assert admin.call("GET", path).json["mine"] is True
    assert decide(verifikator, judged, KEBERATAN, accepted=False).json["outcome"] == "BERBEDA"
    assert admin.call("GET", path).json == {"given": ["admin", "verifikator"], "mine": True, "settled": False}
    assert decide(verifikator, judged, KEBERATAN).json["outcome"] == "DIPUTUS"
    assert admin.call("GET", path).json["settled"] is True
    assert admin.call("GET", f"/people/{judged.pid}/case-opinions?number=x").code == "not-found"
