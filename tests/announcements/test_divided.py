"""A keberatan about which admin and verifikator differ comes before bkn at once, and nobody says otherwise."""

from datetime import timedelta
from typing import Any, Final

import pytest

from services.announcements import app as entry
from services.announcements.adapters import case_store
from services.announcements.cases.act_on_due import act_on_due
from services.announcements.settings import files_key
from services.kernel import clock
from services.kernel.cases import CaseLevel
from services.kernel.cases.number import read_case_number
from services.kernel.cases.objection import Objection, sign_objection
from services.kernel.events.facts import CaseDivided, CaseSettled
from services.kernel.security.sessions import Role
from tests.announcements.world import CODE, NOON, Filed, World

PID: Final = "pid0001xyz"
SENTENCE: Final = "Admin dan verifikator instansi berbeda pendapat atas laporan ini: BKN ikut memutuskannya."
REFUSAL: Final[dict[str, Any]] = {"accepted": False, "reason": "TIDAK_TERBUKTI", "text": "Bukti tidak menunjukkannya."}


@pytest.fixture
def objected(world: World) -> Filed:
    """A keberatan of somebody who can be written to."""
    world.open_round()
    said = Objection(pid=PID, institution=CODE, decided=1, until=clock.millis(NOON + timedelta(days=9)))
    body = {"objection": sign_objection(files_key(), said), "alasan": "SK pertama saya 2015.", "email": "a@contoh.id"}
    answer = world.post(body, "/keberatan", token=world.cloud.token(Role.HONORER, CODE, sub=PID))
    assert answer.status == 201, answer.text
    return Filed(answer.json["number"], answer.json["code"])


def divide(world: World, filed: Filed) -> None:
    fact = CaseDivided(institution=CODE, v=1, case=number_of(filed), at=NOON + timedelta(hours=1))
    world.tell(fact, fact)


def number_of(filed: Filed) -> str:
    return str(read_case_number(filed.number))


def inbox(world: World) -> list[tuple[str, bool]]:
    """Bkn's: number, and whether it is marked."""
    items = world.get("/cases", world.staff(Role.BKN)).json["items"]
    return [(item["number"], item["divided"]) for item in items]


def notices(world: World) -> list[str]:
    return [item["notice"] for item in world.cloud.items("AnnTable") if item["pk"].startswith("NOTICE#")]


def test_bkn_sees_it_at_once_marked_and_decides_it(world: World, objected: Filed) -> None:
    assert inbox(world) == []
    assert world.do(objected, "decisions", Role.BKN, **REFUSAL).code == "forbidden"
    assert world.follow(objected).json["note"] is None
    divide(world, objected)
    assert inbox(world) == [(objected.number, True)]
    seen = world.case(objected, Role.BKN)
    assert (seen["divided"], seen["decidable"], seen["overdue"], seen["level"]) == (True, True, False, "BKN")
    assert world.follow(objected).json["note"] == SENTENCE
    decided = world.do(objected, "decisions", Role.BKN, **REFUSAL)
    assert decided.json["handover"], decided.text
    world.tell(settled(world, objected, decided.json["decision"]))
    assert (world.follow(objected).json["state"], world.follow(objected).json["note"]) == ("DITOLAK", None)
    assert inbox(world) == []


def test_the_two_may_still_agree_before_bkn_has_decided(world: World, objected: Filed) -> None:
    divide(world, objected)
    assert world.case(objected, Role.ADMIN)["decidable"] is True
    decided = world.do(objected, "decisions", Role.ADMIN, **REFUSAL)
    world.tell(settled(world, objected, decided.json["decision"]))
    assert world.follow(objected).json["state"] == "DITOLAK"


def test_who_filed_is_told_once_and_not_again_when_its_time_is_over(world: World, objected: Filed) -> None:
    divide(world, objected)
    assert sorted(notices(world)) == ["case-divided", "case-received"]
    late = NOON + timedelta(days=30)
    world.cloud.at(late)
    act_on_due(late)
    assert "case-escalated" not in notices(world)


def test_silence_alone_is_no_difference(world: World, objected: Filed) -> None:
    late = NOON + timedelta(days=30)
    world.cloud.at(late)
    act_on_due(late)
    assert inbox(world) == [(objected.number, False)]
    assert world.follow(objected).json["note"] != SENTENCE
    divide(world, objected)
    assert inbox(world) == [(objected.number, True)]


def test_what_is_closed_is_not_opened_by_it(world: World, objected: Filed) -> None:
    assert world.follow(objected, "/cases/withdrawals").json["state"] == "DICABUT"
    divide(world, objected)
    case = case_store.load(number_of(objected))
    assert case is not None
    assert (case.level, case.is_divided) == (CaseLevel.INSTANSI, False)


def test_others_are_told_that_bkn_takes_part_and_nothing_of_opinions(world: World, objected: Filed) -> None:
    world.cloud.changes("AnnTable")
    divide(world, objected)
    entry.relay({"Records": world.cloud.changes("AnnTable")}, None)
    (told,) = [fact["detail"] for fact in world.cloud.facts() if fact["detail-type"] == "case.moved"]
    assert (told["case"], told["level"]) == (number_of(objected), "BKN")
    assert "divided" not in str(told)


def settled(world: World, filed: Filed, decision: str) -> CaseSettled:
    known = {"institution": CODE, "v": 1, "case": number_of(filed)}
    return CaseSettled(**known, decision=decision, accepted=False, pid=PID, at=clock.now())
