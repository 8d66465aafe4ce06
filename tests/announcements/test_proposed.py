"""Whoever filed an accepted usulan hears how its record goes on, in whatever order it is told, and reads what is so."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from itertools import permutations
from typing import Any, Final

import pytest

from services.kernel import clock
from services.kernel.aws import clients
from services.kernel.cases import UsulanOutcome
from services.kernel.cases.number import read_case_number
from services.kernel.events.facts import CaseSettled, Fact, PersonMoved
from services.kernel.states import PersonState
from tests.announcements.post import Post
from tests.announcements.world import CLOSES, CODE, Filed, World

PID: Final = "pid0001xyz"
ACCEPTANCE: Final[Any] = {
    "accepted": True,
    "reason": "TERBUKTI",
    "text": "Bukti kerja lengkap, dibuatkan.",
}
DRAFT, LISTED, DISPUTED, INELIGIBLE, DELETED = (
    PersonState.DRAF,
    PersonState.TERDAFTAR,
    PersonState.KONFLIK,
    PersonState.TIDAK_MEMENUHI_SYARAT,
    PersonState.DIHAPUS,
)


@pytest.fixture(autouse=True)
def _open(world: World) -> None:
    world.open_round()


def accepted(world: World, filed: Filed, became: UsulanOutcome | None = UsulanOutcome.DRAF) -> CaseSettled:
    """What registration tells once the acceptance is carried out."""
    decision = world.do(filed, "decisions", **ACCEPTANCE).json["decision"]
    number = str(read_case_number(filed.number))
    known = {"institution": CODE, "v": 1, "case": number, "decision": decision, "accepted": True}
    return CaseSettled(**known, pid=PID, became=became, at=clock.now())


def states(world: World, *through: PersonState) -> list[Fact]:
    return [world.person(1, v=v, state=state) for v, state in enumerate(through, 1)]


def told(world: World) -> Counter[str]:
    """How often each was told that his record went on, by who."""
    found = [item for item in world.cloud.items("AnnTable") if item.get("notice") == "case-stands"]
    return Counter(item["sk"] for item in found)


@pytest.mark.parametrize(
    ("through", "mails", "stands"),
    [
        ((DRAFT,), 0, "belum lengkap"),
        ((DRAFT, LISTED), 1, "terdaftar di instansi ini"),
        ((DISPUTED,), 1, "terdaftar juga di instansi lain"),
        ((DISPUTED, LISTED, PersonState.AKUN_DIBUAT), 2, "terdaftar di instansi ini"),
        ((DRAFT, LISTED, INELIGIBLE), 1, "tidak ada pada daftar"),
        ((DRAFT, DELETED), 0, "tidak ada pada daftar"),
    ],
)
def test_each_step_is_told_once_and_the_page_says_how_it_stands(
    world: World, through: Sequence[PersonState], mails: int, stands: str
) -> None:
    """He who joined is told as well; every fact comes twice."""
    filed, joined = world.filed(), world.filed(email="lain@contoh.id")
    world.tell(accepted(world, filed))
    for fact in states(world, *through):
        world.tell(fact)
        world.tell(fact)
    assert sorted(told(world).values()) == [mails] * 2 * (mails > 0)
    for one in (filed, joined):
        assert stands in world.follow(one).json["stands"]


@pytest.mark.parametrize("order", [*permutations(range(3))])
@pytest.mark.parametrize("last", [LISTED, DISPUTED])
def test_any_order_ends_the_same_and_tells_the_last_once(world: World, last: PersonState, order: Sequence[int]) -> None:
    filed = world.filed()
    facts = [accepted(world, filed), *states(world, DRAFT, last)]
    for at in order:
        world.tell(facts[at])
    assert list(told(world).values()) == [1]
    assert ("instansi lain" in world.follow(filed).json["stands"]) == (last is DISPUTED)


def test_what_the_mail_says_is_nothing_of_it(post: Post) -> None:
    world = post.world
    filed = world.filed()
    world.tell(accepted(world, filed), *states(world, DRAFT, DISPUTED))
    assert post.deliver() == []
    assert post.mails()[-1] == ("pelapor@contoh.id", f"Perkembangan laporan {filed.number}")
    for secret in ("instansi lain", "Orang Contoh", "NIK", PID):
        assert secret not in post.bodies()


def test_a_draft_is_awaited_until_corrections_close_and_then_left(world: World) -> None:
    filed = world.filed()
    world.tell(accepted(world, filed), *states(world, DRAFT))
    waits = world.follow(filed).json
    assert f"paling lambat {clock.wib(CLOSES)}" in waits["stands"]
    world.cloud.at(CLOSES - timedelta(milliseconds=1))
    assert world.follow(filed).json["stands"] == waits["stands"]
    world.cloud.at(CLOSES)
    left = world.follow(filed).json
    assert "tidak dilengkapi" in left["stands"]
    assert "Minta BKN" in left["next"]
    world.open_round(correction_closes=CLOSES + timedelta(days=5))
    assert "belum lengkap" in world.follow(filed).json["stands"], "it was opened again"


def test_a_nik_that_was_asked_for_is_told_of_once_it_is_corrected(world: World) -> None:
    """The record stood on the list before: that is no news to whoever proposed him."""
    filed = world.filed()
    world.tell(world.person(1), accepted(world, filed, UsulanOutcome.NIK), world.person(1, v=2))
    assert (told(world), "NIK yang salah ketik" in world.follow(filed).json["stands"]) == (Counter(), True)
    moved = PersonMoved(institution=CODE, v=1, pid="pid9999xyz", before=PID)
    world.tell(world.person(1, v=3, state=DELETED), world.person(1, pid="pid9999xyz"), moved, moved)
    assert list(told(world).values()) == [1]
    assert "terdaftar di instansi ini" in world.follow(filed).json["stands"]


def test_ordinary_people_cost_no_call_more(world: World) -> None:
    """A hundred of them, told anew, are one transaction and the mark of the pages; nothing is read of a case."""
    people = [world.person(n) for n in range(2, 102)]
    world.tell(*people)
    calls: list[str] = []
    clients.dynamodb().meta.events.register("before-call.dynamodb", lambda model, **_: calls.append(model.name))
    world.tell(*people)
    ordinary = Counter(calls)
    assert ordinary == {"TransactWriteItems": 1, "GetItem": 1}
    world.tell(accepted(world, world.filed()), world.person(1))
    calls.clear()
    world.tell(*people[:99], world.person(1, v=2))
    assert Counter(calls)["BatchGetItem"] == 1, "of all who were refused"
    assert len(calls) <= len(list(ordinary.elements())) + 6
