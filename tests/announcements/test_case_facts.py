"""What other services tell of a case comes in any order and more than once, and leads to the same case."""

from datetime import datetime, timedelta
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from services.announcements.adapters import case_store
from services.announcements.cases.act_on_due import act_on_due
from services.announcements.model.case import Case, CaseFile
from services.kernel import clock
from services.kernel.cases import CaseKind, CaseLevel, CaseState
from services.kernel.cases.number import read_case_number
from services.kernel.events.facts import CaseFileInspected, CaseHeard, CaseMoved, CaseSettled, Fact
from services.kernel.security.sessions import Role
from tests.announcements.world import CODE, NOON, World

PID: Final = "pid0001xyz"
REPORT: Final = {
    "institution": CODE,
    "nomor_registrasi": "REG000001",
    "alasan": "Orang ini sudah pindah ke luar negeri sejak tahun 2019.",
}
LEFT_TO_BKN: Final = NOON + timedelta(days=30)
"""Past its time, so that bkn notes a decision whether he was heard or not."""
TOLD_AT: Final = (NOON + timedelta(hours=2), NOON + timedelta(hours=1))
"""By his unit, and an hour before that by himself, which is told later."""


def noted(world: World, *, accepted: bool) -> tuple[str, str]:
    """The number of a new tanggapan and the id of the decision that was noted on it."""
    world.cloud.at(NOON)
    filed = world.filed("/tanggapan", **REPORT)
    world.cloud.at(LEFT_TO_BKN)
    body: dict[str, Any] = {"accepted": accepted, "reason": "LAINNYA", "text": "Sudah diperiksa di kantor."}
    act_on_due(LEFT_TO_BKN)
    decided = world.do(filed, "decisions", Role.BKN, **body)
    assert decided.json["decision"], decided.text
    return str(read_case_number(filed.number)), decided.json["decision"]


def facts_of(number: str, decision: str, *, accepted: bool) -> list[Fact]:
    """All that is told of it, a decision that nobody noted among it."""
    known = {"institution": CODE, "case": number, "v": 1}
    paper = CaseFileInspected(**known, file="f1", accepted=False, message="Berkas tidak terbaca.")
    moved = CaseMoved(**known, kind=CaseKind.TANGGAPAN, state=CaseState.BARU, level=CaseLevel.BKN)
    return [
        CaseSettled(**known, decision=decision, accepted=accepted, pid=PID, at=LEFT_TO_BKN),
        CaseSettled(**known, decision="0" * 16, accepted=not accepted, pid=PID, at=LEFT_TO_BKN),
        *(CaseHeard(**known, pid=PID, at=at) for at in TOLD_AT),
        paper,
        moved,
    ]


def heard_before_it_ended(order: list[Fact], decision: str) -> datetime | None:
    """When he was told first, of what came while it was open."""
    ends = next(at for at, fact in enumerate(order) if isinstance(fact, CaseSettled) and fact.decision == decision)
    return min((fact.at for fact in order[:ends] if isinstance(fact, CaseHeard)), default=None)


@examples(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), accepted=st.booleans())
def test_any_order_and_every_repeat_leads_to_the_same_case(world: World, data: st.DataObject, accepted: bool) -> None:
    world.cloud.recall("announcements", "announcements")
    world.open_round()
    world.cloud.at(NOON)
    world.tell(world.person(1))
    number, decision = noted(world, accepted=accepted)
    facts = facts_of(number, decision, accepted=accepted)
    order = [*data.draw(st.permutations(facts)), *data.draw(st.lists(st.sampled_from(facts), max_size=4))]
    for fact in order:
        world.tell(fact)
    case = case_store.load(number)
    assert isinstance(case, Case)
    assert case.state is (CaseState.DIPUTUS if accepted else CaseState.DITOLAK)
    assert case.decision is not None
    assert (case.decision.accepted, case.decision.text) == (accepted, "Sudah diperiksa di kantor.")
    assert case.heard_at == heard_before_it_ended(order, decision)
    assert case_store.files_of(number) == [CaseFile("f1", accepted=False, message="Berkas tidak terbaca.")]
    assert clock.now() >= case.moved_at


@pytest.mark.parametrize(
    ("beside", "stands"),
    [(True, "dicatat di samping data orang ini, yang sudah dikunci"), (False, "Putusan atas orang ini dibatalkan")],
)
def test_whether_the_record_itself_changed_is_told_to_both_sides(world: World, beside: bool, stands: str) -> None:
    """A fact that does not say it, as none did before, is read too, and of an open record."""
    world.open_round()
    world.cloud.at(NOON)
    world.tell(world.person(1))
    filed = world.filed("/tanggapan", **REPORT)
    world.cloud.at(LEFT_TO_BKN)
    act_on_due(LEFT_TO_BKN)
    body: dict[str, Any] = {"accepted": True, "reason": "LAINNYA", "text": "Sudah diperiksa di kantor."}
    decision = world.do(filed, "decisions", Role.BKN, **body).json["decision"]
    number = str(read_case_number(filed.number))
    known: dict[str, Any] = {"institution": CODE, "case": number, "v": 1, "decision": decision, "accepted": True}
    said = {"beside": True} if beside else {}
    world.tell(CaseSettled(**known, pid=PID, at=LEFT_TO_BKN, **said))
    told = world.follow(filed).json
    assert told["state"] == "DIPUTUS"
    assert stands in told["stands"]
    assert world.case(filed, Role.BKN)["beside"] is beside
