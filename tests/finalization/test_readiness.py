"""bkn's page of how ready institutions are: every one of them, counted from facts, forecast from its own days."""

import random
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from services.finalization.adapters import store
from services.kernel import clock
from services.kernel.aws import clients
from services.kernel.events.facts import RosterImported, StaffListed
from services.kernel.security.sessions import Role
from tests.finalization.world import CLOSES, CODE, NOON, World, person

DAY = timedelta(days=1)


def lines(world: World, query: str = "", **options: Any) -> list[dict[str, Any]]:
    answer = world.call("GET", f"readiness{query}", **{"role": "bkn", **options})
    assert answer.status == 200
    items: list[dict[str, Any]] = answer.json["items"]
    return items


def line(world: World) -> dict[str, Any]:
    return next(item for item in lines(world) if item["code"] == CODE)


def test_a_line_says_how_far_it_is(started: World) -> None:
    started.listed("cccc", "DIAJUKAN")
    started.listed("dddd", "TIDAK_MEMENUHI_SYARAT")
    started.listed("eeee", "DRAF")
    started.listed("ffff", "KONFLIK")
    started.listed("gggg", "DIHAPUS")
    shown = line(started)
    assert (shown["name"], shown["phase"]) == ("Kabupaten Contoh Satu", "PENGINPUTAN")
    assert shown["counts"]["by_state"] == {
        "DRAF": 1, "DIAJUKAN": 1, "MEMENUHI_SYARAT": 2, "TIDAK_MEMENUHI_SYARAT": 1, "KONFLIK": 1, "DIHAPUS": 1,
    }  # fmt: skip
    assert (shown["decided"], shown["undecided"]) == (3, 1)
    assert datetime.fromisoformat(shown["closes"]) == CLOSES
    assert shown["forecast"] is None, "nobody knows a pace on the first day"
    assert shown["ready"] == {"blocking": 2, "uncounted": 2}


def test_who_has_nothing_is_there_as_well(started: World) -> None:
    started.open("9902", name="Kota Contoh")
    assert [(item["code"], item["decided"], item["undecided"]) for item in lines(started)] == [
        (CODE, 2, 0),
        ("9902", 0, 0),
    ]


def test_pages_meet_every_institution_once(started: World) -> None:
    for code in ("9902", "9903", "9904"):
        started.open(code)
    found, cursor = list[str](), ""
    while cursor is not None:
        answer = started.call(
            "GET", f"readiness?limit=3&cursor={cursor}" if cursor else "readiness?limit=3", role="auditor"
        )
        found += [item["code"] for item in answer.json["items"]]
        cursor = answer.json["cursor"]
    assert found == [CODE, "9902", "9903", "9904"]


@pytest.mark.parametrize("query", ["?limit=0", "?limit=101", "?cursor=99"])
def test_no_other_page(started: World, query: str) -> None:
    assert started.call("GET", f"readiness{query}", role="bkn").code == "invalid-fields"


