"""Figures of cases, by kind, topic and week: what came, was decided, and was in time; nothing uncounted is 0."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.announcements.cases.act_on_due import act_on_due
from services.announcements.model.case_figures import week_of
from services.kernel import clock
from services.kernel.security.sessions import Role
from tests.announcements.test_cases import ANSWERED, REFUSAL, TANGGAPAN_REFUSAL, help_wanted, settled
from tests.announcements.world import CODE, NOON, World

NAMES = ("week", "kind", "topic", "received", "decided", "in_time")


@pytest.fixture(autouse=True)
def _open(world: World) -> None:
    world.open_round()


def figures(world: World, role: Role = Role.ADMIN, code: str = CODE) -> list[tuple[Any, ...]]:
    found = world.get(f"/institutions/{code}/case-figures", world.staff(role)).json["items"]
    return [tuple(line[name] for name in NAMES) for line in found]


def test_nothing_is_counted_where_nothing_came(world: World) -> None:
    assert figures(world) == []


def test_what_comes_and_is_decided_is_counted_once(world: World) -> None:
    filed = world.filed()
    assert figures(world) == [("2022-W40", "USULAN", None, 1, 0, 0)]
    assert world.do(filed, "decisions", **REFUSAL).status == 200
    assert figures(world) == [("2022-W40", "USULAN", None, 1, 1, 1)]


def test_what_is_late_is_decided_and_not_in_time_in_the_week_of_its_decision(world: World) -> None:
    filed = help_wanted(world)
    world.cloud.at(NOON + timedelta(days=7))
    assert world.do(filed, "decisions", Role.HELPDESK, **ANSWERED).status == 200
    assert figures(world, Role.HELPDESK) == [
        ("2022-W41", "BANTUAN", "LUPA_SANDI", 0, 1, 0),
        ("2022-W40", "BANTUAN", "LUPA_SANDI", 1, 0, 0),
    ]
    assert figures(world, Role.OPERATOR) == [], "each sees the kinds he answers"
    world.cloud.at(NOON + timedelta(weeks=12))
    assert [line[0] for line in figures(world, Role.HELPDESK)] == ["2022-W41"], "twelve weeks with this one"


def test_what_registration_settles_is_counted_and_what_follows_another_is_not(world: World) -> None:
    world.prefinal(world.person(1))
    first, _ = world.reported(), world.reported()
    assert figures(world) == [("2022-W40", "TANGGAPAN", None, 1, 0, 0)]
    world.cloud.at(NOON + timedelta(days=14))
    act_on_due(clock.now())
    decided = world.do(first, "decisions", Role.BKN, **TANGGAPAN_REFUSAL)
    settled(world, first, decided, accepted=False)
    settled(world, first, decided, accepted=False)
    assert figures(world)[0] == ("2022-W42", "TANGGAPAN", None, 0, 1, 0)


def test_withdrawn_ones_are_not_decided(world: World) -> None:
    filed = world.filed()
    assert world.follow(filed, "/cases/withdrawals").status == 200
    assert figures(world) == [("2022-W40", "USULAN", None, 1, 0, 0)]


def test_what_concerns_the_institution_itself_is_counted_at_bkn(world: World) -> None:
    help_wanted(world, topic="SILUMAN")
    assert figures(world) == []
    assert figures(world, Role.BKN, "nasional") == [("2022-W40", "BANTUAN", "SILUMAN", 1, 0, 0)]


@given(st.integers(0, 3650 * 86_400))
def test_a_week_begins_on_monday_at_midnight_in_wib(seconds: int) -> None:
    at = NOON + timedelta(seconds=seconds)
    monday = (at - timedelta(days=at.weekday())).replace(hour=0, minute=0, second=0, microsecond=0)
    assert week_of(at) == week_of(monday)
    assert week_of(monday - timedelta(microseconds=1)) < week_of(monday)
    assert week_of(monday + timedelta(days=7)) > week_of(at)
