"""Sets of places: what is stored is read back, in either form, and joined like any sets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registration.model import places

SETS = st.sets(st.integers(0, 5000), max_size=400)


@given(SETS, st.integers(0, 5001))
def test_a_set_has_its_places_in_order_from_any_on(held: set[int], start: int) -> None:
    assert list(places.members(places.of(held), start)) == sorted(place for place in held if place >= start)


@given(SETS, st.lists(SETS, max_size=5), st.booleans())
def test_a_set_is_gone_through_in_the_order_of_others(held: set[int], turns: list[set[int]], many: bool) -> None:
    held |= set(range(6000, 6000 + places._FEW if many else 6000))
    expected = dict.fromkeys(place for turn in [*turns, held] for place in sorted(turn & held))
    assert list(places.in_turn(places.of(held), [places.store(places.of(turn)) for turn in turns])) == list(expected)


@given(SETS)
def test_a_set_is_stored_in_the_shorter_form_and_read_back(held: set[int]) -> None:
    stored = places.store(places.of(held))
    assert places.union([stored]) == places.of(held)
    assert len(stored) <= 1 + min(4 * len(held), max(held, default=-1) // 8 + 1)


@given(SETS, SETS)
def test_sets_are_joined(one: set[int], other: set[int]) -> None:
    assert places.union([places.store(places.of(one)), places.store(places.of(other))]) == places.of(one | other)
    assert places.of(one) & places.of(other) == places.of(one & other)
    assert places.of(one).bit_count() == len(one)


@given(st.dictionaries(st.text(min_size=1), SETS, max_size=8))
def test_a_bucket_is_packed_and_unpacked(sets: dict[str, set[int]]) -> None:
    bucket = {term: places.store(places.of(held)) for term, held in sets.items()}
    assert places.unpack(places.pack(bucket)) == bucket
    assert places.pack(dict(reversed(bucket.items()))) == places.pack(bucket)


@pytest.mark.parametrize("held", [set(), {0}, {7}, {8}, {63}, {64}, {2_400_000}, set(range(100))])
def test_edges(held: set[int]) -> None:
    assert list(places.members(places.union([places.store(places.of(held))]))) == sorted(held)
