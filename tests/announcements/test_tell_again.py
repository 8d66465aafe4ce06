"""Once a day cases are told again as they stand: what another service missed is known a day later."""

from datetime import timedelta
from typing import Any

import pytest

from services.announcements import app as entry
from services.announcements.facts.tell_again import NotToldError, tell_again
from services.kernel import clock
from services.kernel.cases.number import read_case_number
from services.kernel.events.facts import parse
from tests.announcements.world import Filed, World

REFUSAL: Any = {"accepted": False, "reason": "BUKAN_PEGAWAI", "text": "Orang ini tidak bekerja di instansi kami."}


def told(world: World) -> list[tuple[str, str, str]]:
    """Facts since the last call: which, of what case, in which state."""
    return sorted(
        (fact["detail-type"], fact["detail"]["case"], fact["detail"].get("state", "")) for fact in world.cloud.facts()
    )


def number_of(filed: Filed) -> str:
    return str(read_case_number(filed.number))


@pytest.fixture
def cases(world: World) -> tuple[Filed, Filed, Filed]:
    """One that waits, one that is closed, and a case of bkn's own."""
    world.open_round()
    world.tell(world.opened())
    world.minute()
    waiting, closed = world.filed(), world.filed(nik="9901011705900002")
    national = world.filed("/bantuan", topic="LUPA_SANDI", nama="Contoh", email="a@contoh.id", alasan="", hp="")
    assert world.do(closed, "decisions", **REFUSAL).json["state"] == "DITOLAK"
    world.cloud.changes("AnnTable")  # as if the relay had lost them all
    return waiting, closed, national


def test_what_waits_and_what_closed_lately_is_told_as_it_stands(
    world: World, cases: tuple[Filed, Filed, Filed]
) -> None:
    entry.tell_cases_again({**TICK, "id": "", "resources": []}, None)
    waiting, closed, national = map(number_of, cases)
    assert told(world) == sorted(
        [("case.moved", waiting, "BARU"), ("case.moved", closed, "DITOLAK"), ("case.moved", national, "BARU")]
    )
    world.cloud.at(clock.now() + timedelta(days=2, minutes=1))
    tell_again(clock.now())
    assert {case for _, case, _ in told(world)} == {waiting, national}, "an older end was told on the days before"


def test_what_follows_a_closed_case_is_told_too(world: World, cases: tuple[Filed, Filed, Filed]) -> None:
    first, second = cases[0], world.filed()
    world.do(first, "decisions", **REFUSAL)
    entry.relay({"Records": world.cloud.changes("AnnTable")}, None)
    for fact in world.cloud.facts():
        if fact["detail-type"] == "case.moved":
            world.tell(entry_fact(fact))
    world.cloud.facts()
    tell_again(clock.now())
    assert ("case.ended", number_of(second), "") in told(world)


def test_where_the_bus_refuses_it_is_not_said_to_be_done(
    world: World, cases: tuple[Filed, Filed, Filed], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cases
    monkeypatch.setattr("services.announcements.facts.tell_again.publish", lambda _parcels: [0])
    with pytest.raises(NotToldError):
        tell_again(clock.now())


def entry_fact(fact: dict[str, Any]) -> Any:
    return parse(fact["detail-type"], fact["detail"])


TICK: Any = {"version": "0", "account": "", "region": "", "detail": {}, "detail-type": "", "source": "", "time": ""}