def test_the_pace_is_that_of_the_days_over(world: World) -> None:
    """Two verdicts a day for four days; from the fourth day on it can be told what the rest would take."""
    world.open()
    world.tell(*(person(f"p{n}", "DIAJUKAN") for n in range(100)))
    for day in range(4):
        world.cloud.at(NOON + day * DAY)
        assert (line(world)["forecast"] is None) == (day < 3)
        world.tell(*(person(f"p{2 * day + n}", "MEMENUHI_SYARAT", v=2) for n in range(2)))
    shown = line(world)
    ahead = CLOSES - (NOON + 3 * DAY)
    assert shown["forecast"] == {"pace": 2.0, "left": max(0, 92 - 6 * ahead // (3 * DAY))}
    world.cloud.at(CLOSES)
    assert line(world)["forecast"] is None, "it is over"


@pytest.mark.parametrize("seed", range(3))
def test_days_are_counted_exactly_in_any_order(world: World, seed: int) -> None:
    """A verdict that is void the same day, one that changes, one whose person leaves; each told twice."""
    world.open()
    facts = [
        person("aaaa", "DIAJUKAN", v=1), person("aaaa", "MEMENUHI_SYARAT", v=2), person("aaaa", "DIAJUKAN", v=3),
        person("bbbb", "MEMENUHI_SYARAT", v=1), person("bbbb", "TIDAK_MEMENUHI_SYARAT", v=2),
        person("cccc", "MEMENUHI_SYARAT", v=1), person("cccc", "DIHAPUS", v=2),
        person("dddd", "TERDAFTAR", v=1),
    ] * 2  # fmt: skip
    random.Random(seed).shuffle(facts)  # noqa: S311
    for fact in facts:
        world.tell(fact)
    assert store.counts(CODE).decided_on.get(NOON.date(), 0) == 1


def test_each_day_keeps_its_own(world: World) -> None:
    """What a midnight in WIB parts is counted apart, and what is void again is taken off the day that it went."""
    world.open()
    late = datetime(2022, 9, 1, 23, 59, 59, tzinfo=clock.WIB)
    world.cloud.at(late)
    world.tell(person("aaaa", "MEMENUHI_SYARAT"), person("bbbb", "MEMENUHI_SYARAT"))
    world.cloud.at(late + timedelta(seconds=1))
    world.tell(person("aaaa", "DIAJUKAN", v=2))
    assert store.counts(CODE).decided_on == {date(2022, 9, 1): 2, date(2022, 9, 2): -1}


def test_a_page_costs_a_query_an_institution(started: World) -> None:
    """600 institutions are six pages: a query of the directory each, and one an institution."""
    for code in ("9902", "9903"):
        started.open(code)
    asked = list[str]()
    clients.dynamodb().meta.events.register("before-call.dynamodb", lambda model, **_: asked.append(model.name))
    lines(started)
    assert asked.count("Query") == 1 + 3
    assert "Scan" not in asked


def staff(user: str, role: str, v: int = 1, *, active: bool = True, institution: str = CODE) -> StaffListed:
    return StaffListed(institution=institution, v=v, user=user, role=Role(role), active=active)


def imported(at: datetime) -> RosterImported:
    return RosterImported(institution=CODE, v=clock.millis(at), received=at)


def office(world: World) -> tuple[int, int, str | None]:
    shown = line(world)
    return shown["admins"], shown["users"], shown["imported"]


def test_an_office_nobody_told_of_has_no_users(started: World) -> None:
    assert office(started) == (0, 0, None)


@pytest.mark.parametrize("seed", range(4))
def test_users_are_counted_exactly_in_any_order_and_twice(started: World, seed: int) -> None:
    """One was an admin, one became one, one was disabled and let in again, one never confirmed."""
    facts = [
        staff("a", "admin"), staff("a", "operator", 4), staff("b", "operator"), staff("b", "admin", 2),
        staff("c", "verifikator", 2), staff("c", "verifikator", 3, active=False), staff("c", "verifikator", 5),
        staff("d", "admin", active=False), staff("e", "admin", institution="9902"),
    ] * 2  # fmt: skip
    random.Random(seed).shuffle(facts)  # noqa: S311
    for fact in facts:
        assert started.tell(fact) == []
    assert office(started) == (1, 3, None)
    with started.nothing_changes():
        started.tell(*facts)


def test_users_told_of_before_the_round_was_opened_are_kept(world: World) -> None:
    world.tell(staff("a", "admin"))
    world.open()
    assert office(world)[:2] == (1, 1)


def test_the_last_file_counts_whatever_order_they_are_told_in(started: World) -> None:
    for at in (NOON, NOON - DAY, NOON + DAY, NOON):
        assert started.tell(imported(at)) == []
    assert office(started)[2] == "2022-09-02T12:00:00+07:00"
