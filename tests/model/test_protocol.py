"""The deadline's protocol, searched exhaustively: it holds as built, and each unsound variant breaks by name."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from tests.model import cases
from tests.model.case import PROPERTIES, Act, Case, Wanted
from tests.model.cases import Expected
from tests.model.officials import Deed
from tests.model.world import ENTRY, Rules

_PORTAL = Case((Wanted(1, ENTRY),), rules=Rules(drain=2), closes=(1, 9), horizon=6, lockers=0, portals=1, seals=False)


def require(name: str, expected: Expected) -> None:
    """Search the case, print what was explored, and compare the whole verdict."""
    found = expected.case.search()
    print(f"{name}: {found.states:,} states, {found.steps:,} steps, breaks {sorted(found.broken) or 'nothing'}")
    for broke, way in found.broken.items():
        print(f"  {broke} ({PROPERTIES[broke]}):", *way, sep="\n    ")
    assert (set(found.broken), found.states) == (set(expected.breaks), expected.states)


def by_name(expected: Mapping[str, Expected]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("name", list(expected))


@by_name(cases.PROTOCOL)
def test_the_protocol_as_built(name: str) -> None:
    require(name, cases.PROTOCOL[name])


@by_name(cases.UNSOUND)
def test_with_one_rule_left_out_something_breaks(name: str) -> None:
    assert cases.UNSOUND[name].breaks
    require(name, cases.UNSOUND[name])


@by_name(cases.SPARE)
def test_a_rule_that_another_one_makes_up_for(name: str) -> None:
    require(name, cases.SPARE[name])


@pytest.mark.parametrize(
    "act",
    [Act(Deed.EXTEND, 2), Act(Deed.FINALIZE), Act(Deed.REOPEN, 3), Act(Deed.OPEN_USULAN, 3)],
    ids=lambda a: a.deed.value,
)
def test_from_every_state_the_institution_can_still_be_locked_and_sealed(act: Act) -> None:
    assert Case((Wanted(),), (act,), horizon=4).hopeless() == []


def test_a_locker_that_minds_a_closed_lane_is_stuck_once_it_was_killed_on_its_way() -> None:
    assert Case((Wanted(),), rules=Rules(locker_closes_twice=False)).hopeless()


def test_two_people_who_are_counted_as_one_can_never_be_sealed() -> None:
    pair = (Wanted(also=1),)
    assert Case(pair).hopeless() == []
    as_one = Case(pair, rules=Rules(counts_each_person=False))
    assert as_one.search().broken == {}
    assert as_one.hopeless()


@pytest.mark.parametrize("act", [Act(Deed.EXTEND_ENTRY, 3), Act(Deed.PREFINALIZE)], ids=lambda a: a.deed.value)
def test_from_every_state_the_institution_can_still_come_to_its_list(act: Act) -> None:
    assert replace(_PORTAL, acts=(act,)).hopeless() == []


def test_a_portal_that_lists_but_once_never_lists_who_was_extended_afterwards() -> None:
    once = replace(_PORTAL, acts=(Act(Deed.EXTEND_ENTRY, 3),), rules=Rules(portal_lists_again=False))
    assert once.hopeless()


def test_every_property_is_broken_by_some_variant() -> None:
    assert set().union(*(expected.breaks for expected in cases.UNSOUND.values())) == set(PROPERTIES)
