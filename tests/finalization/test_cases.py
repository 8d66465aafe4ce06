"""Open cases are counted exactly, whatever order facts come in, and the lock does not stop the count."""

import itertools
import random
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.finalization.adapters import store
from services.finalization.model.open_cases import open_cases
from services.kernel.cases import OPEN_CASES, CaseKind, CaseState
from tests.finalization.world import CONFIRMED, World, case

BLOCKING = {"usulan-open": "USULAN", "tanggapan-open": "TANGGAPAN", "keberatan-open": "KEBERATAN"}
CLOSED = sorted(set(CaseState) - OPEN_CASES)


def lines(world: World, *codes: str) -> dict[str, int | None]:
    found = {check["code"]: check["count"] for check in world.get().json["checklist"]}
    return {code: found[code] for code in codes}


@pytest.mark.parametrize("code", BLOCKING)
def test_an_open_case_keeps_the_hand_from_finalizing_until_it_is_decided(prefinal: World, code: str) -> None:
    assert prefinal.tell(case("1", BLOCKING[code]), case("2", BLOCKING[code])) == []
    assert lines(prefinal, code) == {code: 2}
    with prefinal.nothing_changes():
        refused = prefinal.post("finalization", CONFIRMED)
    assert [missing["code"] for missing in refused.json["missing"]] == [code]
    prefinal.tell(case("1", BLOCKING[code], "DIPUTUS", v=2), case("2", BLOCKING[code], "DICABUT", v=2))
    assert lines(prefinal, *BLOCKING) == dict.fromkeys(BLOCKING, 0)
    assert prefinal.post("finalization", CONFIRMED).status == 200


def test_help_that_is_asked_for_is_shown_and_holds_nobody_up(prefinal: World) -> None:
    prefinal.tell(case("1", "BANTUAN"))
    assert lines(prefinal, "bantuan-open", *BLOCKING) == {"bantuan-open": 1, **dict.fromkeys(BLOCKING, 0)}
    assert prefinal.post("finalization", CONFIRMED).status == 200


@pytest.mark.parametrize("state", CaseState)
def test_which_states_wait_for_somebody(started: World, state: CaseState) -> None:
    started.tell(case("1", state=state.value))
    assert lines(started, "usulan-open") == {"usulan-open": int(state in OPEN_CASES)}


@pytest.mark.parametrize("state", CLOSED)
def test_one_that_was_closed_before_it_was_told_open_is_not_opened(started: World, state: CaseState) -> None:
    assert started.tell(case("1", state=state.value, v=3)) == []
    with started.nothing_changes():
        assert started.tell(case("1", v=1), case("1", state="DITANGANI", v=2)) == []
    assert lines(started, "usulan-open") == {"usulan-open": 0}


def test_one_told_twice_is_counted_once(started: World) -> None:
    assert started.tell(case("1"), case("1")) == []
    with started.nothing_changes():
        assert started.tell(case("1")) == []
    assert lines(started, "usulan-open") == {"usulan-open": 1}


def test_one_that_goes_to_another_institution_is_counted_there(started: World) -> None:
    started.open("9902")
    assert started.tell(case("1"), case("1", v=2, institution="9902")) == []
    assert lines(started, "usulan-open") == {"usulan-open": 0}
    assert open_cases(store.counts("9902"))[CaseKind.USULAN] == 1


def test_after_the_lock_it_is_counted_as_well(sealed: World) -> None:
    v = sealed.stored().v
    assert sealed.tell(case("1", "KEBERATAN"), case("2"), case("2", state="DITOLAK", v=2)) == []
    assert lines(sealed, *BLOCKING) == {"usulan-open": 0, "tanggapan-open": 0, "keberatan-open": 1}
    assert sealed.stored().v == v, "a case moves no round"


def test_told_before_its_institution_it_is_counted_once_that_is_there(world: World) -> None:
    assert world.tell(case("1")) == []
    world.open()
    assert lines(world, "usulan-open") == {"usulan-open": 1}


def test_somebody_who_was_faster_is_seen(started: World) -> None:
    first: Callable[[], object] = lambda: started.tell(case("1", state="DICABUT", v=2))  # noqa: E731
    started.come_between(first)
    assert started.tell(case("1")) == []
    assert lines(started, "usulan-open") == {"usulan-open": 0}


LIVES = st.lists(st.lists(st.sampled_from(CaseState), min_size=1, max_size=4), min_size=1, max_size=4)
"""What became of a few cases, version by version."""
examples = itertools.count()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lives=LIVES, kinds=st.lists(st.sampled_from(CaseKind), min_size=4, max_size=4), chance=st.randoms())
def test_any_order_and_any_duplicates_give_the_same_counts(
    started: World, lives: list[list[CaseState]], kinds: list[CaseKind], chance: random.Random
) -> None:
    own = next(examples)  # cases of their own, so that one cloud does for all examples
    before = open_cases(store.counts("9901"))
    told = [
        case(f"{own}{at}", kinds[at].value, state.value, v)
        for at, life in enumerate(lives)
        for v, state in enumerate(life, 1)
    ] * 2
    chance.shuffle(told)
    assert started.tell(*told) == []
    after = open_cases(store.counts("9901"))
    still = Counter(kinds[at] for at, life in enumerate(lives) if life[-1] in OPEN_CASES)
    assert {kind: after[kind] - before[kind] for kind in CaseKind} == {kind: still[kind] for kind in CaseKind}
